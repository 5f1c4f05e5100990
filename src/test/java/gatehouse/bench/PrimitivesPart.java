package gatehouse.bench;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * {@link Primitives} by JMH, in nanoseconds and bytes that are allocated for each operation. JMH
 * writes code around them, for which they are compiled once more, here and nowhere else.
 */
final class PrimitivesPart {
  private static final List<String> SOURCES = List.of(
      "src/test/java/gatehouse/bench/Primitives.java",
      "src/test/java/gatehouse/mcp/SchemaPrimitive.java");

  private PrimitivesPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    Path classes = Files.createDirectories(setup.folder().resolve("jmh"));
    Path json = setup.folder().resolve("jmh.json");
    String path = System.getProperty("java.class.path");
    List<String> arguments = new ArrayList<>(List.of("-cp", path, "-d", classes.toString(),
        "-processor", "org.openjdk.jmh.generators.BenchmarkProcessor"));
    arguments.addAll(SOURCES);
    if (ToolProvider.findFirst("javac").orElseThrow()
        .run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("the primitives cannot be compiled for JMH");
    }
    String each = (long) (setup.seconds() * 250) + "ms";
    Process process = new ProcessBuilder(Setup.javaCommand(), "-cp", classes + ":" + path,
        "org.openjdk.jmh.Main", "Primitive", "-bm", "avgt", "-tu", "ns", "-f", "1",
        "-wi", "4", "-w", each, "-i", "" + setup.rounds(), "-r", each, "-prof", "gc",
        "-rf", "json", "-rff", json.toString(), "-v", "SILENT").inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("JMH has failed");
    }
    for (JsonValue value : Json.parse(Files.readString(json)).asArray()) {
      String benchmark = value.asObject().getString("benchmark", "");
      String name = "jmh." + benchmark.substring(benchmark.lastIndexOf('.') + 1);
      value.asObject().get("primaryMetric").asObject().get("rawData").asArray().get(0).asArray()
          .forEach(sample -> results.add(name + ".ns", sample.asDouble()));
      results.add(name + ".bytes", value.asObject().get("secondaryMetrics").asObject()
          .get("gc.alloc.rate.norm").asObject().getDouble("score", 0));
    }
    results.print("jmh");
  }
}
