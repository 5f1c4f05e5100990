package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Rows of JSON in named tables, each with a moment at which it ceases to exist; six operations.
 *
 * <p>The operations that change a row are atomic. Single use (a code), detection of a second use (a
 * refresh token) and rotation are built from {@link #insertIfAbsent}, {@link #take} and {@link
 * #replaceIfSame} alone, so they hold for every implementation, and for several processes where an
 * implementation is shared. When a changing operation returns, its effect is as durable as the
 * implementation promises.
 *
 * <p>A row that has expired is never returned, whether or not it still takes up space. Rows are
 * immutable: what is returned must not be altered, and what is given is not altered afterwards.
 * Tables come into being on first use. Safe for use by many threads.
 */
public interface Store extends AutoCloseable {

  /** The row, or null if there is none. */
  JsonObject get(String table, String key);

  /** Writes the row, whatever was there before. */
  void put(String table, String key, JsonObject row, Instant expires);

  /** Writes the row if there is none; whether it did. */
  boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires);

  /** Removes the row and returns it: of several callers exactly one gets it, the others null. */
  JsonObject take(String table, String key);

  /** Replaces the row if it still equals {@code expected}; whether it did. */
  boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires);

  /** Shows every row of the table, in no order; a row that changes meanwhile may be missed. */
  void scan(String table, BiConsumer<String, JsonObject> visitor);

  /** Releases what the store holds. */
  @Override
  void close();
}
