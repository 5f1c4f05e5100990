package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The store that forgets everything when the process ends: concurrent maps, and nothing else.
 *
 * <p>It is also the shortest correct implementation of {@link Store}, to be read before the others.
 * Expired rows are swept every {@value #SWEEP_EVERY} writes, so space is bounded by what is written
 * while rows live, without a thread of its own.
 */
public final class MemoryStore implements Store {
  /** Rare enough to cost nothing per write, often enough to bound what is dead. */
  private static final int SWEEP_EVERY = 4_096;

  private record Row(JsonObject json, Instant expires) {
  }

  private final Map<String, ConcurrentHashMap<String, Row>> tables = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final Clock clock;

  public MemoryStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public JsonObject get(String table, String key) {
    return live(table(table).get(key));
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    table(table).put(key, row(row, expires));
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    Row fresh = row(row, expires);
    return table(table).compute(key, (k, old) -> live(old) == null ? fresh : old) == fresh;
  }

  @Override
  public JsonObject take(String table, String key) {
    return live(table(table).remove(key));
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    Row fresh = row(row, expires);
    return table(table).computeIfPresent(key, (k, old) ->
        expected.equals(live(old)) ? fresh : old) == fresh;
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    table(table).forEach((key, row) -> {
      JsonObject json = live(row);
      if (json != null) {
        visitor.accept(key, json);
      }
    });
  }

  @Override
  public void close() {
    tables.clear();
  }

  private ConcurrentHashMap<String, Row> table(String name) {
    return tables.computeIfAbsent(name, n -> new ConcurrentHashMap<>());
  }

  private Row row(JsonObject json, Instant expires) {
    if (writes.incrementAndGet() % SWEEP_EVERY == 0) {
      tables.values().forEach(rows -> rows.values().removeIf(row -> live(row) == null));
    }
    return new Row(JsonObject.unmodifiableObject(json), expires);
  }

  private JsonObject live(Row row) {
    return row == null || !row.expires.isAfter(clock.instant()) ? null : row.json;
  }
}
