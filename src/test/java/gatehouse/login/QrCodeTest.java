package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("ISO/IEC 18004")
class QrCodeTest {
  @Test
  @DisplayName("annex I: the correction codewords of the example")
  void correctsLikeTheExample() {
    byte[] data = HexFormat.of().parseHex("10200c566180ec11ec11ec11ec11ec11");
    assertArrayEquals(HexFormat.of().parseHex("a524d4c1ed36c7872c55"),
        QrCodewords.remainder(data, 10));
  }

  @Test
  void isReadBackAtEveryLength() {
    Random random = new Random(1);
    for (int length = 1; length <= 213; length++) {
      String text = random.ints(length, 0x20, 0x7f)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
      assertEquals(text, new QrReader(QrCode.of(text)).read());
    }
  }

  @ParameterizedTest
  @DisplayName("table 7: the bytes that a version holds at level M")
  @CsvSource({"14,21", "15,25", "26,25", "42,29", "62,33", "84,37", "106,41", "122,45", "152,49",
      "180,53", "181,57", "213,57"})
  void isNoLargerThanItHasToBe(int bytes, int size) {
    assertEquals(size, QrCode.of("x".repeat(bytes)).size());
  }

  @Test
  void holds213BytesAndNoMore() {
    assertTrue(QrCode.fits("x".repeat(213)));
    assertFalse(QrCode.fits("x".repeat(214)));
    assertFalse(QrCode.fits("\u00fc".repeat(107)));
  }

  @Test
  void isDrawnAsOnePathWithAQuietZone() {
    QrCode code = QrCode.of("x");
    assertEquals(29, code.svg().get("size"));
    String path = (String) code.svg().get("path");
    assertTrue(path.startsWith("M4 4h7v1h-7z"), path);
    assertTrue(path.matches("(M[0-9]+ [0-9]+h[0-9]+v1h-[0-9]+z)+"), path);
  }
}
