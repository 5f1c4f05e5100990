package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.jose.Jwk;
import gatehouse.json.Fields;
import java.nio.ByteBuffer;
import java.util.List;

/** What an authenticator sends: CBOR, and authenticator data with a key in it. */
public final class CborFuzz {
  private CborFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      Object value = Cbor.read(data);
      byte[] written = CborWriter.write(value);
      assertTrue(written.length <= data.length, "the shortest form is the longer one");
      assertArrayEquals(written, CborWriter.write(Cbor.read(written)), "written and read again");
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
}
