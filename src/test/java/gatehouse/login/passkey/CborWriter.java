package gatehouse.login.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  private static void write(Object value, ByteArrayOutputStream out) {
    if (value instanceof Integer number) {
      head(number < 0 ? 1 : 0, number < 0 ? -1 - number : number, out);
    } else if (value instanceof byte[] bytes) {
      head(2, bytes.length, out);
      out.writeBytes(bytes);
    } else if (value instanceof String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      head(3, utf8.length, out);
      out.writeBytes(utf8);
    } else if (value instanceof Map<?, ?> map) {
      head(5, map.size(), out);
      map.forEach((key, item) -> {
        write(key, out);
        write(item, out);
      });
    } else {
      throw new IllegalArgumentException("cannot write " + value);
    }
  }

  private static void head(int major, int argument, ByteArrayOutputStream out) {
    if (argument < 24) {
      out.write(major << 5 | argument);
    } else if (argument < 0x100) {
      out.write(major << 5 | 24);
      out.write(argument);
    } else {
      out.write(major << 5 | 25);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) argument).array());
    }
  }
}
