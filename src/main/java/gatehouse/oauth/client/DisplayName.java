package gatehouse.oauth.client;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a stranger calls itself, made fit to stand on our pages: a line of letters that stays where
 * it is put.
 *
 * <p>Left out is what cannot be seen (controls, zero-width characters, fillers), what rearranges
 * the text around it (direction marks), and what could pass for a sign of ours (check marks, locks
 * and other symbols). Towers of accents are cut down, and so is the length. Imitations by letters
 * that look alike are not undone but told: see {@link #mixesAlphabets}.
 *
 * <p>It is text, not markup: the page escapes it.
 */
public final class DisplayName {
  /** Vietnamese needs two; more grow out of the line. */
  private static final int MAX_MARKS = 2;

  /** Letters that look like nothing at all (Unicode TR 36, "Visual Security Issues"). */
  private static final String BLANK = "\u115f\u1160\u3164\uffa0\u2800";

  /** Alphabets with letters that pass for Latin ones. */
  private static final Set<UnicodeScript> ALIKE = EnumSet.of(UnicodeScript.LATIN,
      UnicodeScript.CYRILLIC, UnicodeScript.GREEK, UnicodeScript.ARMENIAN, UnicodeScript.CHEROKEE,
      UnicodeScript.COPTIC, UnicodeScript.LISU, UnicodeScript.DESERET);

  private DisplayName() {
  }

  /**
   * The name as it may be shown; empty if nothing is left of it.
   *
   * @param most how many letters at most; what is cut off is marked by an ellipsis
   */
  public static String of(String name, int most) {
    StringBuilder out = new StringBuilder();
    // A name is short; what comes after a thousand characters is not even looked at.
    String start = name.length() > 1_000 ? name.substring(0, 1_000) : name;
    int marks = 0;
    String composed = isAscii(start) ? start : Normalizer.normalize(start, Normalizer.Form.NFC);
    for (int i = 0, c; i < composed.length(); i += Character.charCount(c)) {
      c = composed.codePointAt(i);
      boolean mark = isMark(c);
      marks = mark ? marks + 1 : 0;
      boolean space = Character.isSpaceChar(c) || Character.isWhitespace(c);
      if (space && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      } else if (!space && isShown(c) && marks <= MAX_MARKS && !(mark && out.isEmpty())) {
        out.appendCodePoint(c);
      }
    }
    String shown = out.toString().strip();
    return shown.codePointCount(0, shown.length()) <= most ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, most - 1)).strip() + "…";
  }

  /**
   * Whether a word of the name has letters of two alphabets that look alike, such as Latin and
   * Cyrillic: honest names have no need of that.
   */
  public static boolean mixesAlphabets(String name) {
    Set<UnicodeScript> word = EnumSet.noneOf(UnicodeScript.class);
    for (int c : name.codePoints().toArray()) {
      if (!Character.isLetter(c) && !isMark(c)) {
        word.clear();
      } else if (ALIKE.contains(UnicodeScript.of(c)) && word.add(UnicodeScript.of(c))
          && word.size() > 1) {
        return true;
      }
    }
    return false;
  }

  /** Nothing to compose, and the tables for it are not read at a start. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7e) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
          Character.UNASSIGNED, Character.OTHER_SYMBOL -> false;
      default -> BLANK.indexOf(c) < 0;
    };
  }
}
