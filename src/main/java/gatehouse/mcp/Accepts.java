package gatehouse.mcp;

import java.util.List;
import java.util.Locale;

/**
 * What a client is willing to read, as its {@code Accept} header says.
 *
 * <p>RFC 9110 §12.5.1: media ranges with weights, of which the most specific one counts; no header
 * means anything. Only whether something is acceptable matters here, not what is preferred.
 */
public final class Accepts {
  public static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final boolean json;
  private final boolean events;

  private Accepts(String[] ranges) {
    json = permits(ranges, JSON, "application/*");
    events = permits(ranges, EVENTS, "text/*");
  }

  /** The lines of the header. */
  public static Accepts of(List<String> lines) {
    return new Accepts(lines.isEmpty()
        ? new String[] {"*/*"} : String.join(",", lines).toLowerCase(Locale.ROOT).split(","));
  }

  /** Whether a JSON object may be sent. */
  public boolean json() {
    return json;
  }

  /** Whether an event stream may be sent. */
  public boolean events() {
    return events;
  }

  private static boolean permits(String[] ranges, String type, String family) {
    int best = 0;
    boolean permitted = false;
    for (String range : ranges) {
      String[] parts = range.split(";", -1);
      String name = parts[0].trim();
      int precision = name.equals(type) ? 3 : name.equals(family) ? 2 : name.equals("*/*") ? 1 : 0;
      if (precision > best) {
        best = precision;
        permitted = !isRefused(parts);
      }
    }
    return permitted;
  }

  /** A weight of zero, however many digits it is written with, means "not acceptable". */
  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=0")) {
        return parameter.substring(3).chars().allMatch(c -> c == '0' || c == '.');
      }
    }
    return false;
  }
}
