package gatehouse.login;

import gatehouse.crypto.Secrets;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code /account/password}: a new password for the old one.
 *
 * <p>The present password is asked for, and guesses at it are counted, so a browser left open does
 * not hand over the account. Whoever knew the old one is put out: other sessions end, this one gets
 * a fresh id, and unless the user says otherwise applications are disconnected (RFC 9700 §4.14.2).
 *
 * <p>It does not reset what somebody has forgotten; the operator does, by configuring another.
 */
public final class PasswordPage {
  /** Where it is, under the issuer. */
  public static final String PATH = "/account/password";

  private final Pages pages;
  private final Csrf csrf;
  private final Sessions sessions;
  private final SetUp setUp;
  private final SecondFactors factors;
  private final Users users;
  private final Connected connected;
  private final RateLimit guesses;
  private final Audit audit;

  /**
   * The page.
   *
   * @param guesses wrong present passwords of one user; not the login page's, or a stranger there
   *     could keep somebody from changing theirs
   */
  public PasswordPage(Pages pages, Csrf csrf, Sessions sessions, SetUp setUp,
      SecondFactors factors, Users users, Connected connected, RateLimit guesses, Audit audit) {
    this.pages = pages;
    this.csrf = csrf;
    this.sessions = sessions;
    this.setUp = setUp;
    this.factors = factors;
    this.users = users;
    this.connected = connected;
    this.guesses = guesses;
    this.audit = audit;
  }

  /** GET: the form. */
  public Response show(Request request) {
    Sessions.Session session = session(request);
    return session == null ? setUp.signInFirst(PATH)
        : users.havePassword(session.user()) ? page(200, request, session, Text.NONE)
        : pages.error(request, 404, "no_password");
  }

  /** POST: the present password and the new one, twice. */
  public Response change(Request request) {
    Sessions.Session session = session(request);
    if (session == null || !users.havePassword(session.user())) {
      return show(request);
    }
    Form form = request.form();
    if (!csrf.accept(request, purpose(session), form.get("csrf"))) {
      return page(403, request, session, Text.of("problem.stale"));
    }
    User user = session.user();
    String password = form.get("new", "");
    // Before the present one is looked at: what costs nothing goes first, and is no guess.
    Text problem = problem(user, password, form);
    if (problem != null) {
      return page(400, request, session, problem);
    }
    long wait = guesses.take(user.name());
    if (wait > 0) {
      audit.record("password", "limited", "user", user.name());
      return page(429, request, session, Text.of("problem.wait", "seconds", wait))
          .with("Retry-After", "" + wait);
    }
    if (users.signIn(user.name(), form.get("current", "")) == null) {
      audit.record("password", "refused", "user", user.name());
      return page(403, request, session, Text.of("problem.present"));
    }
    guesses.forget(user.name());
    return changed(request, session, password, form.get("disconnect") != null);
  }

  private Response changed(
      Request request, Sessions.Session session, String password, boolean disconnect) {
    User user = session.user();
    users.changePassword(user, password);
    int ended = sessions.endOthers(session);
    if (disconnect) {
      connected.endAll(user);
    }
    audit.record("password", "changed", "user", user.name(), "sessions_ended", "" + ended,
        "disconnected", disconnect ? "all" : "none");
    Map<String, Object> values = values(session, Text.NONE);
    values.put("csrf", "");
    values.put("asking", false);
    values.put("done", true);
    values.put("disconnected", disconnect);
    return pages.show(request, 200, "password.html", values)
        .with("Set-Cookie", sessions.renew(request));
  }

  private static Text problem(User user, String password, Form form) {
    if (!Secrets.equal(password, form.get("repeated", ""))) {
      return Text.of("problem.repeated");
    }
    if (Secrets.equal(password, form.get("current", ""))) {
      return Text.of("problem.same");
    }
    PasswordRules.Problem problem = PasswordRules.problem(user, password);
    return problem == null ? null : switch (problem) {
      case TOO_SHORT -> Text.of("problem.too_short", "least", PasswordRules.MIN_LENGTH);
      case TOO_LONG -> Text.of("problem.too_long", "most", Passwords.MAX_LENGTH);
      case OWN_NAME -> Text.of("problem.own_name");
      case WELL_KNOWN -> Text.of("problem.well_known");
    };
  }

  /** Who is signed in; somebody who has set up a second factor must have shown it. */
  private Sessions.Session session(Request request) {
    Sessions.Session session = sessions.find(request);
    return session != null && factors.mayBeSetUp(session.user(), session.shown()) ? session : null;
  }

  private Response page(int status, Request request, Sessions.Session session, Text problem) {
    Csrf.Protection protection = csrf.protect(request, purpose(session));
    Map<String, Object> values = values(session, problem);
    values.put("csrf", protection.token());
    return protection.on(pages.show(request, status, "password.html", values));
  }

  private static Map<String, Object> values(Sessions.Session session, Text problem) {
    Map<String, Object> values = new HashMap<>();
    values.put("username", session.user().name());
    values.put("least", PasswordRules.MIN_LENGTH);
    values.put("problem", problem);
    values.put("asking", true);
    values.put("done", false);
    values.put("disconnected", false);
    return values;
  }

  private static String purpose(Sessions.Session session) {
    return "password/" + session.key();
  }
}
