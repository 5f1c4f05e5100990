package gatehouse.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file of records from the beginning, and tells a file that was cut short by a crash from
 * one that is damaged.
 *
 * <p>Records are written one at a time, each made durable before the next. So a crash leaves at
 * most one bad record, and nothing after it: that one was never acknowledged, and the file is good
 * up to there. If a good record follows a bad one, bytes that were once safe have changed, and
 * whatever we made of the rest would be a wrong answer. One case cannot be told apart: damage to
 * the very last record looks like a crash.
 */
final class JournalReader {
  /** Few large reads; a start with a million rows is mostly this. */
  private static final int BUFFER_BYTES = 1 << 20;

  private JournalReader() {
  }

  /**
   * Shows all records.
   *
   * @return how many bytes of the file are good: all of them, or those before a torn record
   * @throws StoreUnavailable if the file is damaged
   */
  static long read(Path file, JournalRecord.Visitor visitor) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        DataInputStream in = new DataInputStream(
            new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES))) {
      long size = channel.size();
      long at = 0;
      while (at < size) {
        ByteBuffer body = body(in, size - at);
        if (body == null) {
          if (isRecordAfter(channel, at, size)) {
            throw new StoreUnavailable(file + " is damaged at byte " + at
                + ": restore the directory from a copy");
          }
          return at;
        }
        at += JournalRecord.HEAD_BYTES + body.remaining();
        JournalRecord.read(body, visitor);
      }
      return at;
    }
  }

  /** The changes of the record that begins here, or null if it is not good. */
  private static ByteBuffer body(DataInputStream in, long left) throws IOException {
    if (left < JournalRecord.HEAD_BYTES || in.readByte() != JournalRecord.MARK) {
      return null;
    }
    int length = in.readInt();
    int checksum = in.readInt();
    if (!isPossible(length, left)) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    return bytes.length == length && JournalRecord.checksum(length, bytes, 0) == checksum
        ? ByteBuffer.wrap(bytes) : null;
  }

  /** Searches for a good record after a bad one; it must begin within the length of the largest. */
  private static boolean isRecordAfter(FileChannel channel, long bad, long size)
      throws IOException {
    int most = 2 * (JournalRecord.HEAD_BYTES + JournalRecord.MAX_BODY_BYTES);
    ByteBuffer window = ByteBuffer.allocate((int) Math.min(most, size - bad - 1));
    while (window.hasRemaining() && channel.read(window, bad + 1 + window.position()) > 0) {
      // On until the window is full.
    }
    window.flip();
    for (int i = 0; i + JournalRecord.HEAD_BYTES < window.limit(); i++) {
      if (window.get(i) == JournalRecord.MARK) {
        int length = window.getInt(i + 1);
        int from = i + JournalRecord.HEAD_BYTES;
        if (isPossible(length, window.limit() - i)
            && JournalRecord.checksum(length, window.array(), from) == window.getInt(i + 5)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isPossible(int length, long left) {
    return length > 0 && length <= JournalRecord.MAX_BODY_BYTES
        && length <= left - JournalRecord.HEAD_BYTES;
  }
}
