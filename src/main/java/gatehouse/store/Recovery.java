package gatehouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * The start: the newest snapshot, the journals since, and whatever a crash has left lying about.
 *
 * <p>Only the last journal may end in a torn record. All else was complete before anything was
 * built on it, so there a missing file or a bad byte is damage, and the start is refused: better
 * no answer than one from half of the truth, such as a revoked grant that is alive again.
 */
final class Recovery {
  private final DataDirectory directory;
  private final Tables tables;
  private final Clock clock;
  private long snapshotBytes;

  Recovery(DataDirectory directory, Tables tables, Clock clock) {
    this.directory = directory;
    this.tables = tables;
    this.clock = clock;
  }

  /** Reads all rows into memory; the journal that is returned goes on from there. */
  Journal run() throws IOException {
    directory.removeUnfinished();
    TreeSet<Long> snapshots = directory.numbers(Snapshot.KIND);
    long first = snapshots.isEmpty() ? 1 : snapshots.last();
    if (!snapshots.isEmpty()) {
      readSnapshot(directory.file(Snapshot.KIND, first));
    }
    long number = first;
    long end = 0;
    long before = 0;
    Deque<Long> journals = journalsFrom(first);
    while (!journals.isEmpty()) {
      before += end;
      number = journals.remove();
      end = readJournal(directory.file(Journal.KIND, number), journals.isEmpty());
    }
    directory.removeBefore(first);
    return new Journal(directory, number, end, before);
  }

  /** The length of the snapshot that was read. */
  long snapshotBytes() {
    return snapshotBytes;
  }

  /** The journals with something in them, which must be there without a gap. */
  private Deque<Long> journalsFrom(long first) throws IOException {
    Deque<Long> journals = new ArrayDeque<>(directory.numbers(Journal.KIND).tailSet(first));
    // The last ones are empty if compaction was interrupted before the first change to them.
    while (!journals.isEmpty()
        && Files.size(directory.file(Journal.KIND, journals.getLast())) == 0) {
      Files.delete(directory.file(Journal.KIND, journals.removeLast()));
    }
    long expected = first;
    for (long number : journals) {
      if (number != expected++) {
        throw damaged(directory.file(Journal.KIND, expected - 1), "is missing");
      }
    }
    return journals;
  }

  private void readSnapshot(Path file) throws IOException {
    Rows rows = new Rows();
    snapshotBytes = Files.size(file);
    if (JournalReader.read(file, rows) != snapshotBytes || rows.complete != rows.seen) {
      throw damaged(file, "is incomplete");
    }
  }

  private long readJournal(Path file, boolean last) throws IOException {
    long good = JournalReader.read(file, new Rows());
    if (!last && good != Files.size(file)) {
      throw damaged(file, "is damaged at byte " + good);
    }
    return good;
  }

  private static StoreUnavailable damaged(Path file, String what) {
    return new StoreUnavailable(file + " " + what + ": restore the directory from a copy");
  }

  /** Puts what is read into the tables. */
  private final class Rows implements JournalRecord.Visitor {
    private long seen;
    private long complete = -1;

    @Override
    public void row(String table, String key, Row row) {
      seen++;
      // A row that is over still ends the one that it replaced.
      tables.set(table, key, row != null && row.lives(clock.millis()) ? row : null);
    }

    @Override
    public void complete(long rows) {
      complete = rows;
    }
  }
}
