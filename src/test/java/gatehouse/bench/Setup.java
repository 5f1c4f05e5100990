package gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The circumstances of a run.
 *
 * @param jar the runnable jar
 * @param folder for what the parts write
 * @param rounds how often everything is measured, in turns
 * @param seconds of each measurement under load
 */
record Setup(Path jar, Path folder, int rounds, double seconds) {

  /** A command before a command that keeps it to one core, where that can be done. */
  List<String> pinnedTo(int core) {
    return Runtime.getRuntime().availableProcessors() > 1 && has("taskset")
        ? List.of("taskset", "-c", "" + core) : List.of();
  }

  boolean hasWrk() {
    return has("wrk");
  }

  /** The command for a class of the tests on the JDK of this run. */
  List<String> java(Class<?> main, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(List.of(javaCommand()));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command for the runnable jar. */
  List<String> gatehouse(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(List.of(javaCommand()));
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static int feature() {
    return Runtime.version().feature();
  }

  /** The name of the processor. */
  static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.exists(info)) {
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  private static boolean has(String tool) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }
}
