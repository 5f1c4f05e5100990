package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LogLines log = new LogLines(out);

  @Test
  void writesARecordAsOneLineWithTimeAndLevel() {
    LogRecord record = new LogRecord(Level.INFO, "{\"event\":\"token\"}");
    record.setInstant(LocalDateTime.of(2026, 11, 26, 11, 0, 0)
        .atZone(ZoneId.systemDefault()).toInstant());
    log.publish(record);
    log.flush();
    assertEquals(List.of("2026-11-26T11:00:00 INFO {\"event\":\"token\"}"), written());
  }

  @Test
  void writesAWarningAtOnceAndWhatCameBeforeIt() {
    log.publish(new LogRecord(Level.INFO, "before"));
    log.publish(new LogRecord(Level.WARNING, "careful"));
    assertEquals(2, written().size());
  }

  @Test
  void writesWhatWasGatheredWhenItIsClosedAndWhatComesLaterAtOnce() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      LogRecord record = new LogRecord(Level.INFO, "line " + i);
      record.setInstant(Instant.EPOCH);
      log.publish(record);
      expected.add("line " + i);
    }
    log.close();
    log.publish(new LogRecord(Level.INFO, "after"));
    expected.add("after");
    assertEquals(expected, written().stream().map(line -> line.substring(25)).toList());
  }

  @Test
  void writesWhatWasGatheredWithoutBeingAsked() throws InterruptedException {
    log.publish(new LogRecord(Level.INFO, "alone"));
    for (long end = System.nanoTime() + 10_000_000_000L; out.size() == 0;) {
      assertTrue(System.nanoTime() < end, "never written");
      Thread.sleep(1);
    }
    assertTrue(written().get(0).endsWith(" INFO alone"));
  }

  @Test
  void showsWhatWasThrown() {
    LogRecord record = new LogRecord(Level.SEVERE, "reference 0a1b");
    record.setThrown(new IllegalStateException("broken"));
    log.publish(record);
    assertTrue(written().get(1).equals("java.lang.IllegalStateException: broken"));
    assertTrue(written().size() > 2, "no stack trace");
  }

  private List<String> written() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
