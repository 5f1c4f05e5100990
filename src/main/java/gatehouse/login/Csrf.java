package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.http.Cookie;
import gatehouse.http.HttpError;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Tokens in forms that show the form came from us and was opened in this browser (RFC 9700 §4.7,
 * MCP security best practices). SameSite cookies alone do not: a sibling host counts as the same
 * site.
 *
 * <p>A token is sealed for the browser's own random cookie and one purpose, so showing a form costs
 * no memory; sending it does, since a token is good once. Who goes back in the browser and sends
 * the same form again is shown it anew.
 */
public final class Csrf {
  /** A person may leave a consent page open over lunch. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Each form that is sent is remembered, and an office of people sends one a second at most. */
  private static final int FORMS_BY_NETWORK = 600;
  private static final Duration FORMS_PERIOD = Duration.ofMinutes(1);

  private static final String USED = "used_forms";

  private final Cookie cookie;
  private final Seal seal;
  private final Store store;
  private final Clock clock;
  private final RateLimit forms;

  /**
   * Tokens.
   *
   * @param issuer decides over the cookie's name and attributes
   */
  public Csrf(String issuer, Seal seal, Store store, Clock clock) {
    this.cookie = Cookie.of("gatehouse_browser", issuer);
    this.seal = seal;
    this.store = store;
    this.clock = clock;
    this.forms = new RateLimit(FORMS_BY_NETWORK, FORMS_PERIOD, clock);
  }

  /**
   * A form about to be shown.
   *
   * @param token for the hidden field {@code csrf}
   * @param setCookie a {@code Set-Cookie} value, or null if the browser has its cookie already
   */
  public record Protection(String token, String setCookie) {
    /** The page with the form, with the cookie that its token belongs to. */
    public Response on(Response page) {
      return setCookie == null ? page : page.with("Set-Cookie", setCookie);
    }
  }

  /** Protects a form for the purpose, in the browser that sent the request. */
  public Protection protect(Request request, String purpose) {
    String browser = cookie.read(request);
    boolean known = browser != null && !browser.isEmpty();
    String id = known ? browser : Secrets.handle();
    String token = seal.seal(purpose(purpose, id), Secrets.handle(), LIFETIME);
    return new Protection(token, known ? null : cookie.store(id));
  }

  /**
   * Whether the token was made for this browser and purpose and comes back for the first time.
   *
   * @throws HttpError 429 if too many forms come from there
   */
  public boolean accept(Request request, String purpose, String token) {
    String browser = cookie.read(request);
    if (browser == null || token == null) {
      return false;
    }
    String nonce = seal.open(purpose(purpose, browser), token);
    if (nonce == null) {
      return false;
    }
    long wait = forms.take(request.network());
    if (wait > 0) {
      throw HttpError.tooMany("Too many forms at once. Please try again.", wait);
    }
    // Remembered for longer than the token opens, or the last moment of one would be a gap.
    return store.insertIfAbsent(
        USED, nonce, new JsonObject(), clock.instant().plus(LIFETIME).plus(LIFETIME));
  }

  private static String purpose(String purpose, String browser) {
    return "csrf/" + purpose + "/" + browser;
  }

  /** Its limits, by name. */
  public Map<String, RateLimit> limits() {
    return Map.of("forms_by_network", forms);
  }
}
