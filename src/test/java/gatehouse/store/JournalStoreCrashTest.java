package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process writes, and is killed at some moment. Every operation that it saw acknowledged
 * must hold afterwards, and of the one that each of its threads had under way either all or
 * nothing.
 *
 * <p>{@code -Dgatehouse.crash.rounds=200} kills more often than the dozen times of a normal run.
 */
class JournalStoreCrashTest {
  private static final int ROUNDS = Integer.getInteger("gatehouse.crash.rounds", 12);
  private static final int THREADS = 6;

  /** Keys per thread, so that operations meet rows that are there and rows that are not. */
  private static final int KEYS = 7;

  private final Random random = new Random();

  @TempDir
  Path directory;

  @Test
  @DisplayName("what was acknowledged before a crash is there after it")
  void acknowledgedOperationsHold() throws Exception {
    Path data = directory.resolve("data");
    Map<String, Map<String, JsonObject>> earlier = new TreeMap<>();
    int acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int[] steps = crash(data, round);
      try (JournalStore store = JournalStore.open(data, Clock.systemUTC())) {
        for (int thread = 0; thread < THREADS; thread++) {
          String table = round + "-" + thread;
          Map<String, JsonObject> there = rows(store, table);
          assertTrue(there.equals(model(steps[thread])) || there.equals(model(steps[thread] + 1)),
              "table " + table + " after " + steps[thread] + " steps: " + there);
          earlier.put(table, there);
          acknowledged += steps[thread];
        }
        earlier.forEach((table, rows) -> assertEquals(rows, rows(store, table)));
      }
    }
    assertNotEquals(0, acknowledged);
  }

  @Test
  @DisplayName("a second process on the directory is refused")
  void secondProcess() throws Exception {
    Path data = directory.resolve("data");
    Process first = writer(data, 0);
    try (BufferedReader out = first.inputReader()) {
      out.readLine();
      assertTrue(assertThrows(StoreUnavailable.class,
          () -> JournalStore.open(data, Clock.systemUTC())).getMessage().contains("in use"));
    } finally {
      first.destroyForcibly().waitFor();
    }
    JournalStore.open(data, Clock.systemUTC()).close();
  }

  /** How many steps each thread had seen acknowledged when the process was killed. */
  private int[] crash(Path data, int round) throws IOException, InterruptedException {
    Process process = writer(data, round);
    int[] steps = new int[THREADS];
    int until = 1 + random.nextInt(3_000);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      int lines = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] parts = line.split(" ");
        // A line may be cut short by the crash.
        if (parts.length == 3 && parts[2].equals("done")) {
          steps[Integer.parseInt(parts[0])] = Integer.parseInt(parts[1]);
        }
        if (++lines == until) {
          // By its handle: the process itself would close the stream, with lines still in it.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return steps;
  }

  private static Process writer(Path data, int round) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        Writer.class.getName(), data.toString(), "" + round)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Map<String, JsonObject> rows(Store store, String table) {
    Map<String, JsonObject> rows = new TreeMap<>();
    store.scan(table, rows::put);
    return rows;
  }

  /** The rows of one thread after so many steps. */
  private static Map<String, JsonObject> model(int steps) {
    Map<String, JsonObject> rows = new TreeMap<>();
    for (int step = 1; step <= steps; step++) {
      String key = "k" + step % KEYS;
      switch (step / KEYS % 4) {
        case 0 -> rows.putIfAbsent(key, row(step));
        case 1 -> rows.computeIfPresent(key, (k, old) -> row(old.getInt("n", 0) + 1));
        case 2 -> rows.remove(key);
        default -> rows.put(key, row(step));
      }
    }
    return rows;
  }

  private static JsonObject row(int n) {
    return new JsonObject().add("n", n).add("padding", "x".repeat(n % 500));
  }

  /**
   * The other process: the steps of {@link #model} in several threads, each said when it is done.
   */
  static final class Writer {
    private Writer() {
    }

    public static void main(String[] arguments) {
      JournalStore store = JournalStore.open(Path.of(arguments[0]), Clock.systemUTC());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        threads.add(new Thread(() -> {
          for (int step = 1; step < Integer.MAX_VALUE; step++) {
            step(store, arguments[1] + "-" + thread, step);
            System.out.println(thread + " " + step + " done");
          }
        }));
      }
      threads.forEach(Thread::start);
      // Snapshots at all times, so that many crashes hit one.
      while (true) {
        store.compact();
      }
    }

    private static void step(Store store, String table, int step) {
      String key = "k" + step % KEYS;
      switch (step / KEYS % 4) {
        case 0 -> store.insertIfAbsent(table, key, row(step), Instant.MAX);
        case 1 -> {
          JsonObject old = store.get(table, key);
          if (old != null) {
            store.replaceIfSame(table, key, old, row(old.getInt("n", 0) + 1), Instant.MAX);
          }
        }
        case 2 -> store.take(table, key);
        default -> store.put(table, key, row(step), Instant.MAX);
      }
    }
  }
}
