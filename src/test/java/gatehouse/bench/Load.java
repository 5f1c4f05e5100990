package gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Load on a server from a process of its own: {@code wrk} where it is installed, {@link Generator}
 * otherwise.
 *
 * @param requests how many were answered
 * @param cpuSeconds what the server's process used meanwhile
 * @param p99Millis the time within which 99 of 100 were answered
 * @param errors answers of status 400 and above, and broken connections
 */
record Load(long requests, double seconds, double cpuSeconds, double p99Millis, long errors) {

  /** It is warm when the compiler takes no more of the time than this, three times in a row. */
  private static final double QUIET = 0.005;

  /** How long a warm-up may take, in measurements for each round. */
  private static final int LONGEST = 10;

  /** Some scenarios begin with values that are good once. */
  @FunctionalInterface
  interface Scenarios {
    Scenario next();
  }

  /** Requests per second of processor time of the server. */
  double rate() {
    return requests / cpuSeconds;
  }

  /**
   * Plays a scenario until the compiler of the server's JVM has little left to do: on all cores,
   * since on one it would share that with the server and take minutes.
   */
  static void warm(ServerProcess server, Setup setup, Scenarios scenarios)
      throws IOException, InterruptedException {
    server.allCores(true);
    int quiet = 0;
    for (int i = 0; i < setup.rounds() * LONGEST && quiet < 3; i++) {
      double before = server.compilerSeconds();
      Load load = on(server, setup, scenarios.next(), 16, setup.seconds());
      quiet = server.compilerSeconds() - before < QUIET * load.cpuSeconds ? quiet + 1 : 0;
    }
    server.allCores(false);
    on(server, setup, scenarios.next(), 16, setup.seconds());
  }

  /** Plays a scenario. */
  static Load on(ServerProcess server, Setup setup, Scenario scenario, int connections,
      double seconds) throws IOException, InterruptedException {
    Path file = setup.folder().resolve("scenario.txt");
    scenario.write(file);
    List<String> command = new ArrayList<>(setup.pinnedTo(1));
    if (setup.hasWrk()) {
      command.addAll(List.of("wrk", "-t1", "-c" + connections,
          "-d" + Math.max(1, Math.round(seconds)) + "s", "--latency", "-s",
          "src/test/lua/load.lua", server.url(), "--", file.toString()));
    } else {
      command.addAll(setup.java(Generator.class, List.of(), server.url(), "" + connections,
          "" + seconds, file.toString()));
    }
    double before = server.cpuSeconds();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    double used = server.cpuSeconds() - before;
    process.waitFor();
    for (String line : output.split("\n")) {
      if (line.startsWith("LOAD ")) {
        String[] numbers = line.split(" ");
        Load load = new Load(Long.parseLong(numbers[1]), Long.parseLong(numbers[2]) / 1e6, used,
            Long.parseLong(numbers[3]) / 1e3, Long.parseLong(numbers[4]));
        if (load.errors > 0 || load.requests == 0) {
          System.err.println("  " + load.errors + " errors in " + load.requests + " requests:\n"
              + output);
        }
        return load;
      }
    }
    throw new IOException("no result from " + command + ":\n" + output);
  }
}
