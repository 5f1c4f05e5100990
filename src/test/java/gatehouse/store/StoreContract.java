package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} promises, as tests that each implementation inherits. Implementations
 * add tests of what only they promise, such as outliving the process.
 */
interface StoreContract {
  /** Enough threads to meet in the same row, rounds enough to meet often. */
  int THREADS = 8;
  int ROUNDS = 200;

  /** The store under test, the same one throughout a test. */
  Store store();

  /** The clock that it goes by. */
  TestClock clock();

  private static JsonObject row(String value) {
    return new JsonObject().add("value", value);
  }

  private Instant inAnHour() {
    return clock().instant().plus(Duration.ofHours(1));
  }

  @Test
  @DisplayName("a row that was put is read back, in its own table and under its own key")
  default void putAndGet() {
    store().put("t", "k", row("a"), inAnHour());
    assertEquals(row("a"), store().get("t", "k"));
    assertNull(store().get("t", "other"));
    assertNull(store().get("other", "k"));
  }

  @Test
  @DisplayName("every JSON value comes back as it went in")
  default void anyJson() {
    JsonObject all = new JsonObject().add("text", "Zürich ☃ 𝄞 \"\\\n\u0000")
        .add("number", 9007199254740991L).add("fraction", 0.25).add("flag", true)
        .add("null", com.eclipsesource.json.Json.NULL).add("empty", "")
        .add("object", new JsonObject().add("a", row("b")))
        .add("array", new com.eclipsesource.json.JsonArray().add(1).add("x"));
    store().put("t", "ключ/with\nodd \"characters\"", all, inAnHour());
    assertEquals(all, store().get("t", "ключ/with\nodd \"characters\""));
  }

  @Test
  @DisplayName("put replaces what was there")
  default void putReplaces() {
    store().put("t", "k", row("a"), inAnHour());
    store().put("t", "k", row("b"), inAnHour());
    assertEquals(row("b"), store().get("t", "k"));
  }

  @Test
  @DisplayName("a row ceases to exist at its moment, for every operation")
  default void expiry() {
    Instant moment = inAnHour();
    for (String key : List.of("get", "take", "scan", "insert", "replace")) {
      store().put("t", key, row("a"), moment);
    }
    clock().advance(Duration.ofHours(1).minusMillis(1));
    assertEquals(row("a"), store().get("t", "get"));
    clock().advance(Duration.ofMillis(1));
    assertNull(store().get("t", "get"));
    assertNull(store().take("t", "take"));
    assertEquals(Map.of(), scanned("t"));
    assertFalse(store().replaceIfSame("t", "replace", row("a"), row("b"), inAnHour()));
    assertTrue(store().insertIfAbsent("t", "insert", row("b"), inAnHour()));
    assertEquals(row("b"), store().get("t", "insert"));
  }

  @Test
  @DisplayName("a row may be written with a moment that is over")
  default void alreadyExpired() {
    store().put("t", "k", row("a"), clock().instant());
    assertNull(store().get("t", "k"));
  }

  @Test
  @DisplayName("a row with no end lives as long as time")
  default void noEnd() {
    store().put("t", "k", row("a"), Instant.MAX);
    clock().advance(Duration.ofDays(365 * 100));
    assertEquals(row("a"), store().get("t", "k"));
  }

  @Test
  @DisplayName("a replacement gives a row its own moment")
  default void replacementExpiry() {
    store().put("t", "k", row("a"), inAnHour());
    assertTrue(store().replaceIfSame("t", "k", row("a"), row("b"),
        clock().instant().plus(Duration.ofHours(3))));
    clock().advance(Duration.ofHours(2));
    assertEquals(row("b"), store().get("t", "k"));
  }

  @Test
  @DisplayName("insertIfAbsent writes only where nothing is")
  default void insertIfAbsent() {
    assertTrue(store().insertIfAbsent("t", "k", row("a"), inAnHour()));
    assertFalse(store().insertIfAbsent("t", "k", row("b"), inAnHour()));
    assertFalse(store().insertIfAbsent("t", "k", row("a"), inAnHour()));
    assertEquals(row("a"), store().get("t", "k"));
  }

  @Test
  @DisplayName("take gives a row once, and then there is none")
  default void take() {
    store().put("t", "k", row("a"), inAnHour());
    assertEquals(row("a"), store().take("t", "k"));
    assertNull(store().take("t", "k"));
    assertNull(store().get("t", "k"));
    assertTrue(store().insertIfAbsent("t", "k", row("b"), inAnHour()));
  }

  @Test
  @DisplayName("replaceIfSame replaces only the row that is expected")
  default void replaceIfSame() {
    assertFalse(store().replaceIfSame("t", "k", row("a"), row("b"), inAnHour()));
    store().put("t", "k", row("a"), inAnHour());
    assertFalse(store().replaceIfSame("t", "k", row("x"), row("b"), inAnHour()));
    assertEquals(row("a"), store().get("t", "k"));
    assertTrue(store().replaceIfSame("t", "k", row("a"), row("b"), inAnHour()));
    assertFalse(store().replaceIfSame("t", "k", row("a"), row("c"), inAnHour()));
    assertEquals(row("b"), store().get("t", "k"));
  }

  @Test
  @DisplayName("replaceIfSame with the row that was read replaces it")
  default void replaceWhatWasRead() {
    store().put("t", "k", new JsonObject().add("a", 1).add("b", "x"), inAnHour());
    JsonObject read = store().get("t", "k");
    assertTrue(store().replaceIfSame("t", "k", read, row("b"), inAnHour()));
  }

  @Test
  @DisplayName("scan shows all rows of one table and no others")
  default void scan() {
    store().put("t", "1", row("a"), inAnHour());
    store().put("t", "2", row("b"), inAnHour());
    store().put("other", "3", row("c"), inAnHour());
    assertEquals(Map.of("1", row("a"), "2", row("b")), scanned("t"));
    assertEquals(Map.of(), scanned("empty"));
  }

  @Test
  @DisplayName("rows may be taken while they are scanned")
  default void takeWhileScanning() {
    store().put("t", "1", row("a"), inAnHour());
    store().put("t", "2", row("b"), inAnHour());
    store().scan("t", (key, row) -> store().take("t", key));
    assertEquals(Map.of(), scanned("t"));
  }

  @Test
  @DisplayName("of many who take a row exactly one gets it")
  default void takeRace() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "k" + round;
      store().put("t", key, row("a"), inAnHour());
      assertEquals(1, winners(i -> store().take("t", key) != null));
    }
  }

  @Test
  @DisplayName("of many who insert a row exactly one does, and its row is there")
  default void insertRace() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "k" + round;
      AtomicInteger winner = new AtomicInteger(-1);
      assertEquals(1, winners(i -> {
        boolean inserted = store().insertIfAbsent("t", key, row("" + i), inAnHour());
        if (inserted) {
          winner.set(i);
        }
        return inserted;
      }));
      assertEquals(row("" + winner), store().get("t", key));
    }
  }

  @Test
  @DisplayName("of many who replace a row exactly one does, and its row is there")
  default void replaceRace() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "k" + round;
      store().put("t", key, row("old"), inAnHour());
      AtomicInteger winner = new AtomicInteger(-1);
      assertEquals(1, winners(i -> {
        boolean replaced =
            store().replaceIfSame("t", key, row("old"), row("" + i), inAnHour());
        if (replaced) {
          winner.set(i);
        }
        return replaced;
      }));
      assertEquals(row("" + winner), store().get("t", key));
    }
  }

  @Test
  @DisplayName("no step of a counter is lost among many who replace")
  default void counter() throws Exception {
    store().put("t", "n", new JsonObject().add("n", 0), inAnHour());
    winners(i -> {
      for (int step = 0; step < 25; step++) {
        JsonObject now;
        do {
          now = store().get("t", "n");
        } while (!store().replaceIfSame("t", "n", now,
            new JsonObject().add("n", now.get("n").asInt() + 1), inAnHour()));
      }
      return true;
    });
    assertEquals(THREADS * 25, store().get("t", "n").get("n").asInt());
  }

  private Map<String, JsonObject> scanned(String table) {
    Map<String, JsonObject> rows = new TreeMap<>();
    store().scan(table, rows::put);
    return rows;
  }

  /** What one of the racing threads does; whether it won. */
  @FunctionalInterface
  interface Racer {
    boolean run(int number);
  }

  private static int winners(Racer racer) throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        racers.add(() -> {
          start.await();
          return racer.run(number);
        });
      }
      int winners = 0;
      for (Future<Boolean> racing : threads.invokeAll(racers)) {
        winners += racing.get() ? 1 : 0;
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }
}
