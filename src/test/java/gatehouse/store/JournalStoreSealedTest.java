package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sealed rows: the same answers for who has the passphrase, and nothing on disk for who has not.
 */
class JournalStoreSealedTest {
  private static final JsonObject KEY = new JsonObject().add("pkcs8", "top secret");
  private static final JsonObject OTHER = new JsonObject().add("pkcs8", "hush hush");

  private final TestClock clock = new TestClock();

  @TempDir
  Path temporary;

  private Store open(String passphrase) {
    JournalStore journal = JournalStore.open(temporary.resolve("data"), clock);
    try {
      return SealedStore.open(journal, Set.of("keys"), passphrase, journal::compact, clock);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private boolean onDisk(String text) throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve("data"))) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  @DisplayName("all operations work on sealed rows, which are not on disk in the clear")
  void operations() throws IOException {
    try (Store store = open("correct horse")) {
      store.put("keys", "a", KEY, Instant.MAX);
      assertFalse(store.insertIfAbsent("keys", "a", OTHER, Instant.MAX));
      assertTrue(store.insertIfAbsent("keys", "b", OTHER, Instant.MAX));
      assertFalse(store.replaceIfSame("keys", "a", OTHER, OTHER, Instant.MAX));
      assertTrue(store.replaceIfSame("keys", "b", OTHER, KEY, Instant.MAX));
      assertFalse(store.replaceIfSame("keys", "none", OTHER, KEY, Instant.MAX));
      store.put("open", "c", OTHER, Instant.MAX);
    }
    try (Store store = open("correct horse")) {
      Map<String, JsonObject> rows = new TreeMap<>();
      store.scan("keys", rows::put);
      assertEquals(Map.of("a", KEY, "b", KEY), rows);
      assertEquals(KEY, store.take("keys", "a"));
      assertNull(store.get("keys", "a"));
      assertEquals(OTHER, store.get("open", "c"));
    }
    assertFalse(onDisk("top secret"));
    assertTrue(onDisk("hush hush"), "a table that is not sealed");
  }

  @Test
  @DisplayName("without the passphrase, or with a wrong one, the start is refused")
  void wrongPassphrase() {
    open("correct horse").close();
    assertTrue(assertThrows(StoreUnavailable.class, () -> open("battery staple"))
        .getMessage().contains("not the one"));
    assertTrue(assertThrows(StoreUnavailable.class, () -> open(null))
        .getMessage().contains("its passphrase is needed"));
    open("correct horse").close();
  }

  @Test
  @DisplayName("the first passphrase seals what is there, and its old bytes leave the disk")
  void conversion() throws IOException {
    try (Store store = open(null)) {
      assertSame(JournalStore.class, store.getClass());
      store.put("keys", "a", KEY, Instant.MAX);
      assertTrue(onDisk("top secret"));
    }
    try (Store store = open("correct horse")) {
      assertEquals(KEY, store.get("keys", "a"));
      assertFalse(onDisk("top secret"));
    }
  }

  @Test
  @DisplayName("a sealed row that was moved to another key is refused")
  void moved() {
    try (Store store = open("correct horse")) {
      store.put("keys", "a", KEY, Instant.MAX);
    }
    try (JournalStore journal = JournalStore.open(temporary.resolve("data"), clock)) {
      journal.put("keys", "b", journal.get("keys", "a"), Instant.MAX);
    }
    try (Store store = open("correct horse")) {
      assertEquals(KEY, store.get("keys", "a"));
      assertThrows(StoreUnavailable.class, () -> store.get("keys", "b"));
    }
  }
}
