package gatehouse.http;

import java.util.List;
import java.util.Map;

/**
 * Headers that every answer has, unless it already speaks about the matter itself.
 *
 * <p>Nothing is cached unless its handler says so (RFC 6749 §5.1 wants it for tokens; it is right
 * for pages as well), nothing is sniffed, no address of ours leaks as a referrer (RFC 9700 §4.2.4).
 * Pages cannot be framed (RFC 9700 §4.16) and carry no inline code.
 */
public final class SecurityHeaders {

  private static final String PAGE_POLICY = "default-src 'none'; style-src 'self'; "
      + "img-src 'self' data:; script-src 'self'; connect-src 'self'; base-uri 'none'; "
      + "frame-ancestors 'none'; form-action 'self'";

  private SecurityHeaders() {
  }

  /**
   * The content security policy of a page whose form ends in a redirect to another origin. Chromium
   * applies {@code form-action} to the whole chain of redirects, silently, so that origin is named.
   *
   * @param formTarget a CSP source expression such as {@code http://127.0.0.1:4711} or {@code
   *     cursor:}
   */
  public static String pagePolicy(String formTarget) {
    return PAGE_POLICY + " " + formTarget;
  }

  /** Adds what is missing to the headers of the answer, which are about to be sent. */
  static void complete(Response response, Map<String, List<String>> headers) {
    complete(response, headers, "Cache-Control", "no-store");
    complete(response, headers, "X-Content-Type-Options", "nosniff");
    complete(response, headers, "Referrer-Policy", "no-referrer");
    String type = response.header("Content-Type");
    if (type != null && type.startsWith("text/html")) {
      complete(response, headers, "Content-Security-Policy", PAGE_POLICY);
      complete(response, headers, "X-Frame-Options", "DENY");
    }
  }

  private static void complete(
      Response response, Map<String, List<String>> headers, String name, String value) {
    // Not putIfAbsent: each look into the JDK's headers spells the name anew.
    if (response.header(name) == null) {
      headers.put(name, List.of(value));
    }
  }
}
