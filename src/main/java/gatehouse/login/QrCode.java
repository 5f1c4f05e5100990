package gatehouse.login;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) as the path of an SVG: bytes, error correction level M, versions 1 to
 * 10.
 *
 * <p>That is 213 bytes at most, twice what an {@code otpauth:} address has. Drawn here, because the
 * page may neither load anything from elsewhere nor show a secret to whoever serves it.
 *
 * <p>It does not choose among the modes for digits and letters, which would save a few modules.
 */
final class QrCode {
  /** §7.3.1 with §7.9.1: M is 00, and comes before the three bits of the mask. */
  private static final int LEVEL_M = 0b00;

  /** §7.9.1, annex C: the remainder of the format bits, and what they are masked with. */
  private static final int FORMAT_DIVISOR = 0b101_0011_0111;
  private static final int FORMAT_MASK = 0b101_0100_0001_0010;

  /** §7.10, annex D: the remainder of the version bits, from version 7 on. */
  private static final int VERSION_DIVISOR = 0b1_1111_0010_0101;
  private static final int FIRST_WITH_VERSION = 7;

  private static final int MASKS = 8;

  /** §9.1: light modules on every side, without which scanners do not find the code. */
  private static final int QUIET = 4;

  private final int version;
  private final int size;
  private final boolean[][] dark;
  private final boolean[][] fixed;

  private QrCode(byte[] bytes) {
    this.version = QrCodewords.version(bytes.length);
    this.size = 17 + 4 * version;
    this.dark = new boolean[size][size];
    this.fixed = new boolean[size][size];
    drawPatterns();
    drawCodewords(QrCodewords.of(bytes, version));
    drawBestMask();
  }

  /** The code of a text. */
  static QrCode of(String text) {
    return new QrCode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the text is short enough. */
  static boolean fits(String text) {
    return QrCodewords.version(text.getBytes(StandardCharsets.UTF_8).length) > 0;
  }

  /** Modules on a side. */
  int size() {
    return size;
  }

  boolean isDark(int row, int column) {
    return dark[row][column];
  }

  /** The side of the picture with its quiet zone, and the path of its dark modules. */
  Map<String, Object> svg() {
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int start = column;
        while (column < size && dark[row][column]) {
          column++;
        }
        if (column > start) {
          path.append('M').append(QUIET + start).append(' ').append(QUIET + row)
              .append('h').append(column - start).append("v1h-").append(column - start)
              .append('z');
        }
      }
    }
    return Map.of("size", size + 2 * QUIET, "path", path.toString());
  }

  // What is the same for every text (§6.3).

  private void drawPatterns() {
    for (int i = 0; i < size; i++) {
      fix(6, i, i % 2 == 0); // timing
      fix(i, 6, i % 2 == 0);
    }
    drawFinder(3, 3);
    drawFinder(3, size - 4);
    drawFinder(size - 4, 3);
    drawAlignment();
    drawFormat(0); // for now, so that its modules are taken
    drawVersion();
  }

  /** Squares in squares, with a light border as far as there is room. */
  private void drawFinder(int row, int column) {
    for (int r = -4; r <= 4; r++) {
      for (int c = -4; c <= 4; c++) {
        int ring = Math.max(Math.abs(r), Math.abs(c));
        if (isInside(row + r) && isInside(column + c)) {
          fix(row + r, column + c, ring != 2 && ring != 4);
        }
      }
    }
  }

  /** Annex E: at the crossings of these lines, except under the three finders. */
  private void drawAlignment() {
    if (version == 1) {
      return;
    }
    int last = size - 7;
    int[] lines = version < FIRST_WITH_VERSION
        ? new int[] {6, last} : new int[] {6, (6 + last) / 2, last};
    for (int row : lines) {
      for (int column : lines) {
        boolean finder = row == 6 && column == 6 || row == 6 && column == last
            || row == last && column == 6;
        for (int r = -2; r <= 2 && !finder; r++) {
          for (int c = -2; c <= 2; c++) {
            fix(row + r, column + c, Math.max(Math.abs(r), Math.abs(c)) != 1);
          }
        }
      }
    }
  }

  /** §7.9.1, figure 25: level and mask, twice. */
  private void drawFormat(int mask) {
    int data = LEVEL_M << 3 | mask;
    int bits = (data << 10 | remainder(data, FORMAT_DIVISOR, 10)) ^ FORMAT_MASK;
    for (int i = 0; i < 15; i++) {
      boolean bit = (bits >> i & 1) == 1;
      // Around the upper left finder, stepping over the timing patterns.
      if (i < 8) {
        fix(i < 6 ? i : i + 1, 8, bit);
        fix(8, size - 1 - i, bit);
      } else {
        fix(8, i == 8 ? 7 : 14 - i, bit);
        fix(size - 15 + i, 8, bit);
      }
    }
    fix(size - 8, 8, true); // always dark
  }

  /** §7.10, figure 28. */
  private void drawVersion() {
    int bits = version << 12 | remainder(version, VERSION_DIVISOR, 12);
    for (int i = 0; i < 18 && version >= FIRST_WITH_VERSION; i++) {
      boolean bit = (bits >> i & 1) == 1;
      fix(i / 3, size - 11 + i % 3, bit);
      fix(size - 11 + i % 3, i / 3, bit);
    }
  }

  /** What is left of the data, moved up by so many bits, divided by the polynomial. */
  private static int remainder(int data, int divisor, int bits) {
    int rest = data;
    for (int i = 0; i < bits; i++) {
      rest = rest << 1 ^ (rest >> bits - 1) * divisor;
    }
    return rest;
  }

  private void fix(int row, int column, boolean isDark) {
    dark[row][column] = isDark;
    fixed[row][column] = true;
  }

  private boolean isInside(int index) {
    return index >= 0 && index < size;
  }

  /** §7.7.3: in columns of two from the right, upwards and downwards in turn. */
  private void drawCodewords(byte[] codewords) {
    int bit = 0;
    boolean up = true;
    for (int right = size - 1; right > 0; right -= 2, up = !up) {
      right = right == 6 ? 5 : right; // the timing pattern has a column of its own
      for (int i = 0; i < size; i++) {
        int row = up ? size - 1 - i : i;
        for (int column = right; column >= right - 1; column--) {
          if (!fixed[row][column] && bit < 8 * codewords.length) {
            dark[row][column] = (codewords[bit / 8] >> 7 - bit % 8 & 1) == 1;
            bit++;
          }
        }
      }
    }
  }

  /** §7.8.3: of the eight masks the one that looks least like something else. */
  private void drawBestMask() {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int mask = 0; mask < MASKS; mask++) {
      drawFormat(mask);
      invert(mask);
      int penalty = QrPenalty.of(dark);
      if (penalty < least) {
        least = penalty;
        best = mask;
      }
      invert(mask); // and back
    }
    drawFormat(best);
    invert(best);
  }

  private void invert(int mask) {
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        dark[row][column] ^= !fixed[row][column] && isMasked(mask, row, column);
      }
    }
  }

  /** §7.8.2, table 10. */
  static boolean isMasked(int mask, int i, int j) {
    return switch (mask) {
      case 0 -> (i + j) % 2 == 0;
      case 1 -> i % 2 == 0;
      case 2 -> j % 3 == 0;
      case 3 -> (i + j) % 3 == 0;
      case 4 -> (i / 2 + j / 3) % 2 == 0;
      case 5 -> i * j % 2 + i * j % 3 == 0;
      case 6 -> (i * j % 2 + i * j % 3) % 2 == 0;
      default -> ((i + j) % 2 + i * j % 3) % 2 == 0;
    };
  }
}
