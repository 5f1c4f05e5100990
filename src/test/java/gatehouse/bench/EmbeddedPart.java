package gatehouse.bench;

import java.io.IOException;
import java.util.List;

/**
 * Servers inside a program, as tests have them: milliseconds until the first one in a JVM has
 * started and answered, until a later one has, and that stopping takes; each with a key of its own,
 * which is made in the background, or all with the one that tests may share.
 */
final class EmbeddedPart {
  /** Servers in one JVM; what is called warm is the last half. */
  private static final int SERVERS = 30;

  private EmbeddedPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    for (int round = 0; round < setup.rounds(); round++) {
      for (String kind : List.of("bare", "gatehouse", "shared-key")) {
        String[] lines = output(setup, kind).split("\n");
        String[] first = lines[0].split(" ");
        results.add("embedded." + kind + ".first-start", Double.parseDouble(first[0]));
        results.add("embedded." + kind + ".first-answer", Double.parseDouble(first[1]));
        Results warm = new Results();
        for (int i = SERVERS / 2; i < SERVERS; i++) {
          String[] numbers = lines[i].split(" ");
          warm.add("start", Double.parseDouble(numbers[0]));
          warm.add("answer", Double.parseDouble(numbers[1]));
          warm.add("stop", Double.parseDouble(numbers[2]));
        }
        for (String what : List.of("start", "answer", "stop")) {
          results.add("embedded." + kind + ".warm-" + what, warm.median(what));
        }
      }
    }
    results.print("embedded");
    results.ratio("embedded: first answer in a JVM / bare", "embedded.gatehouse.first-answer",
        "embedded.bare.first-answer", "at most", 2);
    results.ratio("embedded: warm answer / bare", "embedded.shared-key.warm-answer",
        "embedded.bare.warm-answer", "at most", 3);
  }

  private static String output(Setup setup, String kind) throws IOException {
    Process process = new ProcessBuilder(setup.java(EmbeddedProbe.class, List.of(), kind,
        "" + SERVERS)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes());
  }
}
