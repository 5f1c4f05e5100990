package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.jose.Jwk;
import gatehouse.json.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an authenticator sends: CBOR, and authenticator data with a key in it. */
public final class CborFuzz {
  private CborFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Object value = Cbor.read(data);
      byte[] written = write(value);
      assertTrue(written.length <= data.length, "the shortest form is the longer one");
      assertArrayEquals(written, write(Cbor.read(written)), "written and read again");
    } catch (Refused e) {
      assertEquals(Refusal.MALFORMED, e.reason());
    }
    try {
      AuthenticatorData read = AuthenticatorData.read(data);
      assertEquals(data[32] & 0xff, read.flags());
      assertEquals(ByteBuffer.wrap(data).getInt(33) & 0xffff_ffffL, read.counter());
      if (read.credential() != null) {
        Jwk key = read.credential().key();
        assertTrue(read.credential().id().length <= data.length);
        assertEquals(key.key(), Jwk.read(Fields.of(new Jwk("k", key.alg(), key.key()).json())).key());
      }
    } catch (Refused e) {
      assertTrue(List.of(Refusal.MALFORMED, Refusal.ID_TOO_LONG, Refusal.WRONG_ALGORITHM)
          .contains(e.reason()));
    }
  }

  private static byte[] write(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return out.toByteArray();
  }

  /** RFC 8949 §4.2.1: every length in its shortest form. */
  private static void write(Object value, ByteArrayOutputStream out) {
    if (value instanceof Long number) {
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
    } else {
      out.write(value == null ? 0xf6 : Boolean.TRUE.equals(value) ? 0xf5 : 0xf4);
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
