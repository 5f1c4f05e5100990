package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Archives of classes: the shipped one that {@code build.sh} made, and one for the bare server. */
final class Archive {
  private Archive() {
  }

  /** The flags by which {@code build.sh run} uses its archive; none if it has made none. */
  static List<String> flags(Setup setup) throws IOException, InterruptedException {
    Process script = new ProcessBuilder("./build.sh", "archive-flags").start();
    String flags = new String(script.getInputStream().readAllBytes()).trim();
    script.waitFor();
    return flags.isEmpty() ? List.of() : List.of(flags.split(" "));
  }

  /** The bare server as a runnable jar. */
  static Path bareJar(Setup setup) throws Exception {
    Path jar = setup.folder().resolve("bare.jar");
    Path classes = Path.of(BareServer.class.getProtectionDomain().getCodeSource().getLocation()
        .toURI());
    run(List.of(Path.of(System.getProperty("java.home"), "bin", "jar").toString(), "cfe",
        jar.toString(), BareServer.class.getName(), "-C", classes.toString(),
        "gatehouse/bench/BareServer.class"));
    return jar;
  }

  /** Makes one for that jar, as {@code build.sh} does for ours; what comes after {@code java}. */
  static List<String> ofBareServer(Setup setup) throws Exception {
    Path archive = setup.folder().resolve("bare-" + Setup.feature() + ".archive");
    Files.deleteIfExists(archive);
    boolean cache = Setup.feature() >= 25;
    String jar = bareJar(setup).toString();
    try (ServerProcess server = ServerProcess.launch(List.of(), port -> List.of(
        Setup.javaCommand(), (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=")
            + archive, "-jar", jar, "" + port, "-", "0"))) {
      server.socket().close();
      Http.get(server.url());
      server.stop();
    }
    return List.of((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive, "-jar", jar);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("failed: " + command);
    }
  }
}
