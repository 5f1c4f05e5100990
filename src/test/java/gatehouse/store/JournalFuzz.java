package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two readings of the input: as a whole file of somebody's invention, which is read or refused; and
 * as damage to a journal of three records (up to four bytes in a row, or an end that is missing),
 * of which then only what was written is seen, in order, or nothing.
 */
public final class JournalFuzz {
  private static final List<String> WRITTEN = new ArrayList<>();
  private static final byte[] JOURNAL = journal();

  private JournalFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Path file = Files.createTempFile("gatehouse-fuzz", null);
      try {
        Files.write(file, data);
        List<String> seen = new ArrayList<>();
        try {
          long good = JournalReader.read(file, visitor(seen));
          assertTrue(good <= data.length);
          Files.write(file, Arrays.copyOf(data, (int) good));
          List<String> again = new ArrayList<>();
          assertEquals(good, JournalReader.read(file, visitor(again)));
          assertEquals(seen, again, "cut off there, it says the same");
        } catch (StoreUnavailable | IOException e) {
          assertTrue(e.getMessage().length() > 10, "a refusal is a sentence");
        }
        damaged(file, data);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void damaged(Path file, byte[] data) throws IOException {
    if (data.length < 4) {
      return;
    }
    int at = ((data[0] & 0xff) << 8 | data[1] & 0xff) % JOURNAL.length;
    byte[] bytes = (data[2] & 1) == 0 ? JOURNAL.clone() : Arrays.copyOf(JOURNAL, at);
    for (int i = 3; i < data.length && i < 7 && at + i - 3 < bytes.length; i++) {
      bytes[at + i - 3] = data[i];
    }
    Files.write(file, bytes);
    List<String> seen = new ArrayList<>();
    try {
      JournalReader.read(file, visitor(seen));
    } catch (StoreUnavailable e) {
      assertTrue(e.getMessage().contains("is damaged at byte "));
    }
    assertEquals(WRITTEN.subList(0, seen.size()), seen, "what was never written");
  }

  private static byte[] journal() {
    ByteBuffer out = ByteBuffer.allocate(10_000);
    for (int i = 0; i < 3; i++) {
      String text = "{\"n\":" + i + "}";
      Row row = new Row(text.getBytes(StandardCharsets.UTF_8), 1_000 + i);
      out.put(JournalRecord.of(List.of(JournalRecord.change("t", "k" + i, row),
          JournalRecord.change("t", "old" + i, null))));
      WRITTEN.add("t k" + i + " " + text + " " + (1_000 + i));
      WRITTEN.add("t old" + i + " null");
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static JournalRecord.Visitor visitor(List<String> seen) {
    return new JournalRecord.Visitor() {
      @Override
      public void row(String table, String key, Row row) {
        seen.add(table + " " + key + " " + (row == null ? null
            : new String(row.text(), StandardCharsets.UTF_8) + " " + row.expires()));
      }

      @Override
      public void complete(long rows) {
        seen.add("complete " + rows);
      }
    };
  }
}
