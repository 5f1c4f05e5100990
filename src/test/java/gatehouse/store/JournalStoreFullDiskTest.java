package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses costs the operations that needed it; nothing half-done is ever seen. */
class JournalStoreFullDiskTest {
  private static final JsonObject OLD = new JsonObject().add("v", "old");
  private static final JsonObject NEW = new JsonObject().add("v", "new");

  private final TestClock clock = new TestClock();
  private final FullDisk disk = new FullDisk();

  @TempDir
  Path temporary;

  private Path directory;
  private JournalStore store;

  @BeforeEach
  void open() {
    directory = temporary.resolve("data");
    store = JournalStore.open(directory, clock, disk);
    store.put("t", "k", OLD, Instant.MAX);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void assertRefusesAndKeeps() {
    assertThrows(StoreUnavailable.class, () -> store.put("t", "k", NEW, Instant.MAX));
    assertThrows(StoreUnavailable.class, () -> store.insertIfAbsent("t", "n", NEW, Instant.MAX));
    assertThrows(StoreUnavailable.class, () -> store.take("t", "k"));
    assertThrows(StoreUnavailable.class,
        () -> store.replaceIfSame("t", "k", OLD, NEW, Instant.MAX));
    assertEquals(OLD, store.get("t", "k"));
    assertNull(store.get("t", "n"));
    // What needs no disk is answered.
    assertFalse(store.insertIfAbsent("t", "k", NEW, Instant.MAX));
    assertFalse(store.replaceIfSame("t", "k", NEW, OLD, Instant.MAX));
    assertNull(store.take("t", "n"));
  }

  private void assertRecovers() {
    assertTrue(store.replaceIfSame("t", "k", OLD, NEW, Instant.MAX));
    store.close();
    store = JournalStore.open(directory, clock, disk);
    assertEquals(NEW, store.get("t", "k"));
    assertNull(store.get("t", "n"));
  }

  @Test
  @DisplayName("a full disk refuses, whatever part of the record still fits, and then recovers")
  void full() throws IOException {
    long before = Files.size(directory.resolve("journal-1"));
    for (long room = 0; room < 40; room++) {
      disk.room = room;
      assertThrows(StoreUnavailable.class, () -> store.put("t", "k", NEW, Instant.MAX));
      assertEquals(before, Files.size(directory.resolve("journal-1")));
    }
    disk.room = 0;
    assertRefusesAndKeeps();
    disk.room = Long.MAX_VALUE;
    assertRecovers();
  }

  @Test
  @DisplayName("a record that cannot be cut off again blocks all others until it can")
  void cannotBeCutBack() {
    disk.room = 20;
    disk.truncates = false;
    assertRefusesAndKeeps();
    // Room alone is not enough: what was refused must not come to light.
    disk.room = Long.MAX_VALUE;
    assertRefusesAndKeeps();
    disk.truncates = true;
    assertRecovers();
  }

  @Test
  @DisplayName("a record that was written but not synced counts as never written")
  void cannotSync() {
    disk.syncs = false;
    assertRefusesAndKeeps();
    disk.syncs = true;
    assertRecovers();
  }

  @Test
  @DisplayName("a snapshot that does not fit leaves the journal as it is, and no litter")
  void snapshotDoesNotFit() throws IOException {
    disk.room = 20;
    store.compact();
    disk.room = Long.MAX_VALUE;
    store.put("t", "second", NEW, Instant.MAX);
    try (Stream<Path> files = Files.list(directory)) {
      assertTrue(files.noneMatch(file -> file.toString().contains("snapshot")));
    }
    store.compact();
    store.put("t", "third", NEW, Instant.MAX);
    store.close();
    store = JournalStore.open(directory, clock, disk);
    assertEquals(OLD, store.get("t", "k"));
    assertEquals(NEW, store.get("t", "second"));
    assertEquals(NEW, store.get("t", "third"));
  }

  @Test
  @DisplayName("a file system that is really full refuses and recovers")
  void realFileSystem() throws Exception {
    Path mount = Files.createDirectory(temporary.resolve("small"));
    Assumptions.assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=256k", "none", "" + mount),
        "only root can mount a small file system");
    try {
      Set<Integer> written = new HashSet<>();
      Path small = mount.resolve("data");
      JsonObject row = new JsonObject().add("v", "x".repeat(1_000));
      try (JournalStore full = JournalStore.open(small, clock)) {
        Path ballast = Files.write(mount.resolve("ballast"), new byte[64 << 10]);
        assertThrows(StoreUnavailable.class, () -> {
          for (int i = 0; i < 1_000; i++) {
            full.put("t", "k" + i, row, Instant.MAX);
            written.add(i);
          }
        });
        assertEquals(row, full.get("t", "k0"));
        Files.delete(ballast);
        full.put("t", "after", row, Instant.MAX);
      }
      try (JournalStore again = JournalStore.open(small, clock)) {
        Set<String> there = new HashSet<>();
        again.scan("t", (key, value) -> there.add(key));
        Set<String> expected = new HashSet<>(Set.of("after"));
        written.forEach(i -> expected.add("k" + i));
        assertEquals(expected, there);
      }
    } finally {
      assertTrue(succeeds("umount", "" + mount));
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
