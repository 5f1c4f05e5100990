package gatehouse.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which of the languages that are there a person wants to read.
 *
 * <p>RFC 4647 §3.4, "Lookup": {@code de-CH} is served by {@code de}, and never the other way round.
 * Weights are those of RFC 9110 §12.4.2. What a client asks for with {@code ui_locales} (OpenID
 * Connect Core §3.1.2.1) goes before what the browser says.
 */
public final class Languages {
  /** What is spoken if nothing else is asked for. */
  public static final String DEFAULT = "en";

  /** Browsers send a handful; whoever sends more is not read to the end. */
  private static final int MAX_RANGES = 16;

  /** RFC 5646 §4.4.1: room for the longest tag with anything in it. */
  private static final int MAX_TAG_CHARS = 35;

  private record Range(String tag, double weight) {
  }

  private Languages() {
  }

  /**
   * The language of the page.
   *
   * @param uiLocales tags with spaces between them, the best first; or null
   * @param accept the lines of {@code Accept-Language}
   * @return one of those available
   */
  public static String choose(Set<String> available, String uiLocales, List<String> accept) {
    if (uiLocales != null) {
      for (String tag : uiLocales.split(" ", MAX_RANGES + 1)) {
        String found = lookup(available, tag);
        if (found != null) {
          return found;
        }
      }
    }
    for (Range range : ranges(accept)) {
      String found = range.tag.equals("*") ? DEFAULT : lookup(available, range.tag);
      if (found != null) {
        return found;
      }
    }
    return DEFAULT;
  }

  /** From the most to the least wanted, in the order given where weights are equal. */
  private static List<Range> ranges(List<String> accept) {
    List<Range> ranges = new ArrayList<>();
    for (String part : String.join(",", accept).split(",", MAX_RANGES + 1)) {
      if (ranges.size() == MAX_RANGES) {
        break;
      }
      int semicolon = part.indexOf(';');
      String tag = (semicolon < 0 ? part : part.substring(0, semicolon)).trim();
      double weight = semicolon < 0 ? 1 : weight(part.substring(semicolon + 1).trim());
      if (!tag.isEmpty() && weight > 0) {
        ranges.add(new Range(tag, weight));
      }
    }
    ranges.sort((a, b) -> Double.compare(b.weight, a.weight));
    return ranges;
  }

  /** {@code q=0.5}; anything else counts as not wanted. */
  private static double weight(String parameter) {
    String value = parameter.startsWith("q=") || parameter.startsWith("Q=")
        ? parameter.substring(2).trim() : "";
    boolean number = !value.isEmpty() && value.length() <= 5
        && (value.charAt(0) == '0' || value.charAt(0) == '1')
        && value.chars().skip(1).allMatch(c -> c == '.' || c >= '0' && c <= '9')
        && value.indexOf('.') == value.lastIndexOf('.');
    return number ? Math.min(1, Double.parseDouble(value)) : 0;
  }

  /** The tag, or what is left of it after dropping subtags from its end. */
  private static String lookup(Set<String> available, String tag) {
    String whole = tag.trim();
    if (whole.length() > MAX_TAG_CHARS) {
      return null;
    }
    for (String t = whole.toLowerCase(Locale.ROOT); !t.isEmpty();) {
      if (available.contains(t)) {
        return t;
      }
      int hyphen = t.lastIndexOf('-');
      t = hyphen < 0 ? "" : t.substring(0, hyphen);
    }
    return null;
  }
}
