package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty threads at once, with snapshots being taken of what they change. */
class JournalStoreLoadTest {
  private static final int THREADS = 50;
  private static final int ROUNDS = 60;

  private final TestClock clock = new TestClock();

  @TempDir
  Path temporary;

  private static JsonObject row(int n) {
    return new JsonObject().add("n", n);
  }

  @Test
  @DisplayName("nothing is lost, doubled or brought back while snapshots are written")
  void compactionUnderLoad() throws Exception {
    Path directory = temporary.resolve("data");
    AtomicInteger inserted = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.put("count", "n", row(0), Instant.MAX);
      inParallel(store, thread -> {
        for (int round = 0; round < ROUNDS; round++) {
          inserted.addAndGet(
              store.insertIfAbsent("once", "k" + round, row(thread), Instant.MAX) ? 1 : 0);
          store.put("own", thread + "-" + round, row(round), Instant.MAX);
          if (round % 2 == 1) {
            store.take("own", thread + "-" + (round - 1));
          }
          taken.addAndGet(store.take("once", "k" + (round - 1)) != null ? 1 : 0);
          if (round % 10 == 0) {
            increment(store);
          }
        }
      });
    }
    try (JournalStore store = JournalStore.open(directory, clock)) {
      int[] left = new int[1];
      store.scan("once", (key, row) -> left[0]++);
      assertEquals(inserted.get(), taken.get() + left[0]);
      assertEquals(THREADS * ROUNDS / 10, store.get("count", "n").getInt("n", -1));
      for (int thread = 0; thread < THREADS; thread++) {
        for (int round = 0; round < ROUNDS; round++) {
          assertEquals(round % 2 == 1 ? row(round) : null, store.get("own", thread + "-" + round));
        }
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertTrue(files.anyMatch(file -> file.toString().contains("snapshot-")));
    }
  }

  private static void increment(Store store) {
    JsonObject now;
    do {
      now = store.get("count", "n");
    } while (!store.replaceIfSame("count", "n", now, row(now.getInt("n", 0) + 1), Instant.MAX));
  }

  @Test
  @DisplayName("an interrupted caller keeps its interruption, and harms nobody")
  void interruptedCaller() {
    try (JournalStore store = JournalStore.open(temporary.resolve("data"), clock)) {
      Thread.currentThread().interrupt();
      store.put("t", "a", row(1), Instant.MAX);
      store.compact();
      assertTrue(Thread.interrupted());
      store.put("t", "b", row(2), Instant.MAX);
      assertEquals(row(1), store.get("t", "a"));
    }
  }

  private interface Work {
    void run(int thread);
  }

  private static void inParallel(JournalStore store, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    try {
      AtomicBoolean done = new AtomicBoolean();
      Future<?> snapshots = threads.submit(() -> {
        while (!done.get()) {
          store.compact();
        }
      });
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        all.add(() -> {
          work.run(thread);
          return null;
        });
      }
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
      done.set(true);
      snapshots.get();
      assertFalse(snapshots.isCancelled());
    } finally {
      threads.shutdownNow();
    }
  }
}
