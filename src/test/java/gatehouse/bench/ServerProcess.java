package gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server under measurement, in a process of its own, and what the kernel says of it. */
final class ServerProcess implements AutoCloseable {
  /** The unit of processor time in {@code /proc}, the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long START_SECONDS = 30;

  private final Process process;
  private final int port;
  private final long begin;
  private final boolean pinned;

  private ServerProcess(Process process, int port, long begin, boolean pinned) {
    this.process = process;
    this.port = port;
    this.begin = begin;
    this.pinned = pinned;
  }

  /**
   * Starts it, and does not wait for it.
   *
   * @param before a command that the server's is given to, such as {@code taskset}
   * @param command for the port it is to listen on
   */
  static ServerProcess launch(List<String> before, IntFunction<List<String>> command)
      throws IOException {
    int port = freePort();
    List<String> all = new ArrayList<>(before);
    all.addAll(command.apply(port));
    ProcessBuilder builder = new ProcessBuilder(all)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    return new ServerProcess(builder.start(), port, begin, !before.isEmpty());
  }

  /** Starts it, and waits until it answers. */
  static ServerProcess start(List<String> before, IntFunction<List<String>> command)
      throws IOException {
    ServerProcess server = launch(before, command);
    server.socket().close();
    return server;
  }

  String url() {
    return "http://localhost:" + port;
  }

  int port() {
    return port;
  }

  /** Milliseconds since the process was started. */
  double age() {
    return (System.nanoTime() - begin) / 1e6;
  }

  /** The first connection that it accepts. */
  Socket socket() throws IOException {
    while (true) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        if (!process.isAlive() || age() > START_SECONDS * 1e3) {
          throw new IOException("the server did not start: " + process.info().commandLine(), e);
        }
        pause();
      }
    }
  }

  /** Processor time used so far, by all its threads. */
  double cpuSeconds() throws IOException {
    return cpuSeconds(Files.readString(Path.of("/proc/" + process.pid() + "/stat")));
  }

  /** The part of it that the JVM spent on compiling. */
  double compilerSeconds() throws IOException {
    double seconds = 0;
    try (var threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads) {
        try {
          String stat = Files.readString(thread.resolve("stat"));
          if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
            seconds += cpuSeconds(stat);
          }
        } catch (IOException e) {
          // The thread has ended meanwhile.
        }
      }
    }
    return seconds;
  }

  private static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Lets it run on every core, or on core 0 alone; nothing if it was never pinned. */
  void allCores(boolean all) throws IOException, InterruptedException {
    if (pinned) {
      String cores = all ? "0-" + (Runtime.getRuntime().availableProcessors() - 1) : "0";
      new ProcessBuilder("taskset", "-a", "-p", "-c", cores, "" + process.pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
  }

  /** Resident memory in bytes. */
  long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  /** What the JVM answers to a diagnostic command. */
  String jcmd(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), "" + process.pid()));
    all.addAll(List.of(command));
    return new String(new ProcessBuilder(all).start().getInputStream().readAllBytes());
  }

  /** Asks it to end, and waits until it has; what it does at its end takes seconds. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(0, 500_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
