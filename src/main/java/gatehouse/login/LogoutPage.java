package gatehouse.login;

import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.Map;

/**
 * {@code /logout}: asks, and ends the session. Asking first keeps a link on another site from signing
 * people out (OpenID Connect RP-Initiated Logout 1.0 §6).
 */
public final class LogoutPage {
  private static final String PURPOSE = "logout";

  private final Pages pages;
  private final Sessions sessions;
  private final Csrf csrf;

  public LogoutPage(Pages pages, Sessions sessions, Csrf csrf) {
    this.pages = pages;
    this.sessions = sessions;
    this.csrf = csrf;
  }

  /** GET: the question. */
  public Response ask(Request request) {
    Sessions.Session session = sessions.find(request);
    if (session == null) {
      return done();
    }
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    Response page = pages.show(200, "logout.html", Map.of(
        "user", session.user().displayName(), "csrf", protection.token(), "asking", true,
        "done", false));
    return protection.setCookie() == null ? page
        : page.with("Set-Cookie", protection.setCookie());
  }

  /** POST: the end of the session. */
  public Response signOut(Request request) {
    if (!csrf.accept(request, PURPOSE, request.form().get("csrf"))) {
      return ask(request);
    }
    return done().with("Set-Cookie", sessions.end(request));
  }

  private Response done() {
    return pages.show(200, "logout.html", Map.of(
        "user", "", "csrf", "", "asking", false, "done", true));
  }
}
