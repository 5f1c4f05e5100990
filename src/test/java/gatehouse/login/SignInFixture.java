package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.html.Templates;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Requests;
import gatehouse.http.Response;
import gatehouse.login.passkey.PasskeyPage;
import gatehouse.login.passkey.Passkeys;
import gatehouse.login.passkey.RelyingParty;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that signs people in, put together without a server, and one browser. */
public final class SignInFixture {
  public static final String ISSUER = "https://gate.example";
  private static final Pattern INPUT =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">");

  public final TestClock clock = new TestClock();
  public final MemoryStore store = new MemoryStore(clock);
  /** Her password is of no account here, but she has one: nothing else is her last way in. */
  public final User alice = new User("alice", "alice", null,
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
  public final List<String> audited = new ArrayList<>();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  private final Audit audit = (event, outcome, facts) -> audited.add(event + " " + outcome);
  final Seal seal = new Seal(new byte[] {1}, clock);
  final Users users = new Users(new Passwords(), store);
  final Pages pages = new Pages(new Templates(null), ISSUER, seal, next -> null, audit);
  final Csrf csrf = new Csrf(ISSUER, seal, store, clock);
  final Sessions sessions =
      new Sessions(store, users, ISSUER, () -> Duration.ofHours(12), clock);
  final TotpSecrets totp = new TotpSecrets(store, seal, clock);
  final RecoveryCodes recovery = new RecoveryCodes(store);
  public final Passkeys passkeys =
      new Passkeys(RelyingParty.of(ISSUER, "Gate"), store, clock);
  final PendingSignIns pending = new PendingSignIns(ISSUER, seal, users);
  final KnownBrowsers browsers = new KnownBrowsers(ISSUER, seal);
  final List<Evidence> begun = new ArrayList<>();
  final SecondFactors factors;
  final SignIn signIn;
  final SecondFactorPage second;
  final TotpPage totpPage;
  public final PasskeyPage passkeyPage;

  /** What the request behind the continuation asks for. */
  Assurance asked = Assurance.ONE_FACTOR;

  public SignInFixture(SecondFactors.Rule rule) {
    users.add(alice);
    factors = new SecondFactors(rule, List.of(passkeys, totp));
    SignIn.Begin begin = (request, user, shown) -> {
      begun.add(shown);
      return sessions.begin(request, user, shown);
    };
    signIn = new SignIn(
        ISSUER, begin, browsers, pending, factors, next -> asked, seal, audit);
    RateLimit guesses = new RateLimit(5, Duration.ofMinutes(5), clock);
    second = new SecondFactorPage(
        ISSUER, pages, csrf, pending, factors, signIn, totp, recovery, browsers, guesses, audit);
    SetUp setUp = new SetUp(ISSUER, sessions,
        session -> begun.get(begun.size() - 1), begin, pending, factors, seal, clock);
    totpPage = new TotpPage(ISSUER, "Gate", pages, csrf, setUp, signIn, totp, recovery, factors,
        seal, guesses, audit);
    passkeyPage = new PasskeyPage(ISSUER, pages, csrf, "login",
        (status, request, form, problem) -> Response.text(status, problem.key()), second, setUp,
        signIn, pending, users, passkeys, factors,
        new WaysIn(true, passkeys, users, List.of(), new UpstreamLinks(store, users, email -> null)),
        new RateLimit(50, Duration.ofMinutes(5), clock), audit);
  }

  /** An address of ours to go on to. */
  public String continuation() {
    return new Continuation("/authorize", "client_id=c1", Instant.EPOCH).seal(seal);
  }

  /** What a wiring does with the token of the login page's form. */
  public String loginToken() {
    return protect("login");
  }

  private String protect(String purpose) {
    Request request = Requests.get("/", "Cookie", cookieHeader());
    Csrf.Protection protection = csrf.protect(request, purpose);
    if (protection.setCookie() != null) {
      keep(protection.setCookie());
    }
    return protection.token();
  }

  /** The password was right. */
  public Response password() {
    return password(alice);
  }

  /** From now on alice has none. */
  public void withoutPassword() {
    users.add(User.named("alice"));
  }

  /** Another user signs in. */
  public Response password(User user) {
    users.add(user);
    return kept(signIn.proved(
        Requests.get("/login"), user, Evidence.PASSWORD, continuation()));
  }

  /** The page that asks for a second factor. */
  public Response secondPage() {
    return get(second::show, "/login/second?continue=" + continuation());
  }

  public Response get(Function<Request, Response> page, String target) {
    return kept(page.apply(Requests.get(target, "Cookie", cookieHeader())));
  }

  public Response post(Function<Request, Response> page, Map<String, String> form) {
    return kept(page.apply(
        Requests.post("/", Form.of(form).encoded(), "Cookie", cookieHeader())));
  }

  public boolean isSignedIn() {
    return sessions.find(Requests.get("/", "Cookie", cookieHeader())) != null;
  }

  /** Who it is in this browser. */
  User signedIn() {
    return sessions.find(Requests.get("/", "Cookie", cookieHeader())).user();
  }

  /** Another browser: all cookies are gone; they are what it returns. */
  public Map<String, String> forgetCookies() {
    Map<String, String> before = new LinkedHashMap<>(cookies);
    cookies.clear();
    return before;
  }

  /** The browser with these cookies again. */
  void bring(Map<String, String> those) {
    cookies.putAll(those);
  }

  public static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The hidden fields of a page; of several forms the last. */
  public static Map<String, String> hidden(Response response) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = INPUT.matcher(text(response));
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }

  /** The secret of the set-up page as the app reads it. */
  static String code(Response setUpPage, TestClock clock) {
    Matcher matcher = Pattern.compile("secret=([A-Z2-7]+)").matcher(text(setUpPage));
    matcher.find();
    return Totp.code(base32(matcher.group(1)),
        Totp.step(clock.instant().getEpochSecond()), Totp.DIGITS);
  }

  private static byte[] base32(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    for (int i = 0; i < 5 * text.length(); i++) {
      int bit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i / 5)) >> 4 - i % 5 & 1;
      bytes[i / 8] |= (byte) (bit << 7 - i % 8);
    }
    return bytes;
  }

  private Response kept(Response response) {
    response.headers().stream().filter(header -> header.name().equals("Set-Cookie"))
        .forEach(header -> keep(header.value()));
    return response;
  }

  private void keep(String setCookie) {
    String pair = setCookie.substring(0, setCookie.indexOf(';'));
    String name = pair.substring(0, pair.indexOf('='));
    if (setCookie.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }

  private String cookieHeader() {
    StringBuilder header = new StringBuilder("x=y");
    cookies.forEach((name, value) -> header.append("; ").append(name).append('=').append(value));
    return header.toString();
  }
}
