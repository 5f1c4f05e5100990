package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;

/**
 * Resident megabytes after the start, and after some seconds of tool calls; and the bytes
 * of heap, after a collection, that a refresh token with its grant takes, and a stream that waits,
 * beside one of the bare server. Rows of each kind are in {@link ScalePart}.
 */
final class MemoryPart {
  private static final int LOGINS = 200;
  private static final int STREAMS = 500;

  /** Streams before those that count: pools and tables have their size then. */
  private static final int WARM_STREAMS = 50;

  private MemoryPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    try (ServerProcess bare = ServerProcess.start(setup.pinnedTo(0), port ->
        setup.java(BareServer.class, java.util.List.of(), "" + port, "-", "0"));
        Subject subject = Subject.start(setup)) {
      Http.get(bare.url() + "/health").expect(200);
      Http.get(subject.server().url() + "/health").expect(200);
      results.add("memory.bare.start", bare.resident() / 1e6);
      results.add("memory.gatehouse.start", subject.server().resident() / 1e6);
      Scenario call = Subject.toolCall(subject.login().access());
      Load.on(bare, setup, call, 64, setup.seconds() * 4);
      Load.on(subject.server(), setup, call, 64, setup.seconds() * 4);
      results.add("memory.bare.load", bare.resident() / 1e6);
      results.add("memory.gatehouse.load", subject.server().resident() / 1e6);

      long before = heap(subject.server());
      for (int i = 0; i < LOGINS; i++) {
        subject.login();
      }
      results.add("memory.gatehouse.bytes-per-grant-and-refresh-token",
          (heap(subject.server()) - before) / (double) LOGINS);
      results.add("memory.gatehouse.bytes-per-idle-stream",
          stream(subject.server(), subject.login().access()));
    }
    try (ServerProcess bare = ServerProcess.launch(setup.pinnedTo(0), port ->
        setup.java(BareServer.class, java.util.List.of(), "" + port, "-", "-1"))) {
      bare.socket().close();
      results.add("memory.bare.bytes-per-idle-stream", stream(bare, "none"));
    }
    results.add("memory.stream-above-bare", results.median("memory.gatehouse.bytes-per-idle-stream")
        - results.median("memory.bare.bytes-per-idle-stream"));
    results.add("memory.stream-limit", 16 * 1024);
    results.print("memory");
    results.ratio("memory: after load / bare", "memory.gatehouse.load", "memory.bare.load",
        "at most", 2);
    results.ratio("memory: an idle stream, above bare / 16 KB", "memory.stream-above-bare",
        "memory.stream-limit", "at most", 1);
  }

  /** Bytes of heap for each of some hundred streams on which nothing happens. */
  private static double stream(ServerProcess server, String token) throws IOException {
    try (Streams warm = Streams.open(server.port(), token, WARM_STREAMS)) {
      long before = heap(server);
      try (Streams streams = Streams.open(server.port(), token, STREAMS)) {
        return (heap(server) - before) / (double) streams.count();
      }
    }
  }

  /** Bytes of live objects, as the JVM counts them. */
  private static long heap(ServerProcess server) throws IOException {
    String[] lines = server.jcmd("GC.class_histogram").trim().split("\n");
    String[] total = lines[lines.length - 1].trim().split("\\s+");
    return Long.parseLong(total[2]);
  }
}
