package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read by the grammar of Prometheus' text format 0.0.4, and checked as its own
 * linter does: every family has a help and a type before its samples and stands together, no sample
 * is there twice, counters end in {@code _total}, buckets grow and the last is the count.
 */
public final class Exposed {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (-?[0-9.]+(?:E-?[0-9]+)?|NaN|[+-]Inf)");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private String family;
  private boolean helped;

  private Exposed() {
  }

  /** Reads an answer. */
  public static Exposed of(Answer answer) {
    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
    assertTrue(answer.body().endsWith("\n"), "the last line has to end");
    Exposed page = new Exposed();
    answer.body().lines().forEach(page::line);
    page.types.forEach(page::checkHistogram);
    return page;
  }

  /** The value of a sample, which must be there; labels are names and values by turns. */
  public double value(String name, String... labels) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    assertTrue(samples.containsKey(name + sorted), () -> "no " + name + sorted + " in " + samples);
    return samples.get(name + sorted);
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      Matcher comment = COMMENT.matcher(line);
      assertTrue(comment.matches(), line);
      boolean help = comment.group(1).equals("HELP");
      assertTrue(help || helped && comment.group(2).equals(family), "no help before " + line);
      assertTrue(!types.containsKey(comment.group(2)), "a family in two places: " + line);
      helped = help;
      family = comment.group(2);
      if (!help) {
        assertTrue(comment.group(3).matches("counter|gauge|histogram"), line);
        assertEquals(comment.group(3).equals("counter"), family.endsWith("_total"), line);
        types.put(family, comment.group(3));
      }
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertTrue(sample.matches(), line);
    String name = sample.group(1);
    boolean belongs = "histogram".equals(types.get(family))
        ? name.matches(Pattern.quote(family) + "_(bucket|sum|count)") : name.equals(family);
    assertTrue(belongs && types.containsKey(family), "a sample of another family: " + line);
    String key = name + labels(sample.group(2), line);
    String value = sample.group(3).replace("Inf", "Infinity");
    assertEquals(null, samples.put(key, Double.parseDouble(value)), "twice: " + line);
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new TreeMap<>();
    int end = 0;
    if (text != null) {
      Matcher label = LABEL.matcher(text);
      while (label.find() && label.start() == end) {
        assertEquals(null, labels.put(label.group(1), label.group(2)), line);
        end = label.end();
      }
      assertEquals(text.length(), end, line);
    }
    return labels;
  }

  private void checkHistogram(String name, String type) {
    if (!type.equals("histogram")) {
      return;
    }
    Map<String, Double> last = new HashMap<>();
    samples.forEach((key, value) -> {
      if (key.startsWith(name + "_bucket")) {
        String series = key.substring((name + "_bucket").length())
            .replaceAll("(, )?le=[^,}]+", "").replace("{, ", "{");
        assertTrue(last.getOrDefault(series, 0.0) <= value, key + " is less than before");
        last.put(series, value);
      }
    });
    last.forEach((series, value) -> assertEquals(samples.get(name + "_count" + series), value,
        name + series));
  }
}
