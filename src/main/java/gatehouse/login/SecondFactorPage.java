package gatehouse.login;

import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /login/second}: asks somebody who has shown one factor for another, or has them set one
 * up.
 *
 * <p>Codes are few and short, so guesses are counted for each person before one is looked at (RFC
 * 4226 §7.3, RFC 6238 §5.2). A passkey goes from this page to {@code passkey.PasskeyPage}; what is
 * enough is decided by {@link SignIn}.
 */
public final class SecondFactorPage {
  /** Where it is, under the issuer. */
  public static final String PATH = "/login/second";

  /** The purpose of the page's form token, for whoever accepts one of its forms. */
  public static final String PURPOSE = "second factor";

  private final String issuer;
  private final Pages pages;
  private final Csrf csrf;
  private final PendingSignIns pending;
  private final SecondFactors factors;
  private final SignIn signIn;
  private final TotpSecrets totp;
  private final RecoveryCodes recovery;
  private final KnownBrowsers browsers;
  private final RateLimit guesses;
  private final Audit audit;

  /**
   * The page.
   *
   * @param guesses codes of one person, right or wrong, apart from their known browsers
   */
  public SecondFactorPage(String issuer, Pages pages, Csrf csrf, PendingSignIns pending,
      SecondFactors factors, SignIn signIn, TotpSecrets totp, RecoveryCodes recovery,
      KnownBrowsers browsers, RateLimit guesses, Audit audit) {
    this.issuer = issuer;
    this.pages = pages;
    this.csrf = csrf;
    this.pending = pending;
    this.factors = factors;
    this.signIn = signIn;
    this.totp = totp;
    this.recovery = recovery;
    this.browsers = browsers;
    this.guesses = guesses;
    this.audit = audit;
  }

  /** GET: what is to be shown, or onwards if it has been (a first factor was just set up). */
  public Response show(Request request) {
    return page(200, request, request.query().get(Continuation.PARAMETER, ""), Text.NONE);
  }

  /** POST: a code. */
  public Response enter(Request request) {
    Form form = request.form();
    String sealed = form.get(Continuation.PARAMETER, "");
    PendingSignIns.Pending who = pending.find(request);
    if (who == null) {
      return signInFirst(sealed);
    }
    if (!csrf.accept(request, PURPOSE, form.get("csrf"))) {
      return page(403, request, sealed, Text.of("problem.stale"));
    }
    String guesser = guesser(request, who.user());
    long wait = guesses.take(guesser);
    if (wait > 0) {
      audit.record("second_factor", "limited", "user", who.user().name());
      return page(429, request, sealed, Text.of("problem.wait", "seconds", wait))
          .with("Retry-After", "" + wait);
    }
    String code = form.get("code", "");
    if (!totp.accept(who.user(), code) && !recovery.accept(who.user(), code)) {
      audit.record("second_factor", "refused", "user", who.user().name());
      return page(401, request, sealed, Text.of("problem.code"));
    }
    guesses.forget(guesser);
    return signIn.proved(request, who.user(), who.shown().and(Evidence.CODE), sealed);
  }

  /** The page with a problem; also for the passkey that goes from here. */
  public Response page(int status, Request request, String sealed, Text problem) {
    PendingSignIns.Pending who = pending.find(request);
    if (who == null) {
      return signInFirst(sealed);
    }
    Assurance needed = signIn.needed(who.user(), sealed);
    if (who.shown().assurance().meets(needed)) {
      return signIn.proved(request, who.user(), who.shown(), sealed);
    }
    List<SecondFactor> usable = factors.usable(who.user(), who.shown(), needed);
    List<SecondFactor> choices = usable.isEmpty()
        && factors.mayBeSetUp(who.user(), who.shown())
        ? factors.toBeSetUp(who.user(), who.shown(), needed) : List.of();
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    Map<String, Object> values =
        new HashMap<>(factors.sections(usable, who.user(), protection.token()));
    values.put("csrf", protection.token());
    values.put("continue", sealed);
    values.put("user", who.user().displayName());
    values.put("problem", problem);
    values.put("asking", !usable.isEmpty());
    values.put("choosing", usable.isEmpty());
    values.put("choices", choices.stream().map(kind -> Map.of("title", kind.title(),
        "url", SignIn.withContinuation(issuer + kind.setUpPath(), sealed))).toList());
    return protection.on(pages.show(request, status, "second_factor.html", values));
  }

  /** Whoever has stolen the password must not keep its owner out as well. */
  private String guesser(Request request, User user) {
    String browser = browsers.find(request, user.name());
    return browser == null ? user.name() : user.name() + " in " + browser;
  }

  private Response signInFirst(String sealed) {
    return Response.redirect(SignIn.withContinuation(issuer + "/login", sealed));
  }
}
