package gatehouse.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cross-origin access (WHATWG Fetch §3.2) for what clients inside a browser must reach.
 *
 * <p>Any origin may ask, and may read the answer, because these endpoints never look at a cookie:
 * there is no ambient authority to abuse, and credentials mode stays off. A preflight is answered
 * before authorization, as it carries none. Pages never get these headers.
 */
public final class Cors {
  private static final String REQUEST_HEADERS = "authorization, content-type, accept, "
      + "mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id, dpop, "
      + "traceparent, tracestate, baggage";

  private static final String EXPOSED_HEADERS = "WWW-Authenticate, Mcp-Session-Id, "
      + "MCP-Protocol-Version, DPoP-Nonce, Retry-After, Location";

  /** Browsers cap it at two hours anyway. */
  private static final String MAX_AGE_SECONDS = "7200";

  private Cors() {
  }

  /** The answer to a preflight. */
  static Response preflight(Request request, String allow) {
    String asked = request.header("Access-Control-Request-Headers");
    return Response.empty(204)
        .with("Access-Control-Allow-Methods", allow)
        .with("Access-Control-Allow-Headers", REQUEST_HEADERS + parameterHeaders(asked))
        .with("Access-Control-Max-Age", MAX_AGE_SECONDS);
  }

  /** Lets any origin read the answer whose headers are about to be sent. */
  static void allow(Map<String, List<String>> headers) {
    headers.put("Access-Control-Allow-Origin", List.of("*"));
    headers.put("Access-Control-Expose-Headers", List.of(EXPOSED_HEADERS));
  }

  /** {@code Mcp-Param-*} names are chosen by tools, so those that are asked for are allowed. */
  private static String parameterHeaders(String asked) {
    StringBuilder out = new StringBuilder();
    for (String name : asked == null ? new String[0] : asked.split(",")) {
      String header = name.trim().toLowerCase(Locale.ROOT);
      if (header.startsWith("mcp-param-") && Urls.isToken(header)) {
        out.append(", ").append(header);
      }
    }
    return out.toString();
  }
}
