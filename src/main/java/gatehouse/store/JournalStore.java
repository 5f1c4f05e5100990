package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Rows in memory, and every change in a journal on disk before the operation returns: what was
 * acknowledged is there after a crash, and what was not is there whole or not at all.
 *
 * <pre>
 *   get, scan ────────────────────────────► Tables             never wait for the disk
 *   put, insert, take, replace ──► GroupCommit ──► Journal     one sync for all who wait
 *                                       └────────► Tables      then everybody sees it
 *   in the background                Compaction ──► Snapshot
 *   at the start          Recovery ◄── DataDirectory           the files: drawn there
 *                                 ◄── JournalReader            their bytes: JournalRecord
 * </pre>
 *
 * <p>It is for one process: a second one that opens the directory is refused. It needs memory for
 * all rows. It does not conceal what it writes, except from other users of the machine; {@link
 * SealedStore} does.
 */
public final class JournalStore implements Store {
  private final DataDirectory directory;
  private final Tables tables;
  private final Journal journal;
  private final GroupCommit commits;
  private final Compaction compaction;
  private boolean closed;

  private JournalStore(DataDirectory directory, Clock clock) throws IOException {
    this.directory = directory;
    this.tables = new Tables(clock);
    Recovery recovery = new Recovery(directory, tables, clock);
    this.journal = recovery.run();
    this.compaction = new Compaction(directory, journal, tables, recovery.snapshotBytes());
    this.commits = new GroupCommit(journal, tables, clock, compaction::considerIt);
  }

  /**
   * Opens the store in a directory, which is made if there is none.
   *
   * @throws StoreUnavailable with a sentence for the operator, if the directory is in use, was
   *     written by a newer version, is damaged or cannot be used
   */
  public static JournalStore open(Path directory, Clock clock) {
    return open(directory, clock, DataDirectory::openOwned);
  }

  static JournalStore open(Path path, Clock clock, Disk disk) {
    try {
      DataDirectory directory = DataDirectory.open(path, disk);
      try {
        return new JournalStore(directory, clock);
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      throw new StoreUnavailable(
          path + " cannot be used: " + (reason == null ? "no access" : reason), e);
    }
  }

  @Override
  public JsonObject get(String table, String key) {
    Row row = tables.get(table, key);
    return row == null ? null : row.json();
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    change(Change.put(table, key, row, expires));
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return change(Change.insertIfAbsent(table, key, row, expires)) != null;
  }

  @Override
  public JsonObject take(String table, String key) {
    Row taken = change(Change.take(table, key));
    return taken == null ? null : taken.json();
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    return change(Change.replaceIfSame(table, key, expected, row, expires)) != null;
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    tables.scan(table, (name, key, row) -> visitor.accept(key, row.json()));
  }

  /** Leaves on disk the rows that are there now and nothing of what they were before. */
  public void compact() {
    try {
      compaction.compact();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    compaction.close();
    commits.close();
    try {
      journal.close();
      directory.close();
    } catch (IOException e) {
      throw new StoreUnavailable(directory + " could not be closed", e);
    }
  }

  private Row change(Change change) {
    // Memory holds what is on disk: what fails on that has failed, and needs no disk. Whatever is
    // on its way has not been acknowledged and may be taken to come later.
    boolean holds = change.condition().test(tables.get(change.table(), change.key()));
    return holds ? commits.commit(change) : null;
  }
}
