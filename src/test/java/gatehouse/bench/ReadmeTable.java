package gatehouse.bench;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./build.sh bench readme}: writes the table of the README from what was measured last. */
final class ReadmeTable {
  private static final String BEGIN = "<!-- measured by ./build.sh bench -->";
  private static final String END = "<!-- end of what was measured -->";

  private ReadmeTable() {
  }

  static void write(Path folder) throws IOException {
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(readme, text.substring(0, from) + "\n" + table(folder)
        + text.substring(text.indexOf(END)));
    System.out.println("README.md has the figures of " + folder);
  }

  /** One line for each ratio, a column for each JDK. */
  private static String table(Path folder) throws IOException {
    Map<Integer, JsonObject> runs = new TreeMap<>();
    try (var files = Files.newDirectoryStream(folder, "results-*.json")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        runs.put(Integer.parseInt(name.replaceAll("\\D", "")),
            Json.parse(Files.readString(file)).asObject());
      }
    }
    StringBuilder out = new StringBuilder("\n");
    StringBuilder head = new StringBuilder("| ratio | goal |");
    StringBuilder line = new StringBuilder("|---|---|");
    Map<String, String> goals = new LinkedHashMap<>();
    List<JsonObject> ratios = new ArrayList<>();
    runs.forEach((feature, run) -> {
      out.append("JDK ").append(feature).append(": ").append(run.getString("jdk", ""))
          .append(" on ").append(run.getString("processor", "")).append(", ")
          .append(run.getInt("cores", 0)).append(" cores, ").append(run.getString("date", ""))
          .append(".\n");
      head.append(" JDK ").append(feature).append(" |");
      line.append("---|");
      JsonObject of = run.get("ratios").asObject();
      ratios.add(of);
      of.forEach(member -> goals.put(member.getName(), goal(member.getValue().asObject())));
    });
    out.append('\n').append(head).append('\n').append(line).append('\n');
    goals.forEach((name, goal) -> {
      out.append("| ").append(name).append(" | ").append(goal).append(" |");
      for (JsonObject of : ratios) {
        JsonValue ratio = of.get(name);
        out.append(' ').append(ratio == null ? "" : String.format(Locale.ROOT, "%.2f",
            ratio.asObject().getDouble("value", 0))).append(" |");
      }
      out.append('\n');
    });
    return out.append('\n').toString();
  }

  private static String goal(JsonObject ratio) {
    return ratio.getString("bound", "") + " " + String.format(Locale.ROOT, "%.2f",
        ratio.getDouble("limit", 0));
  }
}
