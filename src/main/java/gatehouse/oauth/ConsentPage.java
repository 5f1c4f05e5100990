package gatehouse.oauth;

import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.SecurityHeaders;
import gatehouse.login.Continuation;
import gatehouse.login.Csrf;
import gatehouse.login.Pages;
import gatehouse.login.Sessions;
import gatehouse.oauth.client.DisplayName;
import gatehouse.oauth.client.DocumentTrust;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code /consent}: who asks, where the answer goes, and what it opens; then Allow or Deny.
 *
 * <p>Everything the client says of itself is shown as its claim. The decision is bound to this
 * browser, this session and this request (MCP security best practices, "Confused Deputy"), and the
 * request is parsed again from nothing before anything is issued.
 */
public final class ConsentPage {
  /** The decision for what changes nothing, and no more. */
  private static final String READ_ONLY = "read-only";

  private final String issuer;
  private final AuthorizationRequests requests;
  private final Sessions sessions;
  private final Consents consents;
  private final Approval approval;
  private final ConsentChoices choices;
  private final DocumentTrust trust;
  private final Supplier<Policy> policy;
  private final Pages pages;
  private final Csrf csrf;
  private final Seal seal;
  private final Audit audit;

  /**
   * The page.
   *
   * @param tools what the scopes open
   */
  public ConsentPage(String issuer, AuthorizationRequests requests, Sessions sessions,
      Consents consents, Approval approval, Scopes scopes, ScopeTools tools,
      DocumentTrust trust, Supplier<Policy> policy, Pages pages, Csrf csrf, Seal seal,
      Audit audit) {
    this.issuer = issuer;
    this.requests = requests;
    this.sessions = sessions;
    this.consents = consents;
    this.approval = approval;
    this.choices = new ConsentChoices(scopes, tools);
    this.trust = trust;
    this.policy = policy;
    this.pages = pages;
    this.csrf = csrf;
    this.seal = seal;
    this.audit = audit;
  }

  /** The question. */
  Response show(
      Request request, Sessions.Session session, AuthorizationRequest asked, Text problem) {
    Csrf.Protection protection = csrf.protect(request, purpose(session, asked));
    Map<String, Object> values = new HashMap<>();
    values.put("csrf", protection.token());
    // The moment of sign-in: the decision counts only in a session at least as fresh.
    values.put("continue", new Continuation(AuthorizeEndpoint.PATH, asked.form().encoded(),
        session.authTime()).seal(seal));
    values.put("problem", problem);
    values.put("user", session.user().displayName());
    values.put("client", asked.client().name());
    values.put("mixed", DisplayName.mixesAlphabets(asked.client().name()));
    values.putAll(trust.describe(asked.client()));
    values.put("redirect", RedirectUri.display(asked.redirectUri()));
    values.put("loopback", RedirectUri.isLoopback(asked.redirectUri()));
    values.put("elsewhere", !RedirectUri.isLoopback(asked.redirectUri())
        && Boolean.FALSE.equals(values.get("verified")));
    values.put("resource", String.join(", ", asked.resources()));
    List<Map<String, Object>> optional = choices.describe(asked.scopes(), true);
    values.put("required", choices.describe(asked.scopes(), false));
    values.put("optional", optional);
    values.put("choice", !optional.isEmpty());
    values.put("readOnly", !choices.readOnly(asked.scopes()).isEmpty());
    String unknown = choices.unknown(asked.form().get("scope"));
    values.put("narrowed", !unknown.isEmpty());
    values.put("unknown", unknown);
    values.put("lasting", lasting(asked));
    return protection.on(pages.show(
        pages.language(request, asked.form().get("ui_locales")),
        problem.equals(Text.NONE) ? 200 : 403, "consent.html", values)
        .with("Content-Security-Policy",
            SecurityHeaders.pagePolicy(RedirectUri.formTarget(asked.redirectUri()))));
  }

  /** POST: the decision. */
  public Response decide(Request request) {
    Form form = request.form();
    Continuation carried = Continuation.open(seal, form.get(Continuation.PARAMETER));
    if (carried == null) {
      return pages.error(request, 400, "expired");
    }
    AuthorizationRequests.Proven proven;
    try {
      proven = requests.prove(request, Form.parse(carried.query()));
    } catch (OAuthError e) {
      return AuthorizeEndpoint.refused(pages, request, e);
    }
    try {
      return decide(request, form, requests.check(proven), carried.since());
    } catch (OAuthError e) {
      Sessions.Session session = sessions.find(request);
      audit.record("consent", e.code(), "user", session == null ? null : session.user().name(),
          "client", proven.client().id());
      return proven.response().error(e);
    }
  }

  private Response decide(
      Request request, Form form, AuthorizationRequest asked, Instant since) {
    Sessions.Session session = sessions.find(request);
    if (session == null || session.authTime().isBefore(since)) {
      return Response.redirect(new Continuation(AuthorizeEndpoint.PATH, asked.form().encoded(),
          since).loginUrl(issuer, seal));
    }
    if (!csrf.accept(request, purpose(session, asked), form.get("csrf"))) {
      return show(request, session, asked, Text.of("problem.stale"));
    }
    String decision = form.get("decision", "");
    Set<String> readOnly =
        decision.equals(READ_ONLY) ? choices.readOnly(asked.scopes()) : Set.of();
    if (!decision.equals("allow") && readOnly.isEmpty()) {
      throw new OAuthError("access_denied", "The user has denied the request.");
    }
    Set<String> allowed = choices.granted(asked.scopes(), form.all("scope"));
    if (decision.equals(READ_ONLY)) {
      allowed.retainAll(readOnly);
    }
    consents.allow(session.user(), asked, allowed);
    return approval.approve(asked, session, allowed, "allowed");
  }

  /** Until when the client can come back without asking (TokenResponse: whom it gives the means). */
  private Text lasting(AuthorizationRequest asked) {
    boolean comesBack = asked.client().allows("refresh_token")
        || asked.scopes().contains(Scopes.OFFLINE_ACCESS);
    return Text.duration(comesBack
        ? policy.get().grantLifetime() : policy.get().accessTokenLifetime());
  }

  /** What a decision is bound to: this session, and this very request. */
  private static String purpose(Sessions.Session session, AuthorizationRequest asked) {
    return "consent/" + session.key() + "/" + Secrets.hash(asked.form().encoded());
  }
}
