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
  public static final String EVENTS = "text/event-stream";

  private final String[] ranges;

  private Accepts(String[] ranges) {
    this.ranges = ranges;
  }

  /** The lines of the header. */
  public static Accepts of(List<String> lines) {
    return new Accepts(lines.isEmpty()
        ? new String[] {"*/*"} : String.join(",", lines).toLowerCase(Locale.ROOT).split(","));
  }

  /** Whether the media type may be sent. */
  public boolean permits(String type) {
    String family = type.substring(0, type.indexOf('/')) + "/*";
    int best = 0;
    boolean permitted = false;
    for (String range : ranges) {
      String[] parts = range.split(";");
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
