package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples of RFC 8949 appendix A, and what is not well-formed by appendix F or not ours. */
class CborTest {
  private static Object read(String hex) {
    return Cbor.read(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({"00,0", "01,1", "0a,10", "17,23", "1818,24", "1864,100", "1903e8,1000",
      "1a000f4240,1000000", "1b000000e8d4a51000,1000000000000", "20,-1", "29,-10", "3863,-100",
      "3903e7,-1000", "1b7fffffffffffffff,9223372036854775807",
      "3b7fffffffffffffff,-9223372036854775808"})
  void readsIntegers(String hex, long number) {
    assertEquals(number, read(hex));
  }

  @Test
  void readsTexts() {
    assertEquals("", read("60"));
    assertEquals("IETF", read("6449455446"));
    assertEquals("\u00fc", read("62c3bc"));
    assertEquals("\ud800\udd51", read("64f0908591"));
  }

  @Test
  void readsBytesArraysMapsAndSimpleValues() {
    assertArrayEquals(new byte[] {1, 2, 3, 4}, (byte[]) read("4401020304"));
    assertEquals(List.of(1L, List.of(2L, 3L), List.of(4L, 5L)), read("8301820203820405"));
    assertEquals(Map.of(1L, 2L, 3L, 4L), read("a201020304"));
    assertEquals(Map.of("a", 1L, "b", List.of(2L, 3L)), read("a26161016162820203"));
    assertEquals(false, read("f4"));
    assertEquals(true, read("f5"));
    assertNull(read("f6"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", "18", "19ff", "1a0001", "1bffffffff", // ends too early
      "41", "6461", "82", "8201", "a1", "a101", "a2010203",
      "5bffffffffffffffff", "5affffffff00", "9affffffff", "bb7fffffffffffffff", // lengths that lie
      "1bffffffffffffffff", "3bffffffffffffffff", // beyond 63 bits
      "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "bfff", "ff", // indefinite
      "1c", "1d", "1e", "5c", "7d", "9e", "fc", // reserved
      "c074323031332d30332d32315432303a30343a30305a", "c1f4", // tags
      "f90000", "fa47c35000", "fb3ff199999999999a", "f7", "f0", // fractions and the like
      "a201020103", "a2616101616102", // a key twice
      "a14100f4", "a180f4", "a1f4f4", // a key that is no number and no text
      "61ff", "62c328", // not UTF-8
      "0000", "a000" // more than one value
  })
  void refuses(String hex) {
    assertEquals(Refusal.MALFORMED, assertThrows(Refused.class, () -> read(hex)).reason());
  }

  @Test
  void goesEightLevelsDeep() {
    assertEquals(List.of(List.of(List.of(List.of(List.of(List.of(List.of(List.of()))))))),
        read("81".repeat(7) + "80"));
    assertThrows(Refused.class, () -> read("81".repeat(9) + "80"));
  }

  @Test
  void readsAThousandValuesAndNoMore() {
    assertEquals(999, ((List<?>) read("9903e7" + "00".repeat(999))).size());
    assertThrows(Refused.class, () -> read("9903e8" + "00".repeat(1000)));
  }
}
