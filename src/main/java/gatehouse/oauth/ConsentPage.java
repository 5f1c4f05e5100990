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
import gatehouse.oauth.client.DocumentTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code /consent}: who asks, where the answer goes, and what it opens; then Allow or Deny.
 *
 * <p>Everything the client says of itself is shown as its claim. The decision is bound to this
 * browser, this session and this request (MCP security best practices, "Confused Deputy"), and the
 * request is parsed again from nothing before anything is issued.
 */
public final class ConsentPage {
  private final String issuer;
  private final AuthorizationRequests requests;
  private final Sessions sessions;
  private final Consents consents;
  private final Approval approval;
  private final Scopes scopes;
  private final Function<String, List<String>> tools;
  private final DocumentTrust trust;
  private final Pages pages;
  private final Csrf csrf;
  private final Seal seal;
  private final Audit audit;

  /**
   * The page.
   *
   * @param tools the titles of the tools that a scope opens
   */
  public ConsentPage(String issuer, AuthorizationRequests requests, Sessions sessions,
      Consents consents, Approval approval, Scopes scopes, Function<String, List<String>> tools,
      DocumentTrust trust, Pages pages, Csrf csrf, Seal seal, Audit audit) {
    this.issuer = issuer;
    this.requests = requests;
    this.sessions = sessions;
    this.consents = consents;
    this.approval = approval;
    this.scopes = scopes;
    this.tools = tools;
    this.trust = trust;
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
    values.putAll(trust.describe(asked.client()));
    values.put("redirect", RedirectUri.display(asked.redirectUri()));
    values.put("loopback", RedirectUri.isLoopback(asked.redirectUri()));
    values.put("elsewhere", !RedirectUri.isLoopback(asked.redirectUri()));
    values.put("resource", String.join(", ", asked.resources()));
    values.put("required", describe(asked, true));
    values.put("optional", describe(asked, false));
    values.put("choice", !describe(asked, false).isEmpty());
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
      audit.record("consent", e.code(), "client", proven.client().id());
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
    if (!"allow".equals(form.get("decision"))) {
      throw new OAuthError("access_denied", "The user has denied the request.");
    }
    Set<String> allowed = new LinkedHashSet<>(asked.scopes());
    List<String> ticked = form.all("scope");
    allowed.removeIf(name -> isOptional(name) && !ticked.contains(name));
    consents.allow(session.user(), asked, allowed);
    return approval.approve(asked, session, allowed, "allowed");
  }

  private List<Map<String, Object>> describe(AuthorizationRequest asked, boolean required) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (String name : asked.scopes()) {
      if (isOptional(name) != required) {
        Scope scope = scopes.find(name);
        List<String> opened = tools.apply(name);
        described.add(Map.of("name", name, "title", scope.title(),
            "description", scope.description(), "opens", !opened.isEmpty(),
            "tools", String.join(", ", opened)));
      }
    }
    return described;
  }

  /** What a user may untick: without a base scope nothing works, and openid carries the rest. */
  private boolean isOptional(String name) {
    return scopes.find(name).kind() != Scope.Kind.BASE && !name.equals(Scopes.OPENID);
  }

  /** What a decision is bound to: this session, and this very request. */
  private static String purpose(Sessions.Session session, AuthorizationRequest asked) {
    return "consent/" + session.key() + "/" + Secrets.hash(asked.form().encoded());
  }
}
