package gatehouse.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Opens files for writing: the seam at which a test hands out a disk that is full. */
@FunctionalInterface
interface Disk {
  FileChannel open(Path file, Set<? extends OpenOption> how) throws IOException;
}
