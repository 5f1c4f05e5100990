package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Rows in a table of PostgreSQL, for several processes that share them.
 *
 * <p>Each operation is one statement, which PostgreSQL makes atomic: of several that meet in a row,
 * the later waits for the earlier, then looks at the row again (READ COMMITTED). So there are no
 * transactions here, nothing to roll back and no deadlock. Rows are text and not {@code jsonb}:
 * text comes back as it was, and that is what {@code replaceIfSame} compares.
 *
 * <p>Whether a row has expired is decided by the clock of the process that asks, so the clocks of
 * processes that share a database should agree to a second. Dead rows are deleted a few at a time,
 * now and then, by those who write.
 */
public final class JdbcStore implements Store {
  private static final System.Logger LOG = System.getLogger("gatehouse.store");

  /** A scan holds no connection while rows are shown, and so many rows at once. */
  private static final int PAGE_ROWS = 500;

  /** Four times as many as were written since the last sweep, in some milliseconds. */
  private static final int SWEEP_EVERY = 256;
  private static final int SWEEP_ROWS = 1_024;

  private static final String GET =
      "select row from gatehouse_rows where tbl = ? and key = ? and expires > ?";
  private static final String PUT =
      "insert into gatehouse_rows (tbl, key, row, expires) values (?, ?, ?, ?)"
          + " on conflict (tbl, key) do update"
          + " set row = excluded.row, expires = excluded.expires";
  private static final String INSERT_IF_ABSENT = PUT + " where gatehouse_rows.expires <= ?";
  private static final String TAKE =
      "delete from gatehouse_rows where tbl = ? and key = ? returning row, expires";
  private static final String REPLACE_IF_SAME =
      "update gatehouse_rows set row = ?, expires = ?"
          + " where tbl = ? and key = ? and row = ? and expires > ?";
  private static final String PAGE =
      "select key, row from gatehouse_rows where tbl = ? and key > ? and expires > ?"
          + " order by key limit " + PAGE_ROWS;
  // Rows that another process is deleting are skipped. A row that was written anew since it was
  // found is spared by the second look at its expiry.
  private static final String SWEEP =
      "delete from gatehouse_rows where expires <= ? and (tbl, key) in (select tbl, key"
          + " from gatehouse_rows where expires <= ? limit " + SWEEP_ROWS
          + " for update skip locked)";

  private final AtomicInteger writes = new AtomicInteger();
  private final ConnectionPool pool;
  private final Clock clock;

  private JdbcStore(ConnectionPool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Opens the store, and makes its tables if they are not there.
   *
   * @param url {@code jdbc:postgresql://host/database?user=…&password=…}
   * @param driver a jar with the driver, or null if it is on the class path
   * @throws StoreUnavailable with a sentence for the operator
   */
  public static JdbcStore open(String url, Path driver, Clock clock) {
    ConnectionPool pool = new ConnectionPool(DriverJar.find(driver, url), url);
    try {
      JdbcSchema.prepare(pool);
      return new JdbcStore(pool, clock);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public JsonObject get(String table, String key) {
    return pool.read(connection -> {
      try (PreparedStatement statement =
          prepare(connection, GET, table, StoredText.ofKey(key), clock.millis());
          ResultSet found = statement.executeQuery()) {
        return found.next() ? StoredText.row(found.getString(1)) : null;
      }
    });
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    update(PUT, table, StoredText.ofKey(key), StoredText.of(row), Row.milliseconds(expires));
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return update(INSERT_IF_ABSENT, table, StoredText.ofKey(key), StoredText.of(row),
        Row.milliseconds(expires), clock.millis());
  }

  @Override
  public JsonObject take(String table, String key) {
    return pool.change(connection -> {
      try (PreparedStatement statement =
          prepare(connection, TAKE, table, StoredText.ofKey(key));
          ResultSet taken = statement.executeQuery()) {
        return taken.next() && taken.getLong(2) > clock.millis()
            ? StoredText.row(taken.getString(1)) : null;
      }
    });
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    return update(REPLACE_IF_SAME, StoredText.of(row), Row.milliseconds(expires),
        table, StoredText.ofKey(key), StoredText.of(expected), clock.millis());
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    String[] last = {""};
    Map<String, JsonObject> page;
    do {
      page = pool.read(connection -> {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        try (PreparedStatement statement =
            prepare(connection, PAGE, table, last[0], clock.millis());
            ResultSet found = statement.executeQuery()) {
          while (found.next()) {
            rows.put(found.getString(1), StoredText.row(found.getString(2)));
          }
        }
        return rows;
      });
      page.forEach((key, row) -> {
        visitor.accept(StoredText.key(key), row);
        last[0] = key;
      });
    } while (page.size() == PAGE_ROWS);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Whether the statement changed a row. */
  private boolean update(String sql, Object... values) {
    boolean changed = pool.change(connection -> {
      try (PreparedStatement statement = prepare(connection, sql, values)) {
        return statement.executeUpdate() > 0;
      }
    });
    if (writes.incrementAndGet() % SWEEP_EVERY == 0) {
      sweep();
    }
    return changed;
  }

  private void sweep() {
    long now = clock.millis();
    try {
      pool.change(connection -> {
        try (PreparedStatement statement = prepare(connection, SWEEP, now, now)) {
          return statement.executeUpdate();
        }
      });
    } catch (StoreUnavailable e) {
      // What the caller wanted is done; the rest is for the next one.
      LOG.log(System.Logger.Level.WARNING, "dead rows were not deleted: " + e.getMessage());
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
