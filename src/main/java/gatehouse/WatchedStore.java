package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Histogram;
import gatehouse.store.Store;
import gatehouse.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Around any other store: how long it takes until a change is durable, how often it could not be
 * made, and whether one can be made now.
 */
final class WatchedStore implements Store {
  private static final String TABLE = "probes";

  /** Whoever asks for more than this learns what was found last: a probe costs a write. */
  private static final Duration PROBED_EVERY = Duration.ofSeconds(5);

  private final Store rows;
  private final Clock clock;
  private final Histogram writes = new Histogram();
  private final LongAdder failures = new LongAdder();
  private Instant nextProbe = Instant.MIN;
  private boolean writable = true;

  WatchedStore(Store rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** How long changes took until they were durable. */
  Histogram writes() {
    return writes;
  }

  /** How many requests it could not serve. */
  long failures() {
    return failures.sum();
  }

  /** Whether it can be written, by writing; the answer may be a few seconds old. */
  synchronized boolean isWritable() {
    Instant now = clock.instant();
    if (!now.isBefore(nextProbe)) {
      try {
        put(TABLE, "ready", new JsonObject(), now.plus(PROBED_EVERY));
        writable = true;
      } catch (StoreUnavailable e) {
        writable = false;
      }
      nextProbe = now.plus(PROBED_EVERY);
    }
    return writable;
  }

  @Override
  public JsonObject get(String table, String key) {
    return counted(() -> rows.get(table, key));
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    timed(() -> {
      rows.put(table, key, row, expires);
      return null;
    });
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return timed(() -> rows.insertIfAbsent(table, key, row, expires));
  }

  @Override
  public JsonObject take(String table, String key) {
    return timed(() -> rows.take(table, key));
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    return timed(() -> rows.replaceIfSame(table, key, expected, row, expires));
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    counted(() -> {
      rows.scan(table, visitor);
      return null;
    });
  }

  private <T> T timed(Supplier<T> change) {
    long began = System.nanoTime();
    T result = counted(change);
    writes.add(System.nanoTime() - began);
    return result;
  }

  private <T> T counted(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailable e) {
      failures.increment();
      throw e;
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
