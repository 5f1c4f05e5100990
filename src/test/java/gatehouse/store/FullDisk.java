package gatehouse.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** A disk on which a test decides how much fits, and whether it can be cut back or synced. */
final class FullDisk implements Disk {
  /** Bytes that can still be written; of a write that is larger, as many are. */
  volatile long room = Long.MAX_VALUE;
  volatile boolean truncates = true;
  volatile boolean syncs = true;

  @Override
  public FileChannel open(Path file, Set<? extends OpenOption> how) throws IOException {
    return new Channel(DataDirectory.openOwned(file, how));
  }

  private final class Channel extends FileChannel {
    private final FileChannel file;

    private Channel(FileChannel file) {
      this.file = file;
    }

    private ByteBuffer what(ByteBuffer from) throws IOException {
      if (room == 0) {
        throw new IOException("No space left on device");
      }
      ByteBuffer fits = from.slice();
      fits.limit((int) Math.min(room, fits.limit()));
      room -= fits.limit();
      from.position(from.position() + fits.limit());
      return fits;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return file.write(what(from));
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      return file.write(what(from), position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (!truncates) {
        throw new IOException("Input/output error");
      }
      return file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (!syncs) {
        throw new IOException("Input/output error");
      }
      file.force(metaData);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      return file.position(position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public int read(ByteBuffer to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer to, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
