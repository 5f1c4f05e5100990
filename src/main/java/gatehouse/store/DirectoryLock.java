package gatehouse.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory for one process, by a lock on the file {@code lock} in it, which ends with the
 * process however that ends.
 *
 * <p>Within a process the set of directories decides before the file is touched: POSIX forgets a
 * process's lock when <i>any</i> descriptor of the file is closed, so a second attempt that merely
 * opened the file and gave up would take away the lock of the first. That makes this the one place
 * with static state: what it describes belongs to the process.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel file;

  /** Referred to for as long as it is held; Java would forget a lock that is garbage. */
  private final FileLock lock;

  private DirectoryLock(Path directory, FileChannel file, FileLock lock) {
    this.directory = directory;
    this.file = file;
    this.lock = lock;
  }

  /** Locks the directory, or refuses at once if it is locked. */
  static DirectoryLock of(Path path, FileAttribute<?>... permissions) throws IOException {
    Path directory = path.toRealPath();
    if (!HELD.add(directory)) {
      throw new StoreUnavailable(path + " is in use by this process already");
    }
    FileChannel file = null;
    try {
      file = FileChannel.open(directory.resolve("lock"),
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), permissions);
      FileLock lock = file.tryLock();
      if (lock == null) {
        throw new StoreUnavailable(path + " is in use by another process");
      }
      return new DirectoryLock(directory, file, lock);
    } catch (IOException | RuntimeException e) {
      HELD.remove(directory);
      if (file != null) {
        file.close();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      file.close();
    } finally {
      HELD.remove(directory);
    }
  }
}
