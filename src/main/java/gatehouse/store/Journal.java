package gatehouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of the journal: the file that records are appended to, and how far it is good.
 *
 * <p>When a write fails, the file is cut back to where it was good before anything else is written.
 * While that fails too, nothing is: an operation that was refused must not come to light after a
 * restart because half a second later there was room for the rest of it.
 *
 * <p>Who uses it holds its monitor, {@link GroupCommit} for the length of a batch.
 */
final class Journal implements AutoCloseable {
  static final String KIND = "journal";

  private static final System.Logger LOG = System.getLogger("gatehouse.store");

  private final DataDirectory directory;
  private long number;
  private FileChannel file;
  private long end;
  private long before;
  private boolean torn;
  private boolean refusing;

  /**
   * Continues a journal.
   *
   * @param number of its last file
   * @param end how far that one is good
   * @param before bytes in older files that no snapshot has replaced yet
   */
  Journal(DataDirectory directory, long number, long end, long before) throws IOException {
    this.directory = directory;
    this.number = number;
    this.end = end;
    this.before = before;
    this.file = directory.append(directory.file(KIND, number));
    if (file.size() > end) {
      LOG.log(System.Logger.Level.WARNING, directory.file(KIND, number) + ": a crash left "
          + (file.size() - end) + " bytes of an operation that was never acknowledged; cut off");
      torn = true;
      mend();
    }
  }

  /** Makes the record durable, or throws and leaves the file as if it had never been tried. */
  void append(ByteBuffer record) throws IOException {
    if (torn) {
      mend();
    }
    try {
      int length = record.remaining();
      while (record.hasRemaining()) {
        file.write(record, end + record.position());
      }
      file.force(false);
      end += length;
      tell(false, "can be written again");
    } catch (IOException e) {
      tell(true, "cannot be written: " + e.getMessage());
      torn = true;
      try {
        mend();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Once when it begins and once when it is over, not for each request in between. */
  private void tell(boolean refuses, String what) {
    if (refusing != refuses) {
      refusing = refuses;
      LOG.log(refuses ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
          directory + " " + what);
    }
  }

  /** Goes on in the next file, which exists and is empty. */
  void continueIn(FileChannel next) throws IOException {
    if (torn) {
      mend();
    }
    file.close();
    file = next;
    number++;
    before += end;
    end = 0;
  }

  /** A snapshot has made the older files superfluous. */
  void forgetBefore() {
    before = 0;
  }

  /** The number of the file that is being written. */
  long number() {
    return number;
  }

  /** How much a start would have to read on top of the last snapshot. */
  long bytes() {
    return before + end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void mend() throws IOException {
    if (!file.isOpen()) {
      file = directory.append(directory.file(KIND, number));
    }
    file.truncate(end);
    file.force(true);
    torn = false;
  }
}
