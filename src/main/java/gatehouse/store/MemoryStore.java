package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * The store that forgets everything when the process ends: rows in memory, and nothing else.
 *
 * <p>It is also the shortest correct implementation of {@link Store}, to be read before the
 * others; what an operation does is in {@link Change}, how rows are kept and expire in
 * {@link Table}. It has no thread, no file and no lock that is held for longer than it takes to
 * look at one row.
 */
public final class MemoryStore implements Store {
  private final Tables tables;

  public MemoryStore(Clock clock) {
    this.tables = new Tables(clock);
  }

  @Override
  public JsonObject get(String table, String key) {
    Row row = tables.get(table, key);
    return row == null ? null : row.json();
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    tables.change(Change.put(table, key, row, expires));
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return tables.change(Change.insertIfAbsent(table, key, row, expires)) != null;
  }

  @Override
  public JsonObject take(String table, String key) {
    Row taken = tables.change(Change.take(table, key));
    return taken == null ? null : taken.json();
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    return tables.change(Change.replaceIfSame(table, key, expected, row, expires)) != null;
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    tables.scan(table, (name, key, row) -> visitor.accept(key, row.json()));
  }

  /** How many rows take up space, dead ones included. */
  int size() {
    return tables.size();
  }

  @Override
  public void close() {
    tables.clear();
  }
}
