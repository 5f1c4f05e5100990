package gatehouse.login.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes what {@link Cbor} reads, in the order of the map it is given. */
final class CborWriter {
  private CborWriter() {
  }

  static byte[] write(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return out.toByteArray();
  }

  /** RFC 8949 §4.2.1: every length in its shortest form. */
  private static void write(Object value, ByteArrayOutputStream out) {
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      head(number < 0 ? 1 : 0, number < 0 ? -1 - number : number, out);
    } else if (value instanceof byte[] bytes) {
      head(2, bytes.length, out);
      out.writeBytes(bytes);
    } else if (value instanceof String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      head(3, utf8.length, out);
      out.writeBytes(utf8);
    } else if (value instanceof List<?> list) {
      head(4, list.size(), out);
      list.forEach(item -> write(item, out));
    } else if (value instanceof Map<?, ?> map) {
      head(5, map.size(), out);
      map.forEach((key, item) -> {
        write(key, out);
        write(item, out);
      });
    } else if (value == null || value instanceof Boolean) {
      out.write(value == null ? 0xf6 : Boolean.TRUE.equals(value) ? 0xf5 : 0xf4);
    } else {
      throw new IllegalArgumentException("cannot write " + value);
    }
  }

  private static void head(int major, long argument, ByteArrayOutputStream out) {
    int bytes = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x1_0000 ? 2
        : argument < 0x1_0000_0000L ? 4 : 8;
    int info = switch (bytes) {
      case 0 -> (int) argument;
      case 1 -> 24;
      case 2 -> 25;
      case 4 -> 26;
      default -> 27;
    };
    out.write(major << 5 | info);
    out.write(ByteBuffer.allocate(8).putLong(argument).array(), 8 - bytes, bytes);
  }
}
