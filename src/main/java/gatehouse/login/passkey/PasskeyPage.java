package gatehouse.login.passkey;

import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.Continuation;
import gatehouse.login.Csrf;
import gatehouse.login.Evidence;
import gatehouse.login.Pages;
import gatehouse.login.PendingSignIns;
import gatehouse.login.SecondFactorPage;
import gatehouse.login.SecondFactors;
import gatehouse.login.SetUp;
import gatehouse.login.SignIn;
import gatehouse.login.User;
import gatehouse.login.Users;
import gatehouse.login.WaysIn;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /login/passkey}, {@code /login/second/passkey} and {@code /account/passkeys}: signing in
 * with a passkey, alone or after a password, and a person's list of them.
 *
 * <p>All of it is forms that {@code passkey.js} fills; there is no endpoint in JSON. The person
 * reads one sentence whatever went wrong, and the audit trail has the {@link Refusal}.
 */
public final class PasskeyPage {
  /** Where a passkey alone signs in. */
  public static final String LOGIN_PATH = "/login/passkey";

  /** Where it does after a password. */
  public static final String SECOND_PATH = SecondFactorPage.PATH + "/passkey";

  /** The list, under the issuer. */
  public static final String ACCOUNT_PATH = "/account/passkeys";

  private static final Text WRONG = Text.of("problem.passkey");

  /** Shows the login page again; its first problem, or that of a passkey. */
  @FunctionalInterface
  public interface LoginForm {
    /** The page. */
    Response show(int status, Request request, Form values, Text problem);
  }

  private final String issuer;
  private final Pages pages;
  private final Csrf csrf;
  private final String loginPurpose;
  private final LoginForm login;
  private final SecondFactorPage second;
  private final SetUp setUp;
  private final SignIn signIn;
  private final PendingSignIns pending;
  private final Users users;
  private final Passkeys passkeys;
  private final SecondFactors factors;
  private final WaysIn waysIn;
  private final RateLimit byNetwork;
  private final Audit audit;

  /**
   * The page.
   *
   * @param loginPurpose the purpose of the login page's form token
   * @param byNetwork sign-ins from one network, right or wrong; shared with the login page
   */
  public PasskeyPage(String issuer, Pages pages, Csrf csrf, String loginPurpose, LoginForm login,
      SecondFactorPage second, SetUp setUp, SignIn signIn, PendingSignIns pending, Users users,
      Passkeys passkeys, SecondFactors factors, WaysIn waysIn, RateLimit byNetwork, Audit audit) {
    this.issuer = issuer;
    this.pages = pages;
    this.csrf = csrf;
    this.loginPurpose = loginPurpose;
    this.login = login;
    this.second = second;
    this.setUp = setUp;
    this.signIn = signIn;
    this.pending = pending;
    this.users = users;
    this.passkeys = passkeys;
    this.factors = factors;
    this.waysIn = waysIn;
    this.byNetwork = byNetwork;
    this.audit = audit;
  }

  /** POST from the login page: the passkey says who it is, and has to have verified them. */
  public Response signIn(Request request) {
    Form form = request.form();
    long wait = byNetwork.take(request.network());
    if (wait > 0) {
      return login.show(429, request, form, Text.of("problem.wait", "seconds", wait))
          .with("Retry-After", "" + wait);
    }
    try {
      Passkeys.Use use = passkeys.use(null, true, token(request, loginPurpose, form), form);
      User user = users.find(use.user());
      Refused.unless(user != null, Refusal.UNKNOWN_CREDENTIAL);
      return signIn.proved(
          request, user, use.evidence(), form.get(Continuation.PARAMETER, ""));
    } catch (Refused e) {
      refused(e, null);
      return login.show(401, request, form, WRONG);
    }
  }

  /** POST from the second factor's page: the passkey has to be that of the user we know. */
  public Response complete(Request request) {
    Form form = request.form();
    String sealed = form.get(Continuation.PARAMETER, "");
    PendingSignIns.Pending who = pending.find(request);
    if (who == null) {
      return second.page(401, request, sealed, WRONG);
    }
    try {
      String token = token(request, SecondFactorPage.PURPOSE, form);
      Evidence shown = passkeys.use(who.user(), false, token, form).evidence();
      return signIn.proved(request, who.user(), who.shown().and(shown), sealed);
    } catch (Refused e) {
      refused(e, who.user());
      return second.page(401, request, sealed, WRONG);
    }
  }

  /** GET: the person's passkeys. */
  public Response list(Request request) {
    SetUp.Person person = setUp.find(request);
    return person == null ? setUp.signInFirst(ACCOUNT_PATH)
        : page(200, request, person, request.query(), Text.NONE);
  }

  /** POST: {@code add} with what the browser made, {@code rename} or {@code remove}. */
  public Response change(Request request) {
    SetUp.Person person = setUp.find(request);
    if (person == null) {
      return setUp.signInFirst(ACCOUNT_PATH);
    }
    Form form = request.form();
    try {
      String token = token(request, purpose(person), form);
      if (form.get("action", "").equals("add")) {
        passkeys.add(person.user(), token, form);
        audit.record("passkey", "added", "user", person.user().name());
        return setUp.done(
            request, person, Evidence.PASSKEY, Response.redirect(next(person, form)));
      }
      if (person.isSigningIn()) {
        // Somebody about to sign in sets up what is missing, and changes nothing else.
        return Response.redirect(next(person, form));
      }
      if (form.get("action", "").equals("rename")) {
        passkeys.rename(person.user(), form.get("id", ""), form);
        audit.record("passkey", "renamed", "user", person.user().name());
      } else if (form.get("action", "").equals("remove")) {
        if (!mayRemove(person.user())) {
          return page(409, request, person, form, Text.of("problem.last_way"));
        }
        passkeys.remove(person.user(), form.get("id", ""));
        audit.record("passkey", "removed", "user", person.user().name());
      }
    } catch (Refused e) {
      refused(e, person.user());
      return page(400, request, person, form, WRONG);
    }
    return Response.redirect(next(person, form));
  }

  /** Any of several; the last one if it is needed neither as a first factor nor as a second. */
  private boolean mayRemove(User user) {
    return passkeys.of(user).size() > 1
        || waysIn.withoutPasskeys(user) && factors.mayBeRemoved(user, passkeys);
  }

  private Response page(int status, Request request, SetUp.Person person, Form form,
      Text problem) {
    Csrf.Protection protection = csrf.protect(request, purpose(person));
    Map<String, Object> values = new HashMap<>();
    List<Passkey> all = passkeys.of(person.user());
    values.put("csrf", protection.token());
    values.put("continue", form.get(Continuation.PARAMETER, ""));
    values.put("user", person.user().displayName());
    values.put("problem", problem);
    values.put("options", passkeys.creationOptions(person.user(), protection.token()));
    values.put("any", !all.isEmpty());
    values.put("none", all.isEmpty());
    values.put("settled", !person.isSigningIn());
    values.put("removable", mayRemove(person.user()));
    values.put("passkeys", all.stream().map(passkey -> Map.of(
        "id", passkey.id(),
        "name", passkey.name(),
        "created", LocalDate.ofInstant(passkey.created(), ZoneOffset.UTC),
        "used", LocalDate.ofInstant(passkey.used(), ZoneOffset.UTC),
        "synced", passkey.backedUp())).toList());
    return protection.on(pages.show(request, status, "passkeys.html", values));
  }

  /** The token of the form, which is good once and in this browser: the challenge is made of it. */
  private String token(Request request, String purpose, Form form) {
    String token = form.get("csrf");
    Refused.unless(csrf.accept(request, purpose, token), Refusal.REPLAYED);
    return token;
  }

  private String next(SetUp.Person person, Form form) {
    String sealed = form.get(Continuation.PARAMETER, "");
    return person.isSigningIn() ? signIn.secondUrl(sealed) : issuer + ACCOUNT_PATH;
  }

  private static String purpose(SetUp.Person person) {
    return "passkeys/" + person.user().name();
  }

  private void refused(Refused e, User user) {
    audit.record("passkey", e.reason().name().toLowerCase(Locale.ROOT),
        "user", user == null ? null : user.name());
  }
}
