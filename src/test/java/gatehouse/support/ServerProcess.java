package gatehouse.support;

import com.eclipsesource.json.Json;
import gatehouse.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** A Gatehouse in a process of its own, as it is on the command line; it can be killed. */
public final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts one on the port, and does not wait until it answers. What it prints goes to the log. */
  public static ServerProcess launch(Path log, int port, String... arguments) {
    return launch(log, port, List.of(), arguments);
  }

  /** The same with options of its JVM. */
  public static ServerProcess launch(
      Path log, int port, List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--port", "" + port));
    all.addAll(List.of(arguments));
    try {
      return new ServerProcess(command(Map.of(), options, all).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that nobody listens on at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits until it answers. */
  public ServerProcess ready() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        Http.get("http://127.0.0.1:" + port + "/health").expect(200);
        return this;
      } catch (UncheckedIOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new AssertionError("it did not start:\n" + log(), e);
        }
        Thread.sleep(20);
      }
    }
  }

  /** Ends it as a power cut would: with SIGKILL, and nothing finished. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it has printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The command line; the class path is what the jar has, and nothing of the tests. */
  public static ProcessBuilder command(
      Map<String, String> environment, List<String> options, List<String> arguments) {
    List<String> parts = new ArrayList<>();
    try {
      for (Class<?> part : List.of(Main.class, Json.class, Argon2BytesGenerator.class)) {
        parts.add(Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString());
      }
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of(
        "-cp", String.join(System.getProperty("path.separator"), parts), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name ->
        name.startsWith("GATEHOUSE_") || name.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return builder;
  }
}
