package gatehouse.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

  /** RFC 4648 §10, without the padding. */
  @ParameterizedTest
  @CsvSource({"'',''", "f,Zg", "fo,Zm8", "foo,Zm9v", "foob,Zm9vYg", "fooba,Zm9vYmE",
    "foobar,Zm9vYmFy"})
  void encodesAndDecodesTheVectorsOfTheStandard(String text, String encoded) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertEquals(encoded, Encoding.base64url(bytes));
    assertArrayEquals(bytes, Encoding.bytes(encoded));
  }

  @Test
  void usesTheAlphabetThatIsSafeInUrls() {
    assertEquals("-_-_", Encoding.base64url(new byte[] {(byte) 0xfb, (byte) 0xff, (byte) 0xbf}));
  }

  /** RFC 4648 §3.5: Zg and Zh would both decode to the letter f. */
  @ParameterizedTest
  @ValueSource(strings = {"Zh", "Zm9", "Zm9vYh", "Z", "Zg==", "Zg=", "Zm+v", "Zm/v", "Zm9v\n",
    "Zm 9v", " Zm9v", "Zm9v.", "Zm9vé"})
  void refusesEveryOtherSpelling(String text) {
    String message = assertThrows(IllegalArgumentException.class, () -> Encoding.bytes(text))
        .getMessage();
    assertFalse(message.contains(text), message);
  }

  @Test
  void writesHexInLowerCase() {
    assertEquals("00097fff", Encoding.hex(new byte[] {0, 9, 127, -1}));
  }
}
