package gatehouse.mcp;

import gatehouse.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The headers in which a request repeats what its body says, for proxies that do not read bodies.
 *
 * <p>2026-07-28, Streamable HTTP, "Request Metadata": {@code MCP-Protocol-Version}, {@code
 * Mcp-Method}, {@code Mcp-Name} and {@code Mcp-Param-*}, with "Value Encoding" for what a header
 * cannot carry as it is. A proxy may have routed, limited or allowed by a header, so one that
 * differs from the body is refused and never merely ignored.
 *
 * <p>It does not say which headers a request must have; that is {@link Admission} and {@link
 * ParamHeaders}.
 */
public final class RequestHeaders {
  static final String VERSION = "MCP-Protocol-Version";
  static final String METHOD = "Mcp-Method";
  static final String NAME = "Mcp-Name";
  static final String PARAM = "Mcp-Param-";

  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private final Request request;

  /** The headers of a request. */
  public RequestHeaders(Request request) {
    this.request = request;
  }

  /** The version that the request says it follows, or null. */
  public String version() {
    return value(VERSION);
  }

  /**
   * The value of a header without the white space around it (RFC 9110 §5.5), or null.
   *
   * <p>Lines that say different things are joined by commas (RFC 9110 §5.3): the result then equals
   * nothing that a body could say, which is the mismatch that it is.
   */
  String value(String header) {
    List<String> lines = request.headers(header);
    if (lines.size() == 1) {
      return stripped(lines.get(0));
    }
    Set<String> different = new LinkedHashSet<>();
    lines.forEach(line -> different.add(stripped(line)));
    return different.isEmpty() ? null : String.join(", ", different);
  }

  /**
   * The value of a header that may be encoded, or null.
   *
   * @throws JsonRpcError -32020 if it has characters that a header must not have, or is encoded
   *     wrongly
   */
  String decoded(String header) {
    String value = value(header);
    return value == null ? null : decode(header, value);
  }

  /** Refuses a header that is there and differs from the body. */
  void mustNotDiffer(String header, String body) {
    String value = value(header);
    if (value != null && !value.equals(body)) {
      throw JsonRpcError.headerMismatch(header, "differs from the body");
    }
  }

  /** Refuses a header that is not there. */
  void mustBePresent(String header) {
    if (value(header) == null) {
      throw JsonRpcError.headerMismatch(header, "is required");
    }
  }

  private static String decode(String header, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c > 0x7e) {
        throw JsonRpcError.headerMismatch(header, "has characters that no header may have");
      }
    }
    // The markers are case-sensitive, and one without the other is an ordinary text.
    if (value.length() < PREFIX.length() + SUFFIX.length()
        || !value.startsWith(PREFIX) || !value.endsWith(SUFFIX)) {
      return value;
    }
    String encoded = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      // The JDK forgives missing padding and left-over bits; two spellings of one name do not pass.
      if (Base64.getEncoder().encodeToString(bytes).equals(encoded)) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Falls through: what is wrong with it makes no difference to the caller.
    }
    throw JsonRpcError.headerMismatch(header, "is not base64 of UTF-8 between its markers");
  }

  private static String stripped(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isSpace(line.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
