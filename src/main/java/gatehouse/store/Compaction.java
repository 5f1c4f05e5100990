package gatehouse.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CancellationException;

/**
 * Replaces the journal by a snapshot when it has grown too long, in the background.
 *
 * <pre>
 *   1  journal-8 is made, empty
 *   2  between two batches: from now on changes go to journal-8      a moment
 *   3  snapshot-8.tmp is written, made durable, named snapshot-8     as long as it takes
 *   4  snapshot-7 and journal-7 are deleted
 * </pre>
 *
 * <p>A crash after any step leaves a directory that {@link Recovery} reads. If a step fails, for
 * want of space say, journal-7 and journal-8 stay, and it is tried again when more has been
 * written.
 */
final class Compaction implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("gatehouse.store");

  /** Below this a start is quick anyway: some 100,000 changes. */
  private static final long LEAST_BYTES = 16 << 20;

  private final DataDirectory directory;
  private final Journal journal;
  private final Tables tables;

  /** How long the journal may become; with its monitor. */
  private long limit;

  private Thread running;
  private volatile boolean closed;

  Compaction(DataDirectory directory, Journal journal, Tables tables, long snapshotBytes) {
    this.directory = directory;
    this.journal = journal;
    this.tables = tables;
    this.limit = limit(snapshotBytes);
  }

  /** As long as the snapshot: then a row is copied about once for each time that it is written. */
  private static long limit(long snapshotBytes) {
    return Math.max(LEAST_BYTES, snapshotBytes);
  }

  /** Begins if it is time; called with the monitor of the journal. */
  void considerIt() {
    if (journal.bytes() >= limit && start() != null) {
      limit = Long.MAX_VALUE;
    }
  }

  /** Does it now, and waits for the end. */
  void compact() throws InterruptedException {
    // One that is under way may have begun before what the caller has written.
    Thread other;
    synchronized (this) {
      other = running;
    }
    if (other != null) {
      other.join();
    }
    Thread mine = start();
    if (mine != null) {
      mine.join();
    }
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      closed = true;
      last = running;
    }
    if (last != null) {
      GroupCommit.joinPatiently(last);
    }
  }

  /** The thread that does it, or null if it is too late for that. */
  private synchronized Thread start() {
    if (closed) {
      return null;
    }
    if (running == null || !running.isAlive()) {
      // Not the caller's thread: interrupted while it uses a file, it would close that file.
      running = new Thread(this::run, "gatehouse-compaction");
      running.setDaemon(true);
      running.start();
    }
    return running;
  }

  private void run() {
    long bytes = -1;
    try {
      bytes = replace();
    } catch (CancellationException e) {
      LOG.log(System.Logger.Level.DEBUG, e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, directory + ": the journal could not be replaced by a"
          + " snapshot, which is tried again: " + e.getMessage());
    }
    synchronized (journal) {
      limit = bytes >= 0 ? limit(bytes) : journal.bytes() + LEAST_BYTES;
    }
  }

  private long replace() throws IOException {
    long number;
    synchronized (journal) {
      number = journal.number() + 1;
    }
    FileChannel next = directory.append(directory.file(Journal.KIND, number));
    try {
      synchronized (journal) {
        journal.continueIn(next);
      }
    } catch (IOException e) {
      next.close();
      throw e;
    }
    long bytes = Snapshot.write(directory, number, tables, () -> closed);
    directory.removeBefore(number);
    synchronized (journal) {
      journal.forgetBefore();
    }
    return bytes;
  }
}
