package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torn tails are cut off, damage is refused, and nothing in between: never a wrong answer. */
class JournalStoreDamageTest {
  private static final JsonObject ROW = new JsonObject().add("v", 1);

  private final TestClock clock = new TestClock();

  @TempDir
  Path temporary;

  private Path directory;
  private Path journal;

  /** Lengths of the journal after each of three changes: where the records begin and end. */
  private final int[] ends = new int[4];

  @BeforeEach
  void threeRecords() throws IOException {
    directory = temporary.resolve("data");
    journal = directory.resolve("journal-1");
    try (JournalStore store = JournalStore.open(directory, clock)) {
      for (int i = 1; i <= 3; i++) {
        store.put("t", "k" + i, ROW, Instant.MAX);
        ends[i] = (int) Files.size(journal);
      }
    }
  }

  private void assertRows(boolean... there) {
    try (JournalStore store = JournalStore.open(directory, clock)) {
      for (int i = 0; i < there.length; i++) {
        assertEquals(there[i] ? ROW : null, store.get("t", "k" + (i + 1)), "row " + (i + 1));
      }
    }
  }

  private String refusal() {
    return assertThrows(StoreUnavailable.class, () -> JournalStore.open(directory, clock).close())
        .getMessage();
  }

  @Test
  @DisplayName("a journal that ends anywhere in its last record is good up to there")
  void tornTail() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (int length = ends[2]; length < ends[3]; length++) {
      Files.write(journal, Arrays.copyOf(whole, length));
      assertRows(true, true, false);
      assertEquals(ends[2], Files.size(journal));
    }
  }

  @Test
  @DisplayName("a bit that flipped anywhere in the last record costs that record and no other")
  void flippedTail() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (int at = ends[2]; at < ends[3]; at++) {
      Files.write(journal, flipped(whole, at));
      assertRows(true, true, false);
    }
  }

  @Test
  @DisplayName("a bit that flipped before the last record refuses the start, with a sentence")
  void flippedMiddle() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (int at = 0; at < ends[2]; at++) {
      byte[] damaged = flipped(whole, at);
      Files.write(journal, damaged);
      assertTrue(refusal().contains("journal-1 is damaged at byte "), "byte " + at);
      assertEquals(-1, Arrays.mismatch(damaged, Files.readAllBytes(journal)), "left as it was");
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] damaged = bytes.clone();
    damaged[at] ^= (byte) (1 << at % 8);
    return damaged;
  }

  @Test
  @DisplayName("zeros and noise after the last record are cut off, and writing goes on")
  void garbageTail() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    byte[] noise = new byte[10_000];
    new java.util.Random(7).nextBytes(noise);
    for (byte[] garbage : List.of(new byte[4096], noise, new byte[] {JournalRecord.MARK})) {
      byte[] longer = Arrays.copyOf(whole, whole.length + garbage.length);
      System.arraycopy(garbage, 0, longer, whole.length, garbage.length);
      Files.write(journal, longer);
      assertRows(true, true, true);
      try (JournalStore store = JournalStore.open(directory, clock)) {
        store.put("t", "k4", ROW, Instant.MAX);
      }
      assertRows(true, true, true, true);
    }
  }

  @Test
  @DisplayName("a row whose text looks like a record does not pass for one")
  void recordInARow() throws IOException {
    byte[] record = Arrays.copyOf(Files.readAllBytes(journal), ends[1]);
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.put("t", "trap", new JsonObject().add("v",
          new String(record, java.nio.charset.StandardCharsets.ISO_8859_1)), Instant.MAX);
    }
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 1));
    assertRows(true, true, true);
  }

  @Test
  @DisplayName("a snapshot with any byte changed or missing refuses the start")
  void damagedSnapshot() throws IOException {
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.compact();
    }
    Path snapshot = directory.resolve("snapshot-2");
    byte[] whole = Files.readAllBytes(snapshot);
    for (int at = 0; at < whole.length; at++) {
      Files.write(snapshot, flipped(whole, at));
      assertTrue(refusal().contains("snapshot-2"), "byte " + at);
      Files.write(snapshot, Arrays.copyOf(whole, at));
      assertTrue(refusal().contains("snapshot-2"), "length " + at);
    }
    Files.write(snapshot, whole);
    assertRows(true, true, true);
  }

  @Test
  @DisplayName("a journal or snapshot that is missing refuses the start")
  void missingFile() throws IOException {
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.compact();
      store.put("t", "k4", ROW, Instant.MAX);
    }
    Path snapshot = directory.resolve("snapshot-2");
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(snapshot, elsewhere);
    assertTrue(refusal().contains("journal-1 is missing"));
    Files.move(elsewhere, snapshot);
    Files.move(directory.resolve("journal-2"), directory.resolve("journal-3"));
    assertTrue(refusal().contains("journal-2 is missing"));
  }

  @Test
  @DisplayName("a compaction that a crash ended at any step leaves a good directory")
  void interruptedCompaction() throws IOException {
    byte[] rows = Files.readAllBytes(journal);
    // After step 1, and while step 3 was under way.
    Files.createFile(directory.resolve("journal-2"));
    Files.write(directory.resolve("snapshot-2.tmp"), Arrays.copyOf(rows, 20));
    assertRows(true, true, true);
    try (Stream<Path> files = Files.list(directory)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
    // After step 2, with changes in the second journal.
    Files.write(directory.resolve("journal-2"), rows);
    assertRows(true, true, true);
    // Before step 4: what was replaced is still there, and out of date.
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.take("t", "k1");
      store.compact();
    }
    Files.write(journal, rows);
    assertRows(false, true, true);
    assertTrue(Files.notExists(journal));
  }

  @Test
  @DisplayName("a torn record in a journal that another one follows refuses the start")
  void tornBeforeTheLast() throws IOException {
    byte[] rows = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(rows, rows.length - 1));
    Files.write(directory.resolve("journal-2"), rows);
    assertTrue(refusal().contains("journal-1 is damaged"));
  }

  @Test
  @DisplayName("a directory of a newer version is refused, and not touched")
  void newerVersion() throws IOException {
    Files.writeString(directory.resolve("format"), "gatehouse 2\n");
    byte[] before = Files.readAllBytes(journal);
    assertTrue(refusal().contains("newer Gatehouse"));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(journal)));
    Files.writeString(directory.resolve("format"), "something else");
    assertTrue(refusal().contains("not a version stamp"));
    Files.writeString(directory.resolve("format"), "gatehouse 1\n");
    assertRows(true, true, true);
  }

  @Test
  @DisplayName("rows that are gone do not come back from a snapshot that was begun before")
  void removalAfterSnapshot() {
    try (JournalStore store = JournalStore.open(directory, clock)) {
      store.compact();
      assertEquals(ROW, store.take("t", "k2"));
    }
    try (JournalStore store = JournalStore.open(directory, clock)) {
      assertNull(store.get("t", "k2"));
    }
    assertRows(true, false, true);
  }
}
