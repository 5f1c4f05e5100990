package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only this store promises: the rows are there after a restart, for one process at a time. */
class JournalStoreTest implements StoreContract {
  private final TestClock clock = new TestClock();
  private Path directory;
  private JournalStore store;

  @BeforeEach
  void open(@TempDir Path temporary) {
    directory = temporary.resolve("data");
    store = JournalStore.open(directory, clock);
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

  private void restart() {
    store.close();
    store = JournalStore.open(directory, clock);
  }

  private static JsonObject row(String value) {
    return new JsonObject().add("value", value);
  }

  private Instant inAnHour() {
    return clock.instant().plus(Duration.ofHours(1));
  }

  @Test
  @DisplayName("each kind of change is there after a restart, with and without a snapshot")
  void restarts() {
    for (boolean compacted : new boolean[] {false, true, true}) {
      store.put("t", "put", row("a"), inAnHour());
      store.insertIfAbsent("t", "inserted", row("b"), Instant.MAX);
      store.put("t", "taken", row("c"), inAnHour());
      store.take("t", "taken");
      store.put("t", "replaced", row("d"), inAnHour());
      store.replaceIfSame("t", "replaced", row("d"), row("e"), inAnHour());
      if (compacted) {
        store.compact();
      }
      restart();
      assertEquals(row("a"), store.get("t", "put"));
      assertEquals(row("b"), store.get("t", "inserted"));
      assertNull(store.get("t", "taken"));
      assertEquals(row("e"), store.get("t", "replaced"));
    }
  }

  @Test
  @DisplayName("a row expires while the store is closed; one that was given less time does too")
  void expiresWhileClosed() {
    store.put("t", "short", row("a"), inAnHour());
    store.put("t", "shortened", row("b"), clock.instant().plus(Duration.ofDays(1)));
    store.put("t", "shortened", row("b"), inAnHour());
    store.close();
    clock.advance(Duration.ofHours(2));
    store = JournalStore.open(directory, clock);
    assertNull(store.get("t", "short"));
    assertNull(store.get("t", "shortened"));
  }

  @Test
  @DisplayName("keys that no UTF-8 file could hold come back, each as it was")
  void oddKeys() {
    List<String> keys = List.of("", "\"\"", "\ud800", "\udc00", "?", "\u0000", "\\u0000", "𝄞");
    keys.forEach(key -> store.put("t", key, row(key), inAnHour()));
    restart();
    keys.forEach(key -> assertEquals(row(key), store.get("t", key)));
    List<String> seen = new ArrayList<>();
    store.scan("t", (key, row) -> seen.add(key));
    assertEquals(keys.stream().sorted().toList(), seen.stream().sorted().toList());
  }

  @Test
  @DisplayName("the largest rows may come all at once; a larger one is refused")
  void largeRows() {
    JsonObject large = row("x".repeat(JournalRecord.MAX_CHANGE_BYTES - 100));
    IntStream.range(0, 12).parallel()
        .forEach(i -> store.put("t", "k" + i, large, inAnHour()));
    JsonObject larger = row("x".repeat(JournalRecord.MAX_CHANGE_BYTES));
    assertThrows(IllegalArgumentException.class,
        () -> store.put("t", "k", larger, inAnHour()));
    restart();
    store.compact();
    restart();
    IntStream.range(0, 12).forEach(i -> assertEquals(large, store.get("t", "k" + i)));
  }

  @Test
  @DisplayName("a second store on the directory is refused, and the first is not disturbed")
  void oneAtATime() {
    assertTrue(assertThrows(StoreUnavailable.class, () -> JournalStore.open(directory, clock))
        .getMessage().contains("in use"));
    store.put("t", "k", row("a"), inAnHour());
    restart();
    assertEquals(row("a"), store.get("t", "k"));
  }

  @Test
  @DisplayName("directory and files are for their owner alone")
  void permissions() throws Exception {
    Assumptions.assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"),
        "the file system has no POSIX permissions");
    store.compact();
    assertEquals("rwx------", permissions(directory));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  @DisplayName("a directory with other people's files is refused and left as it was")
  void foreignDirectory(@TempDir Path home) throws Exception {
    Files.writeString(home.resolve("letter.txt"), "Dear Alice");
    String before = permissions(home);
    assertTrue(assertThrows(StoreUnavailable.class, () -> JournalStore.open(home, clock))
        .getMessage().contains("other files"));
    assertEquals(before, permissions(home));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  @DisplayName("a store that was closed refuses changes")
  void closed() {
    store.close();
    assertThrows(StoreUnavailable.class, () -> store.put("t", "k", row("a"), inAnHour()));
  }
}
