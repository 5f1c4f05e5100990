package gatehouse.bench;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.WriterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured: samples by name, and ratios between them. A ratio is taken round by round,
 * between samples that were measured one after the other, so that what the machine does besides
 * hits both; its median is what counts.
 */
final class Results {
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();
  private final JsonObject metrics = new JsonObject();
  private final JsonObject ratios = new JsonObject();
  private final JsonObject texts = new JsonObject();

  void add(String name, double value) {
    samples.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  /** Something that is not a number, such as a profile. */
  void text(String name, String value) {
    texts.set(name, value);
    System.out.println(name + "\n" + value);
  }

  double median(String name) {
    return median(samples.get(name));
  }

  /** Prints medians and spread of what a part has measured. */
  void print(String part) {
    samples.forEach((name, values) -> {
      if (name.startsWith(part + ".") && metrics.get(name) == null) {
        double[] sorted = sorted(values);
        System.out.printf(Locale.ROOT, "  %-44s %12.2f   (%.2f - %.2f, %d)%n", name,
            median(values), sorted[0], sorted[sorted.length - 1], sorted.length);
        metrics.add(name, new JsonObject().add("median", median(values))
            .add("least", sorted[0]).add("most", sorted[sorted.length - 1])
            .add("samples", sorted.length));
      }
    });
  }

  /** A ratio that should be at least, or at most, a limit. */
  void ratio(String name, String over, String under, String bound, double limit) {
    List<Double> above = samples.get(over);
    List<Double> below = samples.get(under);
    if (above == null || below == null) {
      System.out.println("  " + name + ": not measured");
      return;
    }
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      each.add(above.get(i) / below.get(i));
    }
    double value = median(each);
    boolean held = bound.equals("at least") ? value >= limit : value <= limit;
    System.out.printf(Locale.ROOT, "  %-44s %12.2f   %s %.2f: %s%n", name, value, bound, limit,
        held ? "yes" : "NO");
    ratios.set(name, new JsonObject().add("value", value).add("bound", bound).add("limit", limit));
  }

  /** Writes the results of this JDK; parts that were not run now stay as they were. */
  void write(Path folder) throws IOException {
    Path file = folder.resolve("results-" + Setup.feature() + ".json");
    JsonObject all = Files.exists(file)
        ? Json.parse(Files.readString(file)).asObject() : new JsonObject();
    all.set("date", LocalDate.now().toString())
        .set("jdk", System.getProperty("java.vendor") + " " + Runtime.version())
        .set("processor", Setup.processor())
        .set("cores", Runtime.getRuntime().availableProcessors());
    merge(all, "metrics", metrics);
    merge(all, "ratios", ratios);
    merge(all, "texts", texts);
    Files.writeString(file, all.toString(WriterConfig.PRETTY_PRINT));
    System.out.println("results in " + file);
  }

  private static void merge(JsonObject all, String name, JsonObject fresh) {
    JsonValue before = all.get(name);
    JsonObject merged = before == null ? new JsonObject() : before.asObject();
    fresh.forEach(member -> merged.set(member.getName(), member.getValue()));
    all.set(name, merged);
  }

  private static double[] sorted(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double median(List<Double> values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
