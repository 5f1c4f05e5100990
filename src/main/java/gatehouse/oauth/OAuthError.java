package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;

/**
 * A refusal in OAuth's own terms: a registered code, a text for the client's developer, and a
 * detail for our log alone.
 *
 * <p>Where it goes is decided by who catches it: the token endpoint and its siblings answer JSON
 * (RFC 6749 §5.2), the authorization endpoint redirects (§4.1.2.1), unless client and redirect URI
 * are not proven yet; then a person reads a page.
 */
public final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final String detail;
  private final long retryAfter;

  /** An error with status 400 and nothing more to say in the log. */
  public OAuthError(String code, String publicText) {
    this(400, code, publicText, null);
  }

  /**
   * An error.
   *
   * @param code as registered with IANA
   * @param publicText for the client's developer; never anything the client sent
   * @param detail for the log, or null
   */
  public OAuthError(int status, String code, String publicText, String detail) {
    this(status, code, publicText, detail, 0);
  }

  private OAuthError(
      int status, String code, String publicText, String detail, long retryAfter) {
    super(publicText, null, false, false);
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** Too much at once: 429 with the seconds to wait (RFC 6585 §4). */
  public static OAuthError tooMany(String publicText, long seconds) {
    return new OAuthError(429, "temporarily_unavailable", publicText, null, seconds);
  }

  /** A client that is unknown or did not prove itself: always 401 (RFC 6749 §5.2). */
  public static OAuthError invalidClient(String publicText) {
    return new OAuthError(401, "invalid_client", publicText, null);
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** For the log, or null. */
  public String detail() {
    return detail;
  }

  /** The text within RFC 6749 §4.1.2.1: printable ASCII without quote and backslash. */
  public String description() {
    StringBuilder out = new StringBuilder();
    for (char c : getMessage().toCharArray()) {
      out.append(c == '"' ? '\'' : c >= 0x20 && c < 0x7f && c != '\\' ? c : ' ');
    }
    return out.toString();
  }

  /** The answer in JSON (RFC 6749 §5.2, RFC 7591 §3.2.2). */
  public Response json() {
    Response answer = Response.json(status, new JsonObject()
        .add("error", code)
        .add("error_description", description()))
        .with("Pragma", "no-cache");
    return retryAfter > 0 ? answer.with("Retry-After", "" + retryAfter) : answer;
  }
}
