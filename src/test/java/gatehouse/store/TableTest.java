package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dead rows leave memory, a few with each write, and living ones never do. */
class TableTest {
  private static final JsonObject ROW = new JsonObject().add("a", 1);
  private static final int ROWS = 10_000;

  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock);

  private Instant in(int minutes) {
    return clock.instant().plus(Duration.ofMinutes(minutes));
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      store.put("t", "later" + i, ROW, Instant.MAX);
    }
  }

  @Test
  @DisplayName("a quarter as many writes remove all dead rows")
  void sweeps() {
    for (int i = 0; i < ROWS; i++) {
      store.put("t", "k" + i, ROW, in(5 + i % 60));
    }
    clock.advance(Duration.ofMinutes(70));
    assertEquals(ROWS, store.size());
    write(ROWS / 4);
    assertEquals(ROWS / 4, store.size());
  }

  @Test
  @DisplayName("space stays bounded while rows are written for ever")
  void steadyState() {
    for (int i = 0; i < 20 * ROWS; i++) {
      store.put("t", "k" + i, ROW, in(10));
      if (i % 100 == 0) {
        clock.advance(Duration.ofMinutes(1));
      }
      // Those of the last ten minutes live, those of two more may wait for their minute to end.
      assertTrue(store.size() <= 100 * 12 + 1, "after " + i);
    }
  }

  @Test
  @DisplayName("a row that was given more time, less time or no end goes when it should")
  void changedExpiry() {
    store.put("t", "more", ROW, in(10));
    store.put("t", "more", ROW, in(100));
    store.put("t", "less", ROW, in(100));
    store.put("t", "less", ROW, in(10));
    store.put("t", "none", ROW, in(10));
    store.put("t", "none", ROW, Instant.MAX);
    store.put("t", "some", ROW, Instant.MAX);
    store.put("t", "some", ROW, in(10));
    clock.advance(Duration.ofMinutes(20));
    write(10);
    assertEquals(12, store.size());
    assertEquals(ROW, store.get("t", "more"));
    assertEquals(ROW, store.get("t", "none"));
    assertNull(store.get("t", "less"));
    assertNull(store.get("t", "some"));
    clock.advance(Duration.ofMinutes(100));
    write(10);
    assertEquals(11, store.size());
  }

  @Test
  @DisplayName("a key that was removed and written again is swept once it is dead")
  void removedAndWrittenAgain() {
    for (int i = 0; i < 100; i++) {
      store.put("t", "k", ROW, in(10));
      store.take("t", "k");
    }
    store.put("t", "k", ROW, in(30));
    clock.advance(Duration.ofMinutes(20));
    write(100);
    assertEquals(ROW, store.get("t", "k"));
    clock.advance(Duration.ofMinutes(20));
    write(100);
    assertEquals(100, store.size());
  }
}
