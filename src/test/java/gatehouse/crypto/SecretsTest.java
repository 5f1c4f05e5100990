package gatehouse.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void aHandleHas256BitsAndNeverComesTwice() {
    Set<String> handles = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String handle = Secrets.handle();
      assertEquals(32, Encoding.bytes(handle).length);
      assertTrue(handles.add(handle));
    }
  }

  @Test
  void everyBitOfAHandleVaries() {
    byte[] everSet = new byte[32];
    byte[] everClear = new byte[32];
    for (int i = 0; i < 200; i++) {
      byte[] bytes = Encoding.bytes(Secrets.handle());
      for (int j = 0; j < bytes.length; j++) {
        everSet[j] |= bytes[j];
        everClear[j] |= (byte) ~bytes[j];
      }
    }
    assertEquals("ff".repeat(32), Encoding.hex(everSet));
    assertEquals("ff".repeat(32), Encoding.hex(everClear));
  }

  /** FIPS 180-4, the example "abc". */
  @Test
  void hashesWithSha256() {
    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Encoding.hex(Secrets.sha256("abc".getBytes(StandardCharsets.US_ASCII))));
    assertEquals("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", Secrets.hash("abc"));
  }

  @Test
  void comparesWholeTexts() {
    assertTrue(Secrets.equal("é", "é"));
    assertFalse(Secrets.equal("abc", "abd"));
    assertFalse(Secrets.equal("abc", "abcd"));
    assertFalse(Secrets.equal("", "a"));
  }
}
