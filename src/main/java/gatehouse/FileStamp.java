package gatehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Tells whether a file is another than it was, by its time and its size. A file that is missing for
 * a moment, while it is exchanged, has not changed.
 */
final class FileStamp {
  private final Path path;
  private String seen;

  /** Remembers the file as it is now, before it is read. */
  FileStamp(Path path) {
    this.path = path;
    this.seen = look();
  }

  /** Whether it has changed since the last time this was asked. */
  boolean hasChanged() {
    String now = look();
    if (now == null || now.equals(seen)) {
      return false;
    }
    seen = now;
    return true;
  }

  private String look() {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
