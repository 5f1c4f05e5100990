package gatehouse.login;

import java.util.Arrays;

/**
 * The codewords of a QR code (ISO/IEC 18004): the data as bits, cut into blocks, each with its
 * Reed–Solomon remainder, interleaved. {@link QrCode} draws them.
 */
final class QrCodewords {
  /** §7.3.1, table 2: byte mode. Its count has eight bits up to version 9, then sixteen. */
  private static final int BYTE_MODE = 0b0100;
  private static final int LAST_SHORT_COUNT = 9;

  /** Table 1 and table 9 for level M, versions 1 to 10; the first entry stands for no version. */
  private static final int[] TOTAL = {0, 26, 44, 70, 100, 134, 172, 196, 242, 292, 346};
  private static final int[] CORRECTION = {0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26};
  private static final int[] BLOCKS = {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5};

  /** §7.4.10: what fills the rest, in turn. */
  private static final int[] PADDING = {0b1110_1100, 0b0001_0001};

  /** §7.5.2: arithmetic modulo x⁸ + x⁴ + x³ + x² + 1. */
  private static final int FIELD = 0b1_0001_1101;

  private QrCodewords() {
  }

  /** The smallest version that holds so many bytes; 0 if none of ours does. */
  static int version(int bytes) {
    for (int version = 1; version < TOTAL.length; version++) {
      if (4 + countBits(version) + 8 * bytes <= 8 * dataCodewords(version)) {
        return version;
      }
    }
    return 0;
  }

  /** All codewords in the order in which they are drawn. */
  static byte[] of(byte[] bytes, int version) {
    return interleave(data(bytes, version), version);
  }

  /** §7.4: mode, count, bytes, four zero bits, and padding. */
  private static byte[] data(byte[] bytes, int version) {
    byte[] data = new byte[dataCodewords(version)];
    int at = put(data, 0, BYTE_MODE, 4);
    at = put(data, at, bytes.length, countBits(version));
    for (byte b : bytes) {
      at = put(data, at, b & 0xff, 8);
    }
    // The bits are zero already; four of them end the text, and whole codewords follow.
    int next = (Math.min(at + 4, 8 * data.length) + 7) / 8;
    for (int i = 0; next + i < data.length; i++) {
      data[next + i] = (byte) PADDING[i % 2];
    }
    return data;
  }

  private static int put(byte[] data, int at, int value, int bits) {
    for (int i = 0; i < bits; i++) {
      int bit = value >> bits - 1 - i & 1;
      data[(at + i) / 8] |= (byte) (bit << 7 - (at + i) % 8);
    }
    return at + bits;
  }

  /** §7.6: the first codeword of every block, the second of every block, and so on. */
  private static byte[] interleave(byte[] data, int version) {
    int blocks = BLOCKS[version];
    int correction = CORRECTION[version];
    int shorter = data.length / blocks;
    int longBlocks = data.length % blocks; // those at the end have one more
    byte[] all = new byte[TOTAL[version]];
    int start = 0;
    for (int block = 0; block < blocks; block++) {
      int length = shorter + (block < blocks - longBlocks ? 0 : 1);
      byte[] part = Arrays.copyOfRange(data, start, start + length);
      start += length;
      for (int i = 0; i < length; i++) {
        int before = i < shorter ? i * blocks + block
            : shorter * blocks + block - (blocks - longBlocks);
        all[before] = part[i];
      }
      byte[] remainder = remainder(part, correction);
      for (int i = 0; i < correction; i++) {
        all[data.length + i * blocks + block] = remainder[i];
      }
    }
    return all;
  }

  /** §7.5.2: the remainder of the block divided by (x − 2⁰)(x − 2¹) … (x − 2ⁿ⁻¹). */
  static byte[] remainder(byte[] block, int length) {
    int[] divisor = divisor(length);
    byte[] remainder = new byte[length];
    for (byte b : block) {
      int factor = (b ^ remainder[0]) & 0xff;
      System.arraycopy(remainder, 1, remainder, 0, length - 1);
      remainder[length - 1] = 0;
      for (int i = 0; i < length; i++) {
        remainder[i] ^= (byte) multiply(divisor[i], factor);
      }
    }
    return remainder;
  }

  /** The coefficients below the leading one, highest power first. */
  private static int[] divisor(int degree) {
    int[] product = new int[degree];
    product[degree - 1] = 1;
    int root = 1;
    for (int i = 0; i < degree; i++) {
      for (int j = 0; j < degree; j++) {
        product[j] = multiply(product[j], root) ^ (j + 1 < degree ? product[j + 1] : 0);
      }
      root = multiply(root, 2);
    }
    return product;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = product << 1 ^ (product >> 7) * FIELD ^ (b >> bit & 1) * a;
    }
    return product;
  }

  private static int countBits(int version) {
    return version <= LAST_SHORT_COUNT ? 8 : 16;
  }

  private static int dataCodewords(int version) {
    return TOTAL[version] - CORRECTION[version] * BLOCKS[version];
  }
}
