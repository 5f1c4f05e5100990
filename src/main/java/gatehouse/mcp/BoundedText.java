package gatehouse.mcp;

/**
 * A text that can be looked at only so often: what keeps a regular expression from running for
 * hours.
 *
 * <p>JSON Schema's {@code pattern} needs regular expressions, and the JDK's engine goes back and
 * tries again, exponentially often for some patterns (ReDoS). Each try looks at a character, so
 * counting those bounds the time whatever the pattern is.
 */
final class BoundedText implements CharSequence {
  /** Longer texts are not matched at all: the engine recurses, and the stack is finite. */
  static final int MAX_LENGTH = 4_096;

  /** A linear match looks at each character a few times; this is a millisecond or so. */
  private static final int MAX_LOOKS = 200_000;

  /** That the text was looked at too often. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("a pattern takes too long", null, false, false);
    }
  }

  private final String text;
  private int looks;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (++looks > MAX_LOOKS) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return text.substring(from, to);
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * A pattern of ECMA-262 for the JDK. They agree in what schemas use, except that the JDK's {@code
   * $} also matches before a line break at the end, which would let one slip through.
   */
  static String javaPattern(String pattern) {
    StringBuilder out = new StringBuilder(pattern.length() + 2);
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        out.append(c).append(pattern.charAt(++i));
        continue;
      }
      inClass = c == '[' || (inClass && c != ']');
      out.append(c == '$' && !inClass ? "\\z" : String.valueOf(c));
    }
    return out.toString();
  }
}
