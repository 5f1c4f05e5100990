package gatehouse.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a script of {@code src/test/js/conformance}, which makes its findings itself and fails if
 * one is not as it should be. Skipped where Node or the packages are missing.
 */
final class NodeScript {
  private static final Path FOLDER = Path.of("src", "test", "js", "conformance");

  /** The suite takes a minute on two slow processors, and must not hang the build on none. */
  private static final int MINUTES = 10;

  private NodeScript() {
  }

  /** Runs it to its end; everything that it prints is shown if it fails. */
  static String passes(String script, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(FOLDER.resolveSibling("node_modules")),
        "skipped: src/test/js/node_modules is missing; ./build.sh test installs it");
    assumeTrue(hasNode(), "skipped: Node is not installed");
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(FOLDER.toFile())
        .redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES)
        .execute(process::destroyForcibly);
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> script + " has found\n" + output);
    return output;
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
