package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.List;
import java.util.Map;

/**
 * {@code /login}: asks for name and password, begins a session, and leads back to where the browser
 * came from.
 *
 * <p>Guessing is slowed by name and by address before anything is hashed (RFC 6749 §10.10). A wrong
 * name and a wrong password get the same words after the same time. It knows nothing of OAuth: what
 * it leads back to is a {@link Continuation}, opaque to the browser.
 */
public final class LoginPage {
  /** The purpose of the form token, for whoever accepts one of the page's forms. */
  public static final String PURPOSE = "login";

  private static final String WRONG = "That name and password do not belong together.";
  private static final String STALE =
      "This form had already been used or was open for too long. Please sign in again.";

  private final Pages pages;
  private final SignIn signIn;
  private final SecondFactor passkeys;
  private final UpstreamSso upstream;
  private final boolean passwords;
  private final Users users;
  private final Csrf csrf;
  private final Seal seal;
  private final RateLimit byAddress;
  private final RateLimit byName;
  private final Audit audit;

  /**
   * The page.
   *
   * @param passkeys where they are offered, or null
   * @param passwords whether they are offered
   * @param byAddress sign-ins from one address, right or wrong
   * @param byName wrong passwords for one name
   */
  public LoginPage(Pages pages, SignIn signIn, SecondFactor passkeys,
      UpstreamSso upstream, boolean passwords, Users users, Csrf csrf, Seal seal,
      RateLimit byAddress, RateLimit byName, Audit audit) {
    this.pages = pages;
    this.signIn = signIn;
    this.passkeys = passkeys;
    this.upstream = upstream;
    this.passwords = passwords;
    this.users = users;
    this.csrf = csrf;
    this.seal = seal;
    this.byAddress = byAddress;
    this.byName = byName;
    this.audit = audit;
  }

  /** GET: the form. */
  public Response show(Request request) {
    return form(200, request, request.query(), "");
  }

  /** POST: name and password. */
  public Response signIn(Request request) {
    Form form = request.form();
    if (!csrf.accept(request, PURPOSE, form.get("csrf"))) {
      return form(403, request, form, STALE);
    }
    String name = form.get("username", "");
    long wait = Math.max(byAddress.take(request.remoteAddress()), byName.take(name));
    // A name that nobody has may be a password in the wrong field: it is not for the log.
    String known = users.find(name) == null ? null : name;
    if (wait > 0) {
      audit.record("login", "limited", "user", known, "address", request.remoteAddress());
      return form(429, request, form, "There were too many attempts. Please wait " + wait
          + " seconds and try again.").with("Retry-After", "" + wait);
    }
    User user = !passwords ? null : users.signIn(name, form.get("password", ""));
    if (user == null) {
      audit.record("login", "refused", "user", known, "address", request.remoteAddress());
      return form(401, request, form, WRONG);
    }
    byName.forget(name);
    return signIn.proved(
        request, user, Evidence.PASSWORD, form.get(Continuation.PARAMETER, ""));
  }

  /** The page, with a problem of whatever was tried on it. */
  public Response form(int status, Request request, Form values, String problem) {
    String sealed = values.get(Continuation.PARAMETER, "");
    if (!sealed.isEmpty() && Continuation.open(seal, sealed) == null) {
      return pages.error(400, "This sign-in has expired",
          "The page was open for too long, or its address was not complete.",
          "Go back to the application you came from and connect again.", null);
    }
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    return protection.on(pages.show(status, "login.html", Map.of(
        "csrf", protection.token(),
        "continue", sealed,
        "password", passwords,
        "passkey", passkeys == null ? List.of()
            : List.of(passkeys.section(null, protection.token())),
        "upstream", upstream.choices(sealed),
        "username", values.get("username", values.get("login_hint", "")),
        "failed", !problem.isEmpty(),
        "problem", problem)));
  }
}
