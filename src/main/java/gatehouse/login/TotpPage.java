package gatehouse.login;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Seal;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /account/totp}: sets up an authenticator app, shows recovery codes once, and takes both
 * away again.
 *
 * <p>The new secret is in the page only, sealed, until a code shows that an app has it: nobody
 * locks themselves out by closing the page half-way.
 */
public final class TotpPage {
  /** Where it is, under the issuer. */
  public static final String PATH = "/account/totp";

  private static final String PURPOSE = "totp";
  private static final Duration SET_UP_TIME = Duration.ofHours(1);

  private final String issuer;
  private final String service;
  private final Pages pages;
  private final Csrf csrf;
  private final SetUp setUp;
  private final SignIn signIn;
  private final TotpSecrets secrets;
  private final RecoveryCodes recovery;
  private final SecondFactors factors;
  private final Seal seal;
  private final RateLimit guesses;
  private final Audit audit;

  /**
   * The page.
   *
   * @param service what the app calls us
   * @param guesses codes of one person; the same as on {@link SecondFactorPage}
   */
  public TotpPage(String issuer, String service, Pages pages, Csrf csrf, SetUp setUp,
      SignIn signIn, TotpSecrets secrets, RecoveryCodes recovery, SecondFactors factors,
      Seal seal, RateLimit guesses, Audit audit) {
    this.issuer = issuer;
    this.service = service;
    this.pages = pages;
    this.csrf = csrf;
    this.setUp = setUp;
    this.signIn = signIn;
    this.secrets = secrets;
    this.recovery = recovery;
    this.factors = factors;
    this.seal = seal;
    this.guesses = guesses;
    this.audit = audit;
  }

  /** GET: the QR code of a new secret, or what is set up. */
  public Response show(Request request) {
    SetUp.Person person = setUp.find(request);
    if (person == null) {
      return setUp.signInFirst(PATH);
    }
    return page(200, request, person, request.query(), Text.NONE, List.of());
  }

  /** POST: {@code confirm} with a code, {@code renew} or {@code remove}. */
  public Response change(Request request) {
    SetUp.Person person = setUp.find(request);
    if (person == null) {
      return setUp.signInFirst(PATH);
    }
    Form form = request.form();
    if (!csrf.accept(request, purpose(person), form.get("csrf"))) {
      return page(403, request, person, form, Text.of("problem.stale"), List.of());
    }
    switch (form.get("action", "")) {
      case "confirm":
        return confirm(request, person, form);
      case "renew":
        return secrets.isSetUp(person.user())
            ? page(200, request, person, form, Text.NONE, recovery.renew(person.user()))
            : page(200, request, person, form, Text.NONE, List.of());
      case "remove":
        // Somebody about to sign in sets up what is missing, and takes nothing away.
        if (!factors.mayBeRemoved(person.user(), secrets)) {
          return page(409, request, person, form,
              Text.of("problem.last_factor"), List.of());
        }
        if (!person.isSigningIn()) {
          secrets.remove(person.user());
          recovery.remove(person.user());
          audit.record("totp", "removed", "user", person.user().name());
        }
        return Response.redirect(issuer + PATH);
      default:
        return page(400, request, person, form, Text.of("problem.button"), List.of());
    }
  }

  private Response confirm(Request request, SetUp.Person person, Form form) {
    String opened = seal.open(sealPurpose(person), form.get("secret", ""));
    if (opened == null || secrets.isSetUp(person.user())) {
      return page(403, request, person, form, Text.of("problem.stale"), List.of());
    }
    long wait = guesses.take(person.user().name());
    if (wait > 0) {
      return page(429, request, person, form, Text.of("problem.wait", "seconds", wait), List.of())
          .with("Retry-After", "" + wait);
    }
    if (!secrets.confirm(person.user(), Encoding.bytes(opened), form.get("code", ""))) {
      return page(400, request, person, form, Text.of("problem.totp"), List.of());
    }
    guesses.forget(person.user().name());
    audit.record("totp", "set_up", "user", person.user().name());
    return setUp.done(request, person, Evidence.CODE,
        page(200, request, person, form, Text.NONE, recovery.renew(person.user())));
  }

  private Response page(int status, Request request, SetUp.Person person, Form form,
      Text problem, List<String> codes) {
    Csrf.Protection protection = csrf.protect(request, purpose(person));
    String sealed = form.get(Continuation.PARAMETER, "");
    boolean ready = secrets.isSetUp(person.user());
    Map<String, Object> values = new HashMap<>();
    values.put("csrf", protection.token());
    values.put("continue", sealed);
    values.put("user", person.user().displayName());
    values.put("problem", problem);
    values.put("new", ready ? List.of() : List.of(secret(person, form)));
    values.put("ready", ready && codes.isEmpty());
    values.put("settled", !person.isSigningIn());
    values.put("removable", factors.mayBeRemoved(person.user(), secrets));
    values.put("left", recovery.left(person.user()));
    values.put("shown", !codes.isEmpty());
    values.put("codes", codes.stream().map(code -> Map.of("code", code)).toList());
    values.put("next", person.isSigningIn() ? signIn.secondUrl(sealed) : issuer + PATH);
    return protection.on(pages.show(request, status, "totp.html", values));
  }

  /** The secret that the form carries already, or a new one. */
  private Map<String, Object> secret(SetUp.Person person, Form form) {
    String opened = seal.open(sealPurpose(person), form.get("secret", ""));
    byte[] secret = opened == null ? TotpSecrets.fresh() : Encoding.bytes(opened);
    String uri = Totp.uri(service, person.user().name(), secret);
    Map<String, Object> values = new HashMap<>();
    values.put("secret",
        seal.seal(sealPurpose(person), Encoding.base64url(secret), SET_UP_TIME));
    values.put("text", Totp.base32(secret).replaceAll("(.{4})(?!$)", "$1 "));
    values.put("uri", uri);
    // A name of two hundred letters does not fit; the text and the link still do.
    values.put("qr", QrCode.fits(uri) ? List.of(QrCode.of(uri).svg()) : List.of());
    return values;
  }

  private static String purpose(SetUp.Person person) {
    return PURPOSE + "/" + person.user().name();
  }

  private static String sealPurpose(SetUp.Person person) {
    return "totp-set-up/" + person.user().name();
  }
}
