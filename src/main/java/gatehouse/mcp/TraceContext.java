package gatehouse.mcp;

import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;

/**
 * Which trace a request belongs to, as the client's tracing system says.
 *
 * <p>2026-07-28, basic, "Trace Context" (SEP-414): the W3C header values under unprefixed keys of
 * {@code _meta}. They are passed on to the logs and to handlers. What is malformed is dropped, as
 * W3C Trace Context §3.2 wants; nothing is decided by it.
 *
 * @param traceparent version, trace id, span id and flags; or null
 * @param tracestate the vendors' part, or null
 * @param baggage the application's part, or null
 */
public record TraceContext(String traceparent, String tracestate, String baggage) {
  /** No trace. */
  public static final TraceContext NONE = new TraceContext(null, null, null);

  /** W3C Trace Context §3.3.1.5 has receivers keep 512; Baggage §3.3.2 has 8,192. */
  private static final int MAX_STATE = 512;
  private static final int MAX_BAGGAGE = 8_192;

  static TraceContext of(Fields meta) {
    String parent = meta == null ? null : text(meta, "traceparent", 55);
    if (meta == null || parent != null && !isTraceparent(parent)) {
      return NONE;
    }
    // Without a parent the state means nothing, while baggage stands for itself.
    return new TraceContext(parent, parent == null ? null : text(meta, "tracestate", MAX_STATE),
        text(meta, "baggage", MAX_BAGGAGE));
  }

  /** 00, 32 hex digits, 16 hex digits, 2 hex digits; all zeros are invalid ids. */
  private static boolean isTraceparent(String text) {
    if (text.length() != 55 || !text.startsWith("00-")
        || text.startsWith("0".repeat(32), 3) || text.startsWith("0".repeat(16), 36)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (i == 2 || i == 35 || i == 52 ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  /** The member if it is a text that a header, and a line of a log, could carry. */
  private static String text(Fields meta, String name, int most) {
    JsonValue value = meta.value(name);
    if (value == null || !value.isString() || value.asString().length() > most) {
      return null;
    }
    boolean printable = value.asString().chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    return printable ? value.asString() : null;
  }
}
