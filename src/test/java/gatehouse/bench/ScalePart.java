package gatehouse.bench;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.store.JournalStore;
import gatehouse.store.MemoryStore;
import gatehouse.store.Store;
import gatehouse.support.Http;
import gatehouse.support.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a million refresh tokens and a hundred thousand clients cost: bytes of each row, the time of
 * a lookup among many against one among few, the longest pause while all of them expire and while
 * the journal is replaced, and a start with that journal.
 *
 * <p>Rows look as those in {@code gatehouse.store}'s page do. A pause is told twice: as a caller sees
 * it, garbage collection and other processes included, and as processor time of the caller's thread,
 * which is the store's own doing. A process of its own, for its memory.
 */
final class ScalePart {
  private static final int TOKENS = 1_000_000;
  private static final int CLIENTS = 100_000;
  private static final int FEW = 1_000;
  private static final int LOOKUPS = 200_000;

  /** Callers who wait for the disk at once; what they write shares a sync. */
  private static final int WRITERS = 256;

  private static final String CLIENT = "bmAHxTL4Y0fS7jEhSeR8N2Vx6vG1pQdK3wZtUoIa5cM";

  private final TestClock clock = new TestClock();
  private final int tokens;
  private final int clients;

  private ScalePart(int tokens, int clients) {
    this.tokens = tokens;
    this.clients = clients;
  }

  static void run(Setup setup, Results results) throws Exception {
    // A round of a smoke test is half a second.
    int part = setup.seconds() < 1 ? 100 : 1;
    Path data = setup.folder().resolve("scale-data");
    Process process = new ProcessBuilder(setup.java(ScalePart.class, List.of("-Xmx3g"),
        "" + TOKENS / part, "" + CLIENTS / part, data.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line; (line = lines.readLine()) != null;) {
        String[] words = line.split(" ");
        results.add("scale." + words[0], Double.parseDouble(words[1]));
      }
    } finally {
      process.destroyForcibly();
    }
    try (ServerProcess server = ServerProcess.launch(setup.pinnedTo(0), port -> setup.gatehouse(
        List.of("-Xmx3g"), "--port", "" + port, "--data", data.toString()))) {
      // The port is taken before the journal is read: an answer is what counts.
      Http.get(server.url() + "/health/live").expect(200);
      results.add("scale.start.answers.ms", server.age());
      results.add("scale.start.resident.MB", server.resident() / 1e6);
    }
    remove(data);
    results.print("scale");
    results.ratio("scale: a lookup among all / among few", "scale.lookup.all.us",
        "scale.lookup.few.us", "at most", 3);
  }

  /** The process. Arguments: refresh tokens, clients, folder for the journal. */
  public static void main(String[] arguments) throws Exception {
    ScalePart scale =
        new ScalePart(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    Path data = Path.of(arguments[2]);
    remove(data);
    scale.memory();
    scale.journal(data);
  }

  private void memory() {
    try (Store store = new MemoryStore(clock)) {
      for (int i = 0; i < FEW; i++) {
        token(store, i);
      }
      lookups(store, FEW);
      say("lookup.few.us", lookups(store, FEW));
      say("bytes.refresh-token", grown(tokens, i -> token(store, i)));
      say("bytes.client", grown(clients, i -> client(store, i)));
      say("bytes.session", grown(clients, i -> session(store, i)));
      say("bytes.grant", grown(clients, i -> grant(store, i)));
      say("lookup.all.us", lookups(store, tokens));
      // All are over at once: the worst that can happen to whoever writes next.
      clock.advance(Duration.ofDays(31));
      Longest longest = new Longest();
      for (int i = 0; i < tokens; i++) {
        int number = i;
        longest.of(() -> token(store, number));
      }
      longest.say("expiry");
    }
  }

  private void journal(Path data) throws InterruptedException {
    Longest longest = new Longest();
    long begin = System.nanoTime();
    try (JournalStore store = JournalStore.open(data, clock)) {
      AtomicInteger next = new AtomicInteger();
      Thread[] writers = Stream.generate(() -> new Thread(() -> {
        for (int i; (i = next.getAndIncrement()) < tokens + clients;) {
          if (i < tokens) {
            token(store, i);
          } else {
            client(store, i);
          }
        }
      })).limit(WRITERS).toArray(Thread[]::new);
      Arrays.stream(writers).forEach(Thread::start);
      while (next.get() < tokens + clients) {
        // Somebody who reads meanwhile, as every tool call does.
        longest.of(() -> store.get("refresh_tokens", key(7)));
        Thread.sleep(0, 100_000);
      }
      for (Thread writer : writers) {
        writer.join();
      }
      say("journal.writes.per.second",
          (tokens + clients) / ((System.nanoTime() - begin) / 1e9));
      Thread compacting = new Thread(store::compact);
      compacting.start();
      Longest write = new Longest();
      while (compacting.isAlive()) {
        write.of(() -> token(store, 7));
      }
      longest.say("journal.read");
      write.say("compaction.write");
    }
    begin = System.nanoTime();
    JournalStore.open(data, clock).close();
    say("journal.open.ms", (System.nanoTime() - begin) / 1e6);
  }

  /** The longest of many operations of one thread. */
  private static final class Longest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long wall;
    private long own;

    private void of(Runnable operation) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      operation.run();
      wall = Math.max(wall, System.nanoTime() - begin);
      own = Math.max(own, THREADS.getCurrentThreadCpuTime() - cpu);
    }

    private void say(String name) {
      ScalePart.say(name + ".longest.ms", wall / 1e6);
      ScalePart.say(name + ".longest-own.ms", own / 1e6);
    }
  }

  @FunctionalInterface
  private interface Row {
    void write(int number);
  }

  /** Bytes of heap for each row that is written. */
  private static double grown(int rows, Row row) {
    long before = used();
    for (int i = 0; i < rows; i++) {
      row.write(i);
    }
    return (used() - before) / (double) rows;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Microseconds for a lookup of a row that is there. */
  private static double lookups(Store store, int among) {
    Random random = new Random(1);
    String[] keys = random.ints(LOOKUPS, 0, among).mapToObj(ScalePart::key)
        .toArray(String[]::new);
    long begin = System.nanoTime();
    for (String key : keys) {
      if (store.get("refresh_tokens", key) == null) {
        throw new IllegalStateException("a row is missing");
      }
    }
    return (System.nanoTime() - begin) / 1e3 / LOOKUPS;
  }

  /** As long as a hash in base64url, and scattered like one. */
  private static String key(int number) {
    String digits = Long.toString(0x1000_0000_0000L + number * 0x9E37_79B9L, 36);
    return digits + CLIENT.substring(digits.length());
  }

  private void token(Store store, int number) {
    store.put("refresh_tokens", key(number),
        new JsonObject().add("grant", key(number)).add("client", CLIENT), in(30));
  }

  private void client(Store store, int number) {
    store.put("clients", key(number), new JsonObject()
        .add("metadata", new JsonObject()
            .add("redirect_uris", new JsonArray()
                .add("http://127.0.0.1:8765/callback"))
            .add("response_types", new JsonArray().add("code"))
            .add("token_endpoint_auth_method", "none")
            .add("grant_types", new JsonArray()
                .add("authorization_code").add("refresh_token"))
            .add("client_name", "Client " + number))
        .add("secret", (String) null).add("management", CLIENT).add("owner", (String) null)
        .add("created", 1_795_460_084L), in(2));
  }

  private void session(Store store, int number) {
    store.put("sessions", key(number), new JsonObject().add("user", "alice")
        .add("auth_time", 1_795_460_085_120L)
        .add("amr", new JsonArray().add("pwd")), in(1));
  }

  private void grant(Store store, int number) {
    store.put("grants", key(number), new JsonObject().add("user", "alice")
        .add("client", CLIENT).add("scope", "account:read")
        .add("resource", new JsonArray().add("http://localhost:8080/mcp"))
        .add("auth_time", 1_795_460_085L)
        .add("amr", new JsonArray().add("pwd"))
        .add("ends", 1_811_012_085L).add("name", "Client").add("host", "127.0.0.1")
        .add("begun", 1_795_460_085L).add("used", 1_795_460_085L), in(180));
  }

  private Instant in(int days) {
    return clock.instant().plus(Duration.ofDays(days));
  }

  private static void say(String name, double value) {
    System.out.println(name + " " + value);
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
