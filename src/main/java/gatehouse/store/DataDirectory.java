package gatehouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The directory of a {@link JournalStore}: who may use it, what is in it, and how a file gets a
 * name that survives a crash.
 *
 * <pre>
 *   DIR/               0700, as everything in it is for the owner alone
 *     lock             held by the one process that uses the directory
 *     format           the version stamp: "gatehouse 1"
 *     snapshot-7       all rows as they were when journal-7 began, or later
 *     journal-7        what changed since then
 *     snapshot-8.tmp   a snapshot being written
 * </pre>
 *
 * <p>It does not look into journals and snapshots. It refuses a directory with other people's
 * files, because a mistyped path should not become one that only we can read.
 */
final class DataDirectory implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("gatehouse.store");

  /** Raised when older versions could no longer read what newer ones write. */
  private static final int VERSION = 1;
  private static final String STAMP = "gatehouse ";
  private static final String UNFINISHED = ".tmp";

  /** What may lie in a directory that is to become ours: the last is found on fresh volumes. */
  private static final Set<String> HARMLESS = Set.of("lock", "format.tmp", "lost+found");

  private final Path path;
  private final Disk disk;
  private final DirectoryLock lock;

  private DataDirectory(Path path, Disk disk, DirectoryLock lock) {
    this.path = path;
    this.disk = disk;
    this.lock = lock;
  }

  /** Opens the directory for this process alone, and makes it if need be. */
  static DataDirectory open(Path path, Disk disk) throws IOException {
    create(path);
    DataDirectory directory =
        new DataDirectory(path, disk, DirectoryLock.of(path, ownerOnly(path, "rw-------")));
    try {
      directory.checkStamp();
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  Path file(String kind, long number) {
    return path.resolve(kind + "-" + number);
  }

  /** The numbers of the files of a kind, ascending. */
  TreeSet<Long> numbers(String kind) throws IOException {
    TreeSet<Long> numbers = new TreeSet<>();
    for (String name : names()) {
      if (name.matches(kind + "-[1-9][0-9]{0,17}")) {
        numbers.add(Long.parseLong(name.substring(kind.length() + 1)));
      }
    }
    return numbers;
  }

  /** Opens a file for writing where it ends, and makes it durably if it does not exist. */
  FileChannel append(Path file) throws IOException {
    FileChannel channel = disk.open(file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    try {
      channel.position(channel.size());
      sync(path);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Begins a file that has no name yet. */
  FileChannel begin(Path file) throws IOException {
    return disk.open(unfinished(file), Set.of(StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
  }

  /** Gives the file its name; its contents must be durable already. */
  void finish(Path file) throws IOException {
    Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
    sync(path);
  }

  /** Removes what was begun and never finished. */
  void removeUnfinished() throws IOException {
    for (String name : names()) {
      if (name.endsWith(UNFINISHED)) {
        Files.delete(path.resolve(name));
      }
    }
  }

  /** The files of both kinds with lower numbers have no use any more. */
  void removeBefore(long number) throws IOException {
    for (String kind : List.of(Journal.KIND, Snapshot.KIND)) {
      for (long old : numbers(kind).headSet(number)) {
        Files.delete(file(kind, old));
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** The usual disk: files for the owner alone. */
  static FileChannel openOwned(Path file, Set<? extends OpenOption> how) throws IOException {
    return FileChannel.open(file, how, ownerOnly(file, "rw-------"));
  }

  private static void create(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(path, ownerOnly(path, "rwx------"));
      if (parent != null) {
        sync(parent);
      }
      return;
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path)) {
        throw new StoreUnavailable(path + " is not a directory");
      }
    }
    boolean ours = Files.exists(path.resolve("format"));
    try (Stream<Path> files = Files.list(path)) {
      if (!ours && !files.allMatch(file -> HARMLESS.contains(file.getFileName().toString()))) {
        throw new StoreUnavailable(path + " has other files in it; give an empty directory");
      }
    }
    try {
      if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      // A volume that belongs to somebody else and is lent to us (Kubernetes does that).
      LOG.log(System.Logger.Level.WARNING, path + " may be readable by others", e);
    }
  }

  private void checkStamp() throws IOException {
    Path stamp = path.resolve("format");
    if (!Files.exists(stamp)) {
      try (FileChannel out = begin(stamp)) {
        out.write(ByteBuffer.wrap((STAMP + VERSION + "\n").getBytes(StandardCharsets.UTF_8)));
        out.force(true);
      }
      finish(stamp);
    }
    String text = new String(Files.readAllBytes(stamp), StandardCharsets.UTF_8).trim();
    if (!text.matches(STAMP + "[1-9][0-9]{0,8}")) {
      throw new StoreUnavailable(stamp + " is not a version stamp of Gatehouse");
    }
    if (Integer.parseInt(text.substring(STAMP.length())) > VERSION) {
      throw new StoreUnavailable(path + " was written by a newer Gatehouse (" + text
          + ", this one reads up to " + VERSION + "): use that one");
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /** New, renamed and deleted files are entries of the directory, which is synced like a file. */
  private static void sync(Path path) throws IOException {
    // Windows has no such thing, and needs none.
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
    return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)}
        : new FileAttribute<?>[0];
  }
}
