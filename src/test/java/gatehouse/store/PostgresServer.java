package gatehouse.store;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, from the programs that are installed: in a temporary directory,
 * on a free port of the loopback address, gone afterwards. It never touches one that is running.
 */
public final class PostgresServer implements AutoCloseable {
  private final Path programs;
  private final Path home;
  private final int port;

  private PostgresServer(Path programs, Path home, int port) {
    this.programs = programs;
    this.home = home;
    this.port = port;
  }

  /** A server that runs, or null if none is installed. */
  public static PostgresServer start() throws IOException {
    Path programs = programs();
    if (programs == null) {
      return null;
    }
    Path home = Files.createTempDirectory("gatehouse-postgres");
    if (isRoot()) {
      // The server refuses to run as root.
      run(List.of("chown", "postgres", home.toString()));
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PostgresServer server = new PostgresServer(programs, home, port);
    server.program("initdb", "-D", server.data(), "-U", "gatehouse", "-A", "trust", "-N");
    server.up();
    return server;
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=gatehouse";
  }

  public void up() throws IOException {
    program("pg_ctl", "-D", data(), "-l", home.resolve("log").toString(), "-w", "-o", "-p " + port
        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + home + " -c fsync=off",
        "start");
  }

  /** Ends all connections at once, as a crash would. */
  public void down() throws IOException {
    program("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
  }

  @Override
  public void close() throws IOException {
    down();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private String data() {
    return home.resolve("data").toString();
  }

  private void program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).directory(new File("/"))
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("failed: " + command);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted: " + command, e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Debian keeps them away from the path, a folder per version. */
  private static Path programs() throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    List<Path> places = new ArrayList<>();
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(places::add);
      }
    }
    for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(place));
    }
    return places.stream().filter(place -> Files.isExecutable(place.resolve("initdb"))
        && Files.isExecutable(place.resolve("pg_ctl"))).findFirst().orElse(null);
  }
}
