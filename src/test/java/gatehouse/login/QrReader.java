package gatehouse.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a QR code of level M, versions 1 to 10, back from its modules: written from ISO/IEC 18004
 * independently of {@link QrCode}. It corrects no errors; it insists that there are none.
 */
final class QrReader {
  /** Table 9, level M: blocks of so many data codewords (long ones have one more), and the rest. */
  private static final int[][] BLOCKS = {{}, {1, 16, 10}, {1, 28, 16}, {1, 44, 26}, {2, 32, 18},
      {2, 43, 24}, {4, 27, 16}, {4, 31, 18}, {4, 38, 22}, {5, 36, 22}, {5, 43, 26}};

  /** Table C.1: the fifteen format bits of level M, by mask. */
  private static final String[] FORMATS = {"101010000010010", "101000100100101",
      "101111001111100", "101101101001011", "100010111111001", "100000011001110",
      "100111110010111", "100101010100000"};

  /** Table D.1: the eighteen version bits, from version 7 on. */
  private static final String[] VERSIONS = {"000111110010010100", "001000010110111100",
      "001001101010011001", "001010010011010011"};

  private final QrCode code;
  private final int size;
  private final int version;

  QrReader(QrCode code) {
    this.code = code;
    this.size = code.size();
    this.version = (size - 17) / 4;
  }

  String read() {
    checkFinders();
    checkVersion();
    int mask = List.of(FORMATS).indexOf(format());
    byte[] codewords = codewords(mask);
    return text(data(codewords));
  }

  private void checkFinders() {
    String[] rows = {"1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"};
    for (int[] corner : new int[][] {{0, 0}, {0, size - 7}, {size - 7, 0}}) {
      for (int r = 0; r < 7; r++) {
        for (int c = 0; c < 7; c++) {
          require(code.isDark(corner[0] + r, corner[1] + c) == (rows[r].charAt(c) == '1'),
              "finder");
        }
      }
    }
    for (int i = 8; i < size - 8; i++) {
      require(code.isDark(6, i) == (i % 2 == 0) && code.isDark(i, 6) == (i % 2 == 0), "timing");
    }
  }

  /** Figure 25: bit 14 first, once along row 8 and down column 8, once near the other finders. */
  private String format() {
    StringBuilder first = new StringBuilder();
    for (int column : new int[] {0, 1, 2, 3, 4, 5, 7, 8}) {
      first.append(bit(8, column));
    }
    for (int row : new int[] {7, 5, 4, 3, 2, 1, 0}) {
      first.append(bit(row, 8));
    }
    StringBuilder second = new StringBuilder();
    for (int i = 1; i <= 7; i++) {
      second.append(bit(size - i, 8));
    }
    for (int i = 8; i >= 1; i--) {
      second.append(bit(8, size - i));
    }
    require(first.toString().equals(second.toString()), "format " + first + " " + second);
    require(code.isDark(size - 8, 8), "dark module");
    return first.toString();
  }

  private void checkVersion() {
    if (version >= 7) {
      StringBuilder bits = new StringBuilder();
      for (int i = 17; i >= 0; i--) {
        bits.append(bit(i / 3, size - 11 + i % 3));
        require(bit(i / 3, size - 11 + i % 3) == bit(size - 11 + i % 3, i / 3), "version");
      }
      require(bits.toString().equals(VERSIONS[version - 7]), "version " + bits);
    }
  }

  private byte[] codewords(int mask) {
    StringBuilder bits = new StringBuilder();
    int turn = 0;
    for (int right = size - 1; right > 0; right -= 2) {
      if (right == 6) {
        right--;
      }
      for (int i = 0; i < size; i++) {
        int row = turn % 2 == 0 ? size - 1 - i : i;
        for (int column = right; column > right - 2; column--) {
          if (isData(row, column)) {
            boolean inverted = QrCode.isMasked(mask, row, column);
            bits.append(code.isDark(row, column) != inverted ? '1' : '0');
          }
        }
      }
      turn++;
    }
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  private boolean isData(int row, int column) {
    boolean corner = row < 9 && column < 9 || row < 9 && column >= size - 8
        || row >= size - 8 && column < 9;
    boolean versionBits = version >= 7
        && (row < 6 && column >= size - 11 || column < 6 && row >= size - 11);
    return !corner && !versionBits && row != 6 && column != 6 && !isAlignment(row, column);
  }

  /** Annex E, table E.1. */
  private boolean isAlignment(int row, int column) {
    int[][] centres = {{}, {}, {6, 18}, {6, 22}, {6, 26}, {6, 30}, {6, 34}, {6, 22, 38},
        {6, 24, 42}, {6, 26, 46}, {6, 28, 50}};
    for (int r : centres[version]) {
      for (int c : centres[version]) {
        boolean finder = r == 6 && (c == 6 || c == size - 7) || c == 6 && r == size - 7;
        if (!finder && Math.abs(row - r) <= 2 && Math.abs(column - c) <= 2) {
          return true;
        }
      }
    }
    return false;
  }

  /** Takes the blocks apart and demands that each is a multiple of its generator. */
  private byte[] data(byte[] codewords) {
    int count = BLOCKS[version][0];
    int correction = BLOCKS[version][2];
    int total = codewords.length - count * correction;
    List<List<Byte>> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(new ArrayList<>());
    }
    int at = 0;
    for (int i = 0; i <= BLOCKS[version][1]; i++) {
      for (int block = 0; block < count; block++) {
        boolean isLong = block >= count - total % count;
        if (i < BLOCKS[version][1] || isLong) {
          blocks.get(block).add(codewords[at++]);
        }
      }
    }
    List<Byte> data = new ArrayList<>();
    blocks.forEach(data::addAll);
    for (int i = 0; i < correction; i++) {
      for (int block = 0; block < count; block++) {
        blocks.get(block).add(codewords[at++]);
      }
    }
    blocks.forEach(block -> checkSyndromes(block, correction));
    byte[] bytes = new byte[data.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = data.get(i);
    }
    return bytes;
  }

  private static void checkSyndromes(List<Byte> block, int correction) {
    int root = 1;
    for (int i = 0; i < correction; i++) {
      int sum = 0;
      for (byte b : block) {
        sum = times(sum, root) ^ b & 0xff;
      }
      require(sum == 0, "syndrome " + i);
      root = times(root, 2);
    }
  }

  private static int times(int a, int b) {
    int product = 0;
    for (int i = 0; i < 8; i++) {
      product ^= (b >> i & 1) != 0 ? a << i : 0;
    }
    for (int i = 14; i >= 8; i--) {
      product ^= (product >> i & 1) != 0 ? 0x11d << i - 8 : 0;
    }
    return product;
  }

  private String text(byte[] data) {
    StringBuilder bits = new StringBuilder();
    for (byte b : data) {
      bits.append(Integer.toBinaryString(b & 0xff | 0x100).substring(1));
    }
    require(bits.substring(0, 4).equals("0100"), "mode");
    int start = version < 10 ? 12 : 20;
    byte[] bytes = new byte[Integer.parseInt(bits.substring(4, start), 2)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(start + 8 * i, start + 8 * i + 8), 2);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private char bit(int row, int column) {
    return code.isDark(row, column) ? '1' : '0';
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
