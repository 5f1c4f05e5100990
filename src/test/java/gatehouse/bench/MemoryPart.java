package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Resident megabytes after the start, and after some seconds of tool calls; and the bytes
 * of heap, after a collection, that a refresh token with its grant takes, and a stream that waits,
 * beside one of the bare server. Rows of each kind are in {@link ScalePart}.
 */
final class MemoryPart {
  private static final int LOGINS = 200;
  private static final int STREAMS = 500;

  /** Classes that are named; what comes after is small. */
  private static final int LARGEST = 12;

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
          stream("gatehouse", subject.server(), subject.login().access(), results));
    }
    try (ServerProcess bare = ServerProcess.launch(setup.pinnedTo(0), port ->
        setup.java(BareServer.class, java.util.List.of(), "" + port, "-", "-1"))) {
      bare.socket().close();
      results.add("memory.bare.bytes-per-idle-stream", stream("bare", bare, "none", results));
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

  /** Bytes of heap for each of some hundred streams on which nothing happens; and of what. */
  private static double stream(String name, ServerProcess server, String token, Results results)
      throws IOException {
    try (Streams warm = Streams.open(server.port(), token, WARM_STREAMS)) {
      Map<String, Long> before = histogram(server);
      try (Streams streams = Streams.open(server.port(), token, STREAMS)) {
        Map<String, Long> after = histogram(server);
        before.forEach((type, bytes) -> after.merge(type, -bytes, Long::sum));
        StringBuilder largest = new StringBuilder();
        after.entrySet().stream().sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
            .limit(LARGEST).forEach(type -> largest.append(String.format(Locale.ROOT,
                "  %8d  %s%n", type.getValue() / streams.count(), type.getKey())));
        results.text("memory." + name + ": bytes of an idle stream by class", largest.toString());
        return sum(after) / (double) streams.count();
      }
    }
  }

  private static long heap(ServerProcess server) throws IOException {
    return sum(histogram(server));
  }

  private static long sum(Map<String, Long> histogram) {
    return histogram.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of live objects by class, as the JVM counts them. */
  private static Map<String, Long> histogram(ServerProcess server) throws IOException {
    Map<String, Long> histogram = new TreeMap<>();
    for (String line : server.jcmd("GC.class_histogram").split("\n")) {
      String[] columns = line.trim().split("\\s+");
      if (columns.length > 3 && columns[0].endsWith(":")) {
        histogram.merge(columns[3], Long.parseLong(columns[2]), Long::sum);
      }
    }
    return histogram;
  }
}
