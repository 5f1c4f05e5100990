package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.List;
import java.util.Map;

/**
 * {@code /login}: asks for name and password, begins a session, and leads back to where the browser
 * came from.
 *
 * <p>Guessing is slowed before anything is hashed ({@link Guesses}). A wrong name and a wrong
 * password get the same words after the same time. It knows nothing of OAuth: what
 * it leads back to is a {@link Continuation}, opaque to the browser.
 */
public final class LoginPage {
  /** The purpose of the form token, for whoever accepts one of the page's forms. */
  public static final String PURPOSE = "login";

  private final Pages pages;
  private final SignIn signIn;
  private final SecondFactor passkeys;
  private final UpstreamSso upstream;
  private final boolean passwords;
  private final Users users;
  private final Csrf csrf;
  private final Seal seal;
  private final Guesses guesses;
  private final Audit audit;

  /**
   * The page.
   *
   * @param passkeys where they are offered, or null
   * @param passwords whether they are offered
   */
  public LoginPage(Pages pages, SignIn signIn, SecondFactor passkeys,
      UpstreamSso upstream, boolean passwords, Users users, Csrf csrf, Seal seal,
      Guesses guesses, Audit audit) {
    this.pages = pages;
    this.signIn = signIn;
    this.passkeys = passkeys;
    this.upstream = upstream;
    this.passwords = passwords;
    this.users = users;
    this.csrf = csrf;
    this.seal = seal;
    this.guesses = guesses;
    this.audit = audit;
  }

  /** GET: the form. */
  public Response show(Request request) {
    return form(200, request, request.query(), Text.NONE);
  }

  /** POST: name and password. */
  public Response signIn(Request request) {
    Form form = request.form();
    if (!csrf.accept(request, PURPOSE, form.get("csrf"))) {
      return form(403, request, form, Text.of("problem.stale"));
    }
    String name = form.get("username", "");
    long wait = guesses.take(request, name);
    // A name that nobody has may be a password in the wrong field: it is not for the log.
    String known = users.find(name) == null ? null : name;
    if (wait > 0) {
      audit.record("login", "limited", "user", known, "address", request.remoteAddress());
      return form(429, request, form, Text.of("problem.wait", "seconds", wait))
          .with("Retry-After", "" + wait);
    }
    User user = !passwords ? null
        : users.signIn(name, form.get("password", ""), guesses.isKnown(request, name));
    if (user == null) {
      audit.record("login", "refused", "user", known, "address", request.remoteAddress());
      return form(401, request, form, Text.of("problem.password"));
    }
    guesses.forget(request, name);
    return signIn.proved(
        request, user, Evidence.PASSWORD, form.get(Continuation.PARAMETER, ""));
  }

  /** The page, with a problem of whatever was tried on it. */
  public Response form(int status, Request request, Form values, Text problem) {
    String sealed = values.get(Continuation.PARAMETER, "");
    if (!sealed.isEmpty() && Continuation.open(seal, sealed) == null) {
      return pages.error(request, 400, "expired");
    }
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    return protection.on(pages.show(request, status, "login.html", Map.of(
        "csrf", protection.token(),
        "continue", sealed,
        "password", passwords,
        "passkey", passkeys == null ? List.of()
            : List.of(passkeys.section(null, protection.token())),
        "upstream", upstream.choices(sealed),
        "username", values.get("username", values.get("login_hint", "")),
        "problem", problem)));
  }
}
