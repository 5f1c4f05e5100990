package gatehouse.oauth;

import gatehouse.crypto.Seal;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.SecurityHeaders;
import gatehouse.http.Urls;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import gatehouse.login.Csrf;
import gatehouse.login.Pages;
import gatehouse.login.Sessions;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.Clients;
import java.time.Duration;
import java.util.Map;

/**
 * {@code /logout} (OpenID Connect RP-Initiated Logout 1.0): ends the session in this browser.
 *
 * <p>With an ID token of the signed-in user as a hint it happens at once; without, a person is
 * asked first (§2, §6), or any link could sign people out. Where the browser goes afterwards must
 * be an address that the client has registered (§3); otherwise it stays here.
 */
public final class EndSessionEndpoint {
  private static final String PURPOSE = "logout";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Pages pages;
  private final Sessions sessions;
  private final Csrf csrf;
  private final IdTokens idTokens;
  private final Clients clients;
  private final Seal seal;
  private final Audit audit;

  public EndSessionEndpoint(Pages pages, Sessions sessions, Csrf csrf, IdTokens idTokens,
      Clients clients, Seal seal, Audit audit) {
    this.pages = pages;
    this.sessions = sessions;
    this.csrf = csrf;
    this.idTokens = idTokens;
    this.clients = clients;
    this.seal = seal;
    this.audit = audit;
  }

  /** GET, or POST by a client. */
  public Response handle(Request request) {
    Form form = request.method().equals("POST") ? request.form() : request.query();
    if (form.get("csrf") != null) {
      return confirmed(request, form);
    }
    String hinted = form.get("id_token_hint");
    VerifiedJwt hint = hinted == null ? null : idTokens.readHint(hinted);
    String clientId = form.get("client_id");
    if (hint != null && clientId != null && !hint.audience().contains(clientId)) {
      hint = null; // §2: a hint that was issued to another client counts for nothing
    }
    String target = target(form, hint == null ? clientId : hint.audience().get(0));
    Sessions.Session session = sessions.find(request);
    boolean certain = hint != null
        && (session == null || session.user().name().equals(hint.subject()));
    return session == null || certain ? end(request, target) : ask(request, session, target);
  }

  private Response ask(Request request, Sessions.Session session, String target) {
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    Response page = pages.show(request, 200, "logout.html", Map.of(
        "user", session.user().displayName(),
        "csrf", protection.token(),
        "target", target == null ? "" : seal.seal(PURPOSE, target, LIFETIME),
        "asking", true,
        "done", false));
    return protection.on(target == null ? page : page.with("Content-Security-Policy",
        SecurityHeaders.pagePolicy(RedirectUri.formTarget(target))));
  }

  private Response confirmed(Request request, Form form) {
    String sealed = form.get("target");
    String target = sealed == null ? null : seal.open(PURPOSE, sealed);
    Sessions.Session session = sessions.find(request);
    if (session != null && !csrf.accept(request, PURPOSE, form.get("csrf"))) {
      return ask(request, session, target);
    }
    return end(request, target);
  }

  private Response end(Request request, String target) {
    Sessions.Session session = sessions.find(request);
    if (session != null) {
      audit.record("logout", "ok", "user", session.user().name());
    }
    Response answer = target != null ? Response.redirect(target)
        : pages.show(request, 200, "logout.html", Map.of(
            "user", "", "csrf", "", "target", "", "asking", false, "done", true));
    return answer.with("Set-Cookie", sessions.end(request));
  }

  private Client client(String id) {
    try {
      return clients.find(id);
    } catch (OAuthError e) {
      // Its document cannot be had: then it has no addresses either.
      return null;
    }
  }

  /** The registered address to return to, with the state; null if there is none. */
  private String target(Form form, String clientId) {
    String asked = form.get("post_logout_redirect_uri");
    Client client = asked == null || clientId == null ? null : client(clientId);
    if (client == null || !Fields.of(client.metadata()).texts("post_logout_redirect_uris")
        .contains(asked)) {
      return null;
    }
    String state = form.get("state");
    return state == null ? asked : Urls.append(asked, "state", state);
  }
}
