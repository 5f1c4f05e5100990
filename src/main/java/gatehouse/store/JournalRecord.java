package gatehouse.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of journals and snapshots, which have the same form: one record after the other, and
 * nothing else.
 *
 * <pre>
 *   record   F7 │ length 4 │ crc 4 │ change │ change │ …
 *                            │       └──────── length ───┘
 *                            └ CRC-32C of the four bytes of length and of the changes
 *
 *   change   01 │ table │ key │ expires 8 │ row      the row is now this one
 *            02 │ table │ key                        the row is gone
 *            03 │ rows 8                             a snapshot is complete and has so many
 *
 *   table, key, row: length 4, UTF-8                 numbers are big-endian
 * </pre>
 *
 * <p>A record holds what became durable in one go, so after a crash either all of it is there or
 * none. F7 is in no UTF-8 text: nobody can send us a row that looks like a record, which matters
 * when a damaged file is searched for the next good one.
 */
final class JournalRecord {
  static final byte MARK = (byte) 0xF7;
  static final int HEAD_BYTES = 9;

  /** A larger length is damage and not worth allocating. */
  static final int MAX_BODY_BYTES = 4 << 20;

  /** Far beyond any row; small enough that one more fits when a record is half full. */
  static final int MAX_CHANGE_BYTES = MAX_BODY_BYTES / 2;

  private static final byte WRITTEN = 1;
  private static final byte REMOVED = 2;
  private static final byte COMPLETE = 3;

  /** Sees what a record says. */
  interface Visitor extends Tables.Visitor {
    /** The end of a snapshot. */
    void complete(long rows) throws IOException;
  }

  private JournalRecord() {
  }

  /** A row that is written, or removed if null. */
  static byte[] change(String table, String key, Row row) {
    byte[] tableBytes = table.getBytes(StandardCharsets.UTF_8);
    byte[] keyBytes = StoredText.ofKey(key).getBytes(StandardCharsets.UTF_8);
    long length = 9L + tableBytes.length + keyBytes.length
        + (row == null ? 0 : 12L + row.text().length);
    if (length > MAX_CHANGE_BYTES) {
      throw new IllegalArgumentException("a row larger than " + MAX_CHANGE_BYTES + " bytes");
    }
    ByteBuffer out = ByteBuffer.allocate((int) length).put(row == null ? REMOVED : WRITTEN);
    out.putInt(tableBytes.length).put(tableBytes).putInt(keyBytes.length).put(keyBytes);
    if (row != null) {
      out.putLong(row.expires()).putInt(row.text().length).put(row.text());
    }
    return out.array();
  }

  /** The end of a snapshot. */
  static byte[] complete(long rows) {
    return ByteBuffer.allocate(9).put(COMPLETE).putLong(rows).array();
  }

  /** A record of these changes, ready to be written. */
  static ByteBuffer of(List<byte[]> changes) {
    int length = changes.stream().mapToInt(change -> change.length).sum();
    ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + length);
    record.put(MARK).putInt(length).putInt(0);
    changes.forEach(record::put);
    return record.putInt(5, checksum(length, record.array(), HEAD_BYTES)).flip();
  }

  static int checksum(int length, byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(0, length));
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Shows what a record says whose checksum is right. */
  static void read(ByteBuffer body, Visitor visitor) throws IOException {
    try {
      while (body.hasRemaining()) {
        switch (body.get()) {
          case WRITTEN -> {
            String table = text(body);
            String key = StoredText.key(text(body));
            long expires = body.getLong();
            visitor.row(table, key, new Row(bytes(body), expires));
          }
          case REMOVED -> {
            String table = text(body);
            visitor.row(table, StoredText.key(text(body)), null);
          }
          case COMPLETE -> visitor.complete(body.getLong());
          default -> throw new IOException("a change of an unknown kind");
        }
      }
    } catch (BufferUnderflowException e) {
      throw new IOException("a change that ends too early", e);
    }
  }

  private static String text(ByteBuffer body) {
    return new String(bytes(body), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer body) {
    int length = body.getInt();
    if (length < 0 || length > body.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }
}
