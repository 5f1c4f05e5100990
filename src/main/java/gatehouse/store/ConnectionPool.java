package gatehouse.store;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * At most so many connections to a database, lent to one thread at a time.
 *
 * <p>The last one returned is lent first, so that few are kept warm. One that has lain idle for a
 * while is asked whether it is alive before it is lent. When one breaks, all that lie idle are
 * closed: as a rule the database was restarted and they are dead too.
 *
 * <p>A read is tried again on a fresh connection if the first one breaks. A change is not: nobody
 * can tell whether it was carried out, and a code taken twice, or a row put back that another
 * process has taken, is worse than a request refused.
 */
final class ConnectionPool implements AutoCloseable {
  /** PostgreSQL serves a few dozen processes of ours with its 100 connections. */
  private static final int MAX_CONNECTIONS = 8;

  /** Longer than any healthy queue; a request that waits longer has given up anyway. */
  private static final int WAIT_SECONDS = 5;

  /** Idle for longer: ask first. A restart takes about a second, so few broken ones are lent. */
  private static final long TRUSTED_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);
  private static final int VALIDATION_SECONDS = 2;

  /** A database that does not answer must not hold a request for ever (pgjdbc, in seconds). */
  private static final String CONNECT_TIMEOUT = "5";
  private static final String SOCKET_TIMEOUT = "15";

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private record Idle(Connection connection, long since) {
  }

  private final Driver driver;
  private final String url;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS, true);
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  ConnectionPool(Driver driver, String url) {
    this.driver = driver;
    this.url = url;
  }

  /** Asks something that changes nothing. */
  <T> T read(Work<T> work) {
    try {
      return once(work);
    } catch (SQLException e) {
      if (!isBroken(e)) {
        throw unavailable(e);
      }
      return change(work);
    }
  }

  /** Changes something, or tries to, once. */
  <T> T change(Work<T> work) {
    try {
      return once(work);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeIdle();
  }

  private <T> T once(Work<T> work) throws SQLException {
    acquire();
    try {
      Connection connection = idle();
      boolean healthy = false;
      try {
        if (connection == null) {
          connection = connect();
        }
        T result = work.with(connection);
        healthy = true;
        return result;
      } catch (SQLException e) {
        healthy = connection != null && !isBroken(e);
        throw e;
      } finally {
        giveBack(connection, healthy);
      }
    } finally {
      free.release();
    }
  }

  private void acquire() {
    try {
      if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreUnavailable("all connections to the database are busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while waiting for the database", e);
    }
  }

  /** One that lies idle and lives, or null. */
  private Connection idle() {
    while (true) {
      Idle found;
      synchronized (this) {
        if (closed) {
          throw new StoreUnavailable("the store is closed");
        }
        found = idle.pollFirst();
      }
      if (found == null) {
        return null;
      }
      if (System.nanoTime() - found.since < TRUSTED_NANOSECONDS || isAlive(found.connection)) {
        return found.connection;
      }
      closeQuietly(found.connection);
    }
  }

  private static boolean isAlive(Connection connection) {
    try {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT);
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT);
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new StoreUnavailable("the driver does not know this kind of database");
    }
    // What single statements need; a stricter default of the database would refuse some of them.
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return connection;
  }

  private void giveBack(Connection connection, boolean healthy) {
    if (connection == null) {
      return;
    }
    synchronized (this) {
      if (healthy && !closed) {
        idle.addFirst(new Idle(connection, System.nanoTime()));
        return;
      }
      closeIdle();
    }
    closeQuietly(connection);
  }

  private synchronized void closeIdle() {
    idle.forEach(each -> closeQuietly(each.connection));
    idle.clear();
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was broken; there is nobody to tell.
      return;
    }
  }

  /** Class 08: connection; 57P: shutting down; 25006: it is a standby now, after a fail-over. */
  private static boolean isBroken(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.startsWith("08") || state.startsWith("57P")
        || state.equals("25006");
  }

  /**
   * With the driver's message only where nothing but the address can be in it: it quotes values.
   */
  private static StoreUnavailable unavailable(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean connecting = state.startsWith("08") || state.startsWith("28") || state.startsWith("3D");
    return new StoreUnavailable("the database refused with SQLSTATE " + state
        + (connecting ? ": " + e.getMessage() : ""), e);
  }
}
