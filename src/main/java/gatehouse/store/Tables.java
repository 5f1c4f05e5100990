package gatehouse.store;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tables in memory: the whole of {@link MemoryStore}, and what {@link JournalStore} reads from.
 * A table comes into being when somebody writes to it.
 */
final class Tables {

  /** Sees rows. */
  @FunctionalInterface
  interface Visitor {
    void row(String table, String key, Row row);
  }

  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final Clock clock;

  Tables(Clock clock) {
    this.clock = clock;
  }

  /** The row if it lives, or null. */
  Row get(String table, String key) {
    Table rows = tables.get(table);
    return rows == null ? null : rows.get(key);
  }

  /** See {@link Table#change}. */
  Row change(Change change) {
    return table(change.table()).change(change);
  }

  /** Writes the row, or removes it if null. */
  void set(String table, String key, Row row) {
    table(table).set(key, row);
  }

  /** Shows every living row of the table. */
  void scan(String table, Visitor visitor) {
    Table rows = tables.get(table);
    if (rows != null) {
      rows.scan((key, row) -> visitor.row(table, key, row));
    }
  }

  /** Shows every living row. */
  void scan(Visitor visitor) {
    tables.keySet().forEach(table -> scan(table, visitor));
  }

  /** How many rows take up space, dead ones included. */
  int size() {
    return tables.values().stream().mapToInt(Table::size).sum();
  }

  void clear() {
    tables.clear();
  }

  private Table table(String name) {
    return tables.computeIfAbsent(name, n -> new Table(clock));
  }
}
