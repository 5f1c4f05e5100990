package gatehouse.login;

/**
 * How hard a QR code would be to read (ISO/IEC 18004 §7.8.3, table 11): points for long runs,
 * blocks, what looks like a finder, and too much of one colour.
 */
final class QrPenalty {
  private static final int RUN = 3;
  private static final int BLOCK = 3;
  private static final int FINDER = 40;
  private static final int SHARE = 10;

  /** A run counts from here on. */
  private static final int RUN_LENGTH = 5;

  /** Dark and light as 1 : 1 : 3 : 1 : 1, with four light ones before or behind. */
  private static final int FINDER_BITS = 11;
  private static final int FINDER_BEFORE = 0b0000_1011101;
  private static final int FINDER_BEHIND = 0b1011101_0000;

  private QrPenalty() {
  }

  static int of(boolean[][] dark) {
    int points = 0;
    for (int i = 0; i < dark.length; i++) {
      points += line(dark, i, true) + line(dark, i, false);
    }
    return points + blocks(dark) + share(dark);
  }

  /** Runs and finders in one row or column. */
  private static int line(boolean[][] dark, int index, boolean row) {
    int points = 0;
    int run = 0;
    int bits = 0;
    boolean last = false;
    for (int i = 0; i < dark.length; i++) {
      boolean now = row ? dark[index][i] : dark[i][index];
      run = i > 0 && now == last ? run + 1 : 1;
      last = now;
      if (run == RUN_LENGTH) {
        points += RUN;
      } else if (run > RUN_LENGTH) {
        points++;
      }
      bits = (bits << 1 | (now ? 1 : 0)) & (1 << FINDER_BITS) - 1;
      if (i >= FINDER_BITS - 1 && (bits == FINDER_BEFORE || bits == FINDER_BEHIND)) {
        points += FINDER;
      }
    }
    return points;
  }

  /** Squares of two by two in one colour; larger ones count as often as they contain such. */
  private static int blocks(boolean[][] dark) {
    int points = 0;
    for (int row = 1; row < dark.length; row++) {
      for (int column = 1; column < dark.length; column++) {
        boolean colour = dark[row][column];
        if (dark[row - 1][column] == colour && dark[row][column - 1] == colour
            && dark[row - 1][column - 1] == colour) {
          points += BLOCK;
        }
      }
    }
    return points;
  }

  /** For each step of five per cent that the dark ones are away from half. */
  private static int share(boolean[][] dark) {
    int count = 0;
    for (boolean[] row : dark) {
      for (boolean module : row) {
        count += module ? 1 : 0;
      }
    }
    int total = dark.length * dark.length;
    return Math.abs(20 * count - 10 * total) / total * SHARE;
  }
}
