package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL, and what a database adds: other processes, and restarts. */
class JdbcStoreTest implements StoreContract {
  private static final JsonObject ROW = new JsonObject().add("v", 1);

  private static PostgresServer server;
  private static Driver driver;

  private final TestClock clock = new TestClock();
  private JdbcStore store;

  @BeforeAll
  static void startServer() throws Exception {
    driver = ServiceLoader.load(Driver.class).findFirst().orElse(null);
    Assumptions.assumeTrue(driver != null, "the PostgreSQL driver is not on the class path");
    server = PostgresServer.start();
    Assumptions.assumeTrue(server != null,
        "PostgreSQL is not installed (Debian: apt-get install postgresql)");
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    sql("drop table if exists gatehouse_rows, gatehouse_schema");
    store = JdbcStore.open(server.url(), null, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public TestClock clock() {
    return clock;
  }

  private static void sql(String sql) throws Exception {
    try (Connection connection = driver.connect(server.url(), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws Exception {
    try (Connection connection = driver.connect(server.url(), new Properties());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  @DisplayName("two stores on one database see each other's rows")
  void shared() {
    try (JdbcStore other = JdbcStore.open(server.url(), null, clock)) {
      store.put("t", "k", ROW, Instant.MAX);
      assertFalse(other.insertIfAbsent("t", "k", ROW, Instant.MAX));
      assertEquals(ROW, other.take("t", "k"));
      assertNull(store.take("t", "k"));
    }
  }

  @Test
  @DisplayName("keys that PostgreSQL could not hold as they are come back, each as it was")
  void oddKeys() {
    List<String> keys = List.of("", "\"\"", "\ud800", "\udc00", "?", "\u0000", "\\u0000", "é", "É");
    keys.forEach(key -> store.put("t", key, new JsonObject().add("k", key), Instant.MAX));
    keys.forEach(key ->
        assertEquals(new JsonObject().add("k", key), store.get("t", key)));
    Set<String> seen = new HashSet<>();
    store.scan("t", (key, row) -> seen.add(key));
    assertEquals(Set.copyOf(keys), seen);
  }

  @Test
  @DisplayName("a scan shows every row once, however many there are")
  void longScan() throws Exception {
    sql("insert into gatehouse_rows select 't', 'k' || n, '{}', 9223372036854775807"
        + " from generate_series(1, 1700) n");
    List<String> seen = new ArrayList<>();
    store.scan("t", (key, row) -> seen.add(key));
    assertEquals(1700, seen.size());
    assertEquals(1700, Set.copyOf(seen).size());
  }

  @Test
  @DisplayName("fifty threads share eight connections, and one of them takes each row")
  void manyThreads() throws Exception {
    int threads = 50;
    for (int i = 0; i < 20; i++) {
      store.put("t", "k" + i, ROW, Instant.MAX);
    }
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger inserted = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(() -> {
          start.await();
          for (int key = 0; key < 20; key++) {
            taken.addAndGet(store.take("t", "k" + key) == null ? 0 : 1);
            inserted.addAndGet(store.insertIfAbsent("n", "k" + key, ROW, Instant.MAX) ? 1 : 0);
          }
          return null;
        });
      }
      for (Future<Void> each : executor.invokeAll(all)) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(20, taken.get());
    assertEquals(20, inserted.get());
    assertTrue(number("select count(*) from pg_stat_activity where usename = 'gatehouse'"
        + " and application_name like 'PostgreSQL JDBC%'") <= 9);
  }

  @Test
  @DisplayName("dead rows are deleted by those who write")
  void sweeps() throws Exception {
    for (int i = 0; i < 300; i++) {
      store.put("t", "k" + i, ROW, clock.instant().plus(Duration.ofMinutes(1)));
    }
    clock.advance(Duration.ofMinutes(2));
    for (int i = 0; i < 256; i++) {
      store.put("t", "living", ROW, Instant.MAX);
    }
    assertEquals(1, number("select count(*) from gatehouse_rows"));
  }

  @Test
  @DisplayName("after a restart of the database it goes on; while that is away, it says so")
  void restart() throws Exception {
    store.put("t", "k", ROW, Instant.MAX);
    server.down();
    assertThrows(StoreUnavailable.class, () -> store.get("t", "k"));
    assertThrows(StoreUnavailable.class, () -> store.put("t", "k", ROW, Instant.MAX));
    server.up();
    assertEquals(ROW, store.get("t", "k"));
    store.put("t", "k2", ROW, Instant.MAX);
  }

  @Test
  @DisplayName("a read survives a restart between two operations; a change is refused once at most")
  void restartUnnoticed() throws Exception {
    store.put("t", "k", ROW, Instant.MAX);
    server.down();
    server.up();
    assertEquals(ROW, store.get("t", "k"));
    server.down();
    server.up();
    try {
      store.put("t", "k", ROW, Instant.MAX);
    } catch (StoreUnavailable e) {
      store.put("t", "k", ROW, Instant.MAX);
    }
  }

  @Test
  @DisplayName("several processes may start on an empty database at once")
  void manyStarts() throws Exception {
    sql("drop table gatehouse_rows, gatehouse_schema");
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(() -> {
          JdbcStore.open(server.url(), null, clock).close();
          return null;
        });
      }
      for (Future<Void> start : executor.invokeAll(starts)) {
        start.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(1, number("select count(*) from gatehouse_schema"));
  }

  @Test
  @DisplayName("a newer schema is refused with a sentence")
  void newerSchema() throws Exception {
    sql("update gatehouse_schema set version = 2");
    assertTrue(assertThrows(StoreUnavailable.class,
        () -> JdbcStore.open(server.url(), null, clock)).getMessage().contains("newer Gatehouse"));
  }

  @Test
  @DisplayName("sealed rows are not in the database in the clear")
  void sealed() throws Exception {
    Store sealed = SealedStore.open(store, Set.of("keys"), "correct horse", () -> { }, clock);
    sealed.put("keys", "a", new JsonObject().add("pkcs8", "top secret"), Instant.MAX);
    assertTrue(sealed.replaceIfSame("keys", "a", sealed.get("keys", "a"), ROW, Instant.MAX));
    assertEquals(ROW, sealed.get("keys", "a"));
    assertEquals(0, number("select count(*) from gatehouse_rows where tbl = 'keys'"
        + " and row not like '{\"sealed\":%'"));
  }

  @Test
  @DisplayName("the driver comes from the jar that is named; without one it says what is missing")
  void driverJar() throws Exception {
    Path jar = Path.of(
        driver.getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    JdbcStore.open(server.url(), jar, clock).close();
    assertTrue(assertThrows(StoreUnavailable.class,
        () -> JdbcStore.open("jdbc:oracle:thin:@db", null, clock)).getMessage()
        .contains("no JDBC driver"));
    assertTrue(assertThrows(StoreUnavailable.class,
        () -> JdbcStore.open(server.url(), Path.of("missing.jar"), clock)).getMessage()
        .contains("cannot be read"));
  }
}
