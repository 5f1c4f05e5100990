package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * One of the four changing operations of {@link Store} as a value: which row, on which condition,
 * and what is there afterwards.
 *
 * @param condition of the row that is there, or null
 * @param fresh what is written, or null to remove the row
 */
record Change(String table, String key, Predicate<Row> condition, Row fresh) {

  static Change put(String table, String key, JsonObject row, Instant expires) {
    return new Change(table, key, old -> true, Row.of(row, expires));
  }

  static Change insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return new Change(table, key, old -> old == null, Row.of(row, expires));
  }

  static Change take(String table, String key) {
    return new Change(table, key, old -> old != null, null);
  }

  static Change replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    // Made into text once, not each time the condition is tested.
    byte[] same = Row.of(expected, expires).text();
    return new Change(table, key, old -> old != null && Arrays.equals(old.text(), same),
        Row.of(row, expires));
  }
}
