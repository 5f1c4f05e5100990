package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Cookie;
import gatehouse.http.Request;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Browsers that are away at an upstream provider: {@code state}, {@code nonce} and PKCE, for one
 * attempt of one browser (RFC 9700 §2.1, §4.7; MCP security best practices: random, good once, ten
 * minutes at most).
 *
 * <pre>
 *   upstream_attempts   SHA-256 of the state → {"provider", "browser": hash of the cookie,
 *                       "nonce", "verifier", "continue",
 *                       "user": who wants to be linked, or null}
 * </pre>
 */
final class UpstreamAttempts {
  private static final String TABLE = "upstream_attempts";
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Cookie cookie;
  private final Store store;
  private final Clock clock;

  UpstreamAttempts(String issuer, Store store, Clock clock) {
    this.cookie = Cookie.of("gatehouse_upstream", issuer);
    this.store = store;
    this.clock = clock;
  }

  /** An attempt; {@code browser} is the handle in the cookie at first, and its hash afterwards. */
  record Attempt(String provider, String browser, String state, String nonce, String verifier,
      String sealed, String user) {

    /** RFC 7636 §4.2. */
    String challenge() {
      return Encoding.base64url(
          Secrets.sha256(verifier.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /**
   * Begins an attempt. A second tab shares the browser's cookie, and has a state of its own.
   *
   * @param user the signed-in user who wants to be linked, or null to sign in
   */
  Attempt begin(Request request, String provider, String sealed, String user) {
    String known = cookie.read(request);
    Attempt attempt = new Attempt(provider,
        known == null || known.isEmpty() ? Secrets.handle() : known,
        Secrets.handle(), Secrets.handle(), Secrets.handle(), sealed, user);
    store.put(TABLE, Secrets.hash(attempt.state), new JsonObject()
        .add("provider", provider)
        .add("browser", Secrets.hash(attempt.browser))
        .add("nonce", attempt.nonce)
        .add("verifier", attempt.verifier)
        .add("continue", sealed)
        .add("user", user), clock.instant().plus(LIFETIME));
    return attempt;
  }

  /** The {@code Set-Cookie} value for the browser of an attempt that begins. */
  String setCookie(Attempt attempt) {
    return cookie.store(attempt.browser);
  }

  /** The attempt that comes back, which is over with that; null if it is none of this browser. */
  Attempt finish(Request request, String provider, String state) {
    String browser = cookie.read(request);
    JsonObject json = state == null || browser == null ? null
        : store.get(TABLE, Secrets.hash(state));
    if (json == null) {
      return null;
    }
    Fields row = Fields.of(json);
    // Looked at before it is taken: a stranger who has seen the state cannot use it up.
    if (!Secrets.equal(row.text("browser"), Secrets.hash(browser))
        || !row.text("provider").equals(provider)
        || store.take(TABLE, Secrets.hash(state)) == null) {
      return null;
    }
    return new Attempt(provider, row.text("browser"), state, row.text("nonce"),
        row.text("verifier"), row.text("continue"), row.text("user"));
  }
}
