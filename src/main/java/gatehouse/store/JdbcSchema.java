package gatehouse.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of {@link JdbcStore}, made on first use, and their version.
 *
 * <p>Several processes may start at once on an empty database. {@code create table if not exists}
 * is not enough for that, it fails when two meet; an advisory lock for the length of the
 * transaction lets one do it and the others find it done.
 */
final class JdbcSchema {
  /** Raised when older versions could no longer read what newer ones write. */
  private static final int VERSION = 1;

  /** Any number, as long as it stays the same: the letters GATEHOUS. */
  private static final long LOCK = 0x4741544548_4f5553L;

  // Keys are compared byte by byte ("C"): faster than by language, and equal means the same.
  // autovacuum sooner than at a fifth of the table: rows here come and go.
  private static final String[] STATEMENTS = {
      "create table if not exists gatehouse_schema (version int not null)",
      "insert into gatehouse_schema select " + VERSION
          + " where not exists (select 1 from gatehouse_schema)",
      "create table if not exists gatehouse_rows (tbl text collate \"C\" not null,"
          + " key text collate \"C\" not null, row text not null, expires bigint not null,"
          + " primary key (tbl, key)) with (autovacuum_vacuum_scale_factor = 0.05)",
      "create index if not exists gatehouse_rows_expires on gatehouse_rows (expires)",
  };

  private JdbcSchema() {
  }

  /** Makes what is missing, or refuses what a newer version has made. */
  static void prepare(ConnectionPool pool) {
    int version = pool.change(connection -> {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        int found = version(connection, statement);
        if (found == 0) {
          for (String sql : STATEMENTS) {
            statement.execute(sql);
          }
        }
        connection.commit();
        return found;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    });
    if (version > VERSION) {
      throw new StoreUnavailable("the database was written by a newer Gatehouse (schema " + version
          + ", this one knows " + VERSION + "): use that one");
    }
  }

  /** The version, or 0 if there is nothing yet. */
  private static int version(Connection connection, Statement statement) throws SQLException {
    try (ResultSet table = statement.executeQuery("select to_regclass('gatehouse_schema')")) {
      table.next();
      if (table.getString(1) == null) {
        return 0;
      }
    }
    try (ResultSet row = statement.executeQuery("select max(version) from gatehouse_schema")) {
      row.next();
      return row.getInt(1);
    }
  }
}
