package gatehouse.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a template, once, from tag to tag, and puts texts and pieces where they are named.
 *
 * <p>What comes of it has neither: a page is compiled for one language, and rendering it looks
 * nothing up but values.
 */
final class Reader {
  /** A text in a piece in a page is three; more than this goes round in a circle. */
  private static final int MAX_DEPTH = 8;

  /** Where texts and pieces come from. */
  interface Library {
    /** The text, or null. */
    Source text(String key);

    /** The file that other pages have in common, or null. */
    Source piece(String file);
  }

  private final Source source;
  private final Library library;
  private final int depth;
  private int at;

  private Reader(Source source, Library library, int depth) {
    this.source = source;
    this.library = library;
    this.depth = depth;
  }

  /** All of it. */
  static List<Template.Part> read(Source source, Library library) {
    return new Reader(source, library, 0).parts(null);
  }

  /** Reads until the section's end tag, or until the end of the source if there is no section. */
  private List<Template.Part> parts(String section) {
    List<Template.Part> parts = new ArrayList<>();
    String text = source.text();
    int opened = at;
    while (true) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        if (section != null) {
          throw source.problem(opened, "{{#" + section + "}} is never closed");
        }
        parts.add(new Template.Markup(text.substring(at)));
        return parts;
      }
      int close = text.indexOf("}}", open);
      if (close < 0) {
        throw source.problem(open, "{{ without }}");
      }
      parts.add(new Template.Markup(text.substring(at, open)));
      String tag = text.substring(open + 2, close).trim();
      at = close + 2;
      if (tag.startsWith("/")) {
        if (!tag.substring(1).equals(section)) {
          throw source.problem(open, "{{" + tag + "}} closes nothing that is open here");
        }
        return parts;
      }
      if (tag.startsWith("#")) {
        String name = tag.substring(1);
        parts.add(new Template.Section(name, source.where(open), parts(name)));
      } else if (tag.startsWith(">")) {
        String file = tag.substring(1).trim();
        parts.addAll(splice(open, library.piece(file), "there is no file " + file));
      } else if (tag.startsWith("t.")) {
        String key = tag.substring(2);
        parts.addAll(splice(open, library.text(key), "there is no text named '" + key + "'"));
      } else {
        parts.add(new Template.Hole(tag, source.where(open)));
      }
    }
  }

  private List<Template.Part> splice(int open, Source inner, String otherwise) {
    if (inner == null) {
      throw source.problem(open, otherwise);
    }
    if (depth == MAX_DEPTH) {
      throw source.problem(open, "this goes round in a circle");
    }
    return new Reader(inner, library, depth + 1).parts(null);
  }
}
