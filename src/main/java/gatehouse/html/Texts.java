package gatehouse.html;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All texts of one language, by their names, and of English where the language lacks one.
 *
 * <p>A file of them has a text a line, as {@code key = text}. A line that begins with a space
 * continues the one before, {@code #} begins a comment. A text is a small template: it may have
 * holes for values of the page, texts, and markup.
 */
final class Texts implements Reader.Library {
  private final Map<String, Source> sources;
  private final Function<String, Source> pieces;
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();
  private final Set<String> named = ConcurrentHashMap.newKeySet();

  Texts(Map<String, Source> sources, Function<String, Source> pieces) {
    this.sources = sources;
    this.pieces = pieces;
  }

  /**
   * Reads a file of texts.
   *
   * @throws IllegalArgumentException naming file and line if a line is no text, or a name is there
   *     twice
   */
  static Map<String, Source> read(String file, String content) {
    Map<String, Source> texts = new HashMap<>();
    String[] lines = content.split("\r?\n", -1);
    String last = null;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      String place = file + ":" + (i + 1) + ": ";
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ") || line.startsWith("\t")) {
        if (last == null) {
          throw new IllegalArgumentException(place + "there is no text that this continues");
        }
        Source begun = texts.get(last);
        texts.put(last, new Source(file, begun.line(), begun.text() + " " + line.trim()));
        continue;
      }
      int equals = line.indexOf(" =");
      if (equals < 0) {
        throw new IllegalArgumentException(place + "'key = text' is expected");
      }
      last = line.substring(0, equals).trim();
      Source text = new Source(file, i + 1, line.substring(equals + 2).trim());
      if (texts.put(last, text) != null) {
        throw new IllegalArgumentException(place + "the text '" + last + "' is there twice");
      }
    }
    return texts;
  }

  @Override
  public Source text(String key) {
    named.add(key);
    return sources.get(key);
  }

  @Override
  public Source piece(String file) {
    return pieces.apply(file);
  }

  /** Whether a page, a piece or a text that has been read so far names it. */
  boolean isNamed(String key) {
    return named.contains(key);
  }

  Set<String> keys() {
    return sources.keySet();
  }

  /**
   * The text as a template of its own, for what is said from code.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Template compiled(String key) {
    return compiled.computeIfAbsent(key, k -> {
      Source source = sources.get(k);
      if (source == null) {
        throw new IllegalArgumentException("there is no text named '" + k + "'");
      }
      return Template.of(source, this);
    });
  }
}
