package gatehouse.html;

import java.time.Duration;
import java.util.Map;

/**
 * A text by its name, for code that has something to say to a person and does not know in which
 * language: it is looked up when the page is rendered.
 *
 * <p>As a value of a page it goes wherever any value goes: {@code {{problem}}} shows it, and {@code
 * {{#problem}}…{{/problem}}} shows its part unless it is {@link #NONE}. What fills its holes is
 * escaped, and may be a text again.
 *
 * @param key as in {@code texts_en.txt}
 * @param values for the holes of the text; those of the page are there as well
 * @param otherwise what is shown if no language has the text, or null if that is a mistake
 */
public record Text(String key, Map<String, ?> values, String otherwise) {

  /** Nothing to say. */
  public static final Text NONE = new Text("", Map.of(), "");

  /** What already is a text, and the same in every language. */
  public static Text plain(String text) {
    return new Text("", Map.of(), text);
  }

  /** A text without holes of its own. */
  public static Text of(String key) {
    return new Text(key, Map.of(), null);
  }

  /** A text with one hole. */
  public static Text of(String key, String name, Object value) {
    return new Text(key, Map.of(name, value), null);
  }

  /** A text with holes. */
  public static Text of(String key, Map<String, ?> values) {
    return new Text(key, values, null);
  }

  /** A length of time in its largest unit, rounded up. */
  public static Text duration(Duration duration) {
    long seconds = duration.toSeconds();
    long hour = 3_600;
    long day = 24 * hour;
    return seconds >= 2 * day ? count("days", seconds, day)
        : seconds >= 2 * hour ? count("hours", seconds, hour)
        : seconds >= 60 ? count("minutes", seconds, 60) : count("seconds", seconds, 1);
  }

  private static Text count(String unit, long seconds, long size) {
    long count = (seconds + size - 1) / size;
    return of("duration." + unit + (count == 1 ? ".one" : ""), "count", count);
  }

  /** A text that operators may give, and what stands there if they do not. */
  public static Text optional(String key, String otherwise) {
    return new Text(key, Map.of(), otherwise);
  }
}
