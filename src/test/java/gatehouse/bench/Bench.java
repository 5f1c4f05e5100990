package gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./build.sh bench}: measures Gatehouse and the limits it can be held against in the same
 * run, in turns. Arguments: {@code --smoke} for a run of seconds that only shows that everything
 * works, {@code --rounds N}, and names of parts; without names, all.
 */
final class Bench {
  /** One part of the benchmark. */
  @FunctionalInterface
  interface Part {
    void run(Setup setup, Results results) throws Exception;
  }

  private static final Map<String, Part> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("jar", JarPart::run);
    PARTS.put("start", StartPart::run);
    PARTS.put("embedded", EmbeddedPart::run);
    PARTS.put("tools", ToolsPart::run);
    PARTS.put("tokens", TokensPart::run);
    PARTS.put("scale", ScalePart::run);
    PARTS.put("memory", MemoryPart::run);
    PARTS.put("jmh", PrimitivesPart::run);
    PARTS.put("profile", ProfilePart::run);
  }

  private Bench() {
  }

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).equals(List.of("readme"))) {
      ReadmeTable.write(Path.of("target", "bench"));
      return;
    }
    int rounds = 5;
    double seconds = 2;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--smoke")) {
        rounds = 1;
        seconds = 1;
      } else if (arguments[i].equals("--rounds")) {
        rounds = Integer.parseInt(arguments[++i]);
      } else if (PARTS.containsKey(arguments[i])) {
        names.add(arguments[i]);
      } else {
        System.err.println("no part " + arguments[i] + "; there are " + PARTS.keySet());
        System.exit(2);
      }
    }
    Path folder = Files.createDirectories(Path.of("target", "bench"));
    Setup setup = new Setup(Path.of("target", "gatehouse.jar"), folder, rounds, seconds);
    System.out.println("JDK " + Runtime.version() + ", " + Setup.processor() + ", load by "
        + (setup.hasWrk() ? "wrk" : "our own generator") + ", " + rounds + " rounds; "
        + "rates are per second of the server's processor time, times in ms");
    boolean failed = false;
    for (String name : names.isEmpty() ? PARTS.keySet() : names) {
      long begin = System.nanoTime();
      System.out.println("\n" + name);
      Results results = new Results();
      try {
        PARTS.get(name).run(setup, results);
      } catch (Exception e) {
        // The others can still be measured.
        failed = true;
        System.out.println("  " + name + " could not be measured");
        e.printStackTrace(System.out);
      }
      results.write(folder);
      System.out.printf("  took %.0f s%n", (System.nanoTime() - begin) / 1e9);
    }
    System.exit(failed ? 1 : 0);
  }
}
