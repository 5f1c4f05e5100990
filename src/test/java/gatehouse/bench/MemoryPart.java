package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;

/**
 * Resident megabytes after the start, and after some seconds of tool calls; and the bytes
 * of heap, after a collection, that a refresh token with its grant and a stream that waits take.
 */
final class MemoryPart {
  private static final int LOGINS = 200;
  private static final int STREAMS = 500;

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

      long before = heap(subject);
      for (int i = 0; i < LOGINS; i++) {
        subject.login();
      }
      results.add("memory.gatehouse.bytes-per-grant-and-refresh-token",
          (heap(subject) - before) / (double) LOGINS);

      before = heap(subject);
      try (Streams streams = Streams.open(subject.server().port(),
          subject.login().access(), STREAMS)) {
        results.add("memory.gatehouse.bytes-per-idle-stream",
            (heap(subject) - before) / (double) streams.count());
      }
    }
    results.print("memory");
    results.ratio("memory: after load / bare", "memory.gatehouse.load", "memory.bare.load",
        "at most", 2);
  }

  /** Bytes of live objects, as the JVM counts them. */
  private static long heap(Subject subject) throws IOException {
    String[] lines = subject.server().jcmd("GC.class_histogram").trim().split("\n");
    String[] total = lines[lines.length - 1].trim().split("\\s+");
    return Long.parseLong(total[2]);
  }
}
