/**
 * People: who they are, how they sign in, and how their browser is recognised.
 *
 * <p>For readers who want to follow a browser; for operators who want to know how passwords are
 * kept. Obeyed are RFC 6749 §10.10 (guessing), RFC 9700 §4.7 (forged requests), RFC 6265 through
 * {@code http.Cookie}, and RFC 9106 through {@code crypto.Argon2id}. Nothing here knows OAuth:
 * where a browser is going after it has signed in is a sealed {@code Continuation}, and could be
 * anywhere of ours.
 *
 * <pre>{@code
 *   /authorize?...  --no session--> 303 /login?continue=<sealed>
 *                                         |
 *   LoginPage  form: csrf, continue  <-- GET
 *              POST --> Csrf --> Guesses --> Users --> Passwords --> Argon2id
 *                                                        |
 *   Sessions.begin: a fresh id in a cookie, its hash in the store
 *                                                        |
 *              303 to where the browser came from, with its query parsed again from nothing
 * }</pre>
 *
 * <p>In order of reading: {@code LoginPage}, {@code Continuation}, {@code Csrf}, {@code Sessions},
 * {@code User}, {@code Users}, {@code Passwords}, {@code Guesses}, {@code KnownBrowsers}; {@code
 * Pages}, by which every page is shown. Then more ways than a password: {@code SignIn} with
 * {@code PendingSignIns}, {@code Evidence} and {@code Assurance}; {@code SecondFactors}, {@code
 * SecondFactor}, {@code SecondFactorPage}, {@code RecoveryCodes}; {@code TotpPage}, {@code Totp},
 * {@code TotpSecrets}, and its picture, {@code QrCode} with {@code QrCodewords} and {@code
 * QrPenalty}; {@code UpstreamSso}, {@code UpstreamProvider}, {@code UpstreamAttempts}, {@code
 * UpstreamLinks}; and the package {@code passkey}. Then what people see and change afterwards:
 * {@code AccountPage}, {@code SetUp}, {@code PasswordPage}, {@code PasswordRules}, {@code
 * ChangedPasswords}, {@code WaysIn}, {@code Device}.
 *
 * <p>The account page shows connected applications, which are grants, and login knows no OAuth. So
 * it says in {@code Connected} what it wants to see and to end, and {@code oauth.ConnectedApps}
 * does it, as {@code oauth.AccessTokens} does for the guard. The page could have been in {@code
 * oauth}, but all else on it is about people, and it changes when they do.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code http}, {@code html}, {@code store} and
 * {@code jose}, for upstream providers and passkeys. Signing out is {@code
 * oauth.EndSessionEndpoint}, since clients may ask for it.
 */
package gatehouse.login;
