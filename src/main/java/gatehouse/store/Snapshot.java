package gatehouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Writes all living rows to a file while changes go on.
 *
 * <p>It is not the state of one moment: a row that changes meanwhile is in it as it was before or
 * after. That is enough, because the journal that begins with the snapshot has every change since,
 * and says what a row is now, not how it differs: read on top, it sets right whatever was missed.
 */
final class Snapshot {
  static final String KIND = "snapshot";

  /** Large enough to cost few system calls. */
  private static final int RECORD_BYTES = 256 << 10;

  private final FileChannel file;
  private final BooleanSupplier isCancelled;
  private final List<byte[]> changes = new ArrayList<>();
  private int bytes;
  private long rows;

  private Snapshot(FileChannel file, BooleanSupplier isCancelled) {
    this.file = file;
    this.isCancelled = isCancelled;
  }

  /**
   * Writes the file, which has its name when this returns.
   *
   * @return its length
   */
  static long write(DataDirectory directory, long number, Tables tables,
      BooleanSupplier isCancelled) throws IOException {
    Path name = directory.file(KIND, number);
    try (FileChannel file = directory.begin(name)) {
      Snapshot snapshot = new Snapshot(file, isCancelled);
      tables.scan(snapshot::add);
      snapshot.changes.add(JournalRecord.complete(snapshot.rows));
      snapshot.flush();
      file.force(true);
      long length = file.size();
      directory.finish(name);
      return length;
    } catch (Unwritable e) {
      throw e.cause;
    } finally {
      // Half a snapshot on a full disk is the last thing that anybody needs.
      directory.removeUnfinished();
    }
  }

  private void add(String table, String key, Row row) {
    byte[] change = JournalRecord.change(table, key, row);
    if (bytes + change.length > RECORD_BYTES) {
      try {
        flush();
      } catch (IOException e) {
        throw new Unwritable(e);
      }
    }
    changes.add(change);
    bytes += change.length;
    rows++;
  }

  private void flush() throws IOException {
    if (isCancelled.getAsBoolean()) {
      throw new CancellationException("the store is being closed");
    }
    if (!changes.isEmpty()) {
      ByteBuffer record = JournalRecord.of(changes);
      while (record.hasRemaining()) {
        file.write(record);
      }
      // Little by little: a sync of everything at the end would make those of the journal wait.
      file.force(false);
    }
    changes.clear();
    bytes = 0;
  }

  /** Carries an exception through a visitor. */
  private static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    private Unwritable(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
