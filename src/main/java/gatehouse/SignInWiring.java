package gatehouse;

import gatehouse.crypto.Seal;
import gatehouse.http.Audit;
import gatehouse.http.RateLimit;
import gatehouse.login.AccountPage;
import gatehouse.login.Connected;
import gatehouse.login.Csrf;
import gatehouse.login.Evidence;
import gatehouse.login.Guesses;
import gatehouse.login.KnownBrowsers;
import gatehouse.login.LoginPage;
import gatehouse.login.Pages;
import gatehouse.login.PasswordPage;
import gatehouse.login.PendingSignIns;
import gatehouse.login.RecoveryCodes;
import gatehouse.login.SecondFactor;
import gatehouse.login.SecondFactorPage;
import gatehouse.login.SecondFactors;
import gatehouse.login.Sessions;
import gatehouse.login.SetUp;
import gatehouse.login.SignIn;
import gatehouse.login.TotpPage;
import gatehouse.login.TotpSecrets;
import gatehouse.login.UpstreamLinks;
import gatehouse.login.UpstreamSso;
import gatehouse.login.Users;
import gatehouse.login.WaysIn;
import gatehouse.login.passkey.PasskeyPage;
import gatehouse.login.passkey.Passkeys;
import gatehouse.login.passkey.RelyingParty;
import gatehouse.oauth.AuthorizeEndpoint;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ways of signing in, put together; the part of {@link Wiring} that {@code login} is about. */
final class SignInWiring {
  /** Passkeys and upstream providers; an office of fifty signs in behind one network. */
  private static final int SIGN_INS_BY_NETWORK = 200;
  /** The present password, asked for when it is changed. */
  private static final int PRESENT_PASSWORDS_BY_NAME = 10;
  private static final Duration SIGN_IN_PERIOD = Duration.ofMinutes(5);

  /** RFC 4226 §7.3: with three codes good at a time, a year of guessing has one chance in four. */
  private static final int CODES_BY_NAME = 5;
  private static final Duration CODE_PERIOD = Duration.ofMinutes(30);

  final LoginPage login;
  final SignIn signIn;
  final SecondFactors factors;
  final SecondFactorPage second;
  final TotpPage totpPage;
  final PasskeyPage passkeyPage;
  final UpstreamSso upstream;
  final AccountPage account;
  final PasswordPage password;
  final boolean offersPasswords;
  final boolean offersPasskeys;
  final boolean offersTotp;
  private final Map<String, RateLimit> limits = new TreeMap<>();

  SignInWiring(Settings b, String issuer, Store store, Users users, Sessions sessions, Csrf csrf,
      Seal seal, Pages pages, Connected connected, UpstreamLinks links, Audit audit) {
    Clock clock = b.clock;
    offersTotp = b.totp;
    offersPasswords = b.passwords;
    RateLimit byNetwork = new RateLimit(SIGN_INS_BY_NETWORK, SIGN_IN_PERIOD, clock);

    KnownBrowsers browsers = new KnownBrowsers(issuer, seal);

    // The second factors in the order in which they are shown.
    PendingSignIns pending = new PendingSignIns(issuer, seal, users);
    TotpSecrets totp = new TotpSecrets(store, seal, clock);
    RecoveryCodes recovery = new RecoveryCodes(store);
    Passkeys passkeys = new Passkeys(RelyingParty.of(issuer, b.name), store, clock);
    offersPasskeys = offersPasskeys(b, issuer);
    List<SecondFactor> kinds = new ArrayList<>();
    if (offersPasskeys) {
      kinds.add(passkeys);
    }
    if (b.totp) {
      kinds.add(totp);
    }
    factors = new SecondFactors(b.secondFactor, kinds);
    signIn = new SignIn(issuer, sessions::begin, browsers, pending, factors,
        AuthorizeEndpoint::demanded, seal, audit);
    upstream = new UpstreamSso(issuer, b.upstreams, pages, signIn, sessions, links, store, seal,
        byNetwork, clock, audit);
    Guesses passwords = new Guesses(browsers, clock);
    login = new LoginPage(pages, signIn, offersPasskeys ? passkeys : null, upstream,
        b.passwords, users, csrf, seal, passwords, audit);
    RateLimit guesses = new RateLimit(CODES_BY_NAME, CODE_PERIOD, clock);
    second = new SecondFactorPage(
        issuer, pages, csrf, pending, factors, signIn, totp, recovery, browsers,
        guesses, audit);
    SetUp setUp = new SetUp(issuer, sessions, Sessions.Session::shown, sessions::begin,
        pending, factors, seal, clock);
    totpPage = new TotpPage(issuer, b.name, pages, csrf, setUp, signIn, totp, recovery,
        factors, seal, guesses, audit);
    WaysIn waysIn = new WaysIn(
        b.passwords, offersPasskeys ? passkeys : null, users, b.upstreams, links);
    passkeyPage = new PasskeyPage(issuer, pages, csrf, LoginPage.PURPOSE, login::form,
        second, setUp, signIn, pending, users, passkeys, factors, waysIn, byNetwork, audit);

    // What people look at and change afterwards.
    RateLimit present = new RateLimit(PRESENT_PASSWORDS_BY_NAME, CODE_PERIOD, clock);
    password = new PasswordPage(pages, csrf, sessions, setUp, factors, users, connected,
        present, audit);
    account = new AccountPage(issuer, pages, csrf, sessions, setUp, users,
        new AccountPage.Offered(b.passwords, offersPasskeys ? passkeys : null,
            b.totp ? totp : null, upstream), waysIn, links, connected, audit);
    limits.putAll(passwords.limits());
    limits.put("sign_ins_by_network", byNetwork);
    limits.put("second_factor_codes", guesses);
    limits.put("present_passwords", present);
  }

  /** What clients may ask for ({@code acr_values}), known before anything is put together. */
  static List<String> acrValues(Settings b, String issuer) {
    Evidence most = offersPasskeys(b, issuer) ? Evidence.PASSWORD.and(Evidence.PASSKEY)
        : b.totp ? Evidence.PASSWORD.and(Evidence.CODE) : Evidence.PASSWORD;
    return most.assurance().acrValues();
  }

  private static boolean offersPasskeys(Settings b, String issuer) {
    return b.passkeys && RelyingParty.isPossible(issuer);
  }

  /** The limits by name. */
  Map<String, RateLimit> limits() {
    return limits;
  }
}
