package gatehouse.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A page with holes: {@code {{name}}} is replaced by an escaped text, and what stands between
 * {@code {{#name}}} and {@code {{/name}}} is repeated for each item of a list. Texts ({@code
 * {{t.key}}}) and pieces ({@code {{>file}}}) have been put in by {@link Reader} before.
 *
 * <p>A list also serves as a condition: an empty one leaves its part out; {@link Boolean#TRUE}, a
 * map and a {@link Text} show it once. Inside a list the names of the item hide those outside.
 * There is no way to put a value in unescaped, so no client name and no error message can become
 * markup.
 *
 * <p>A template is read once, for one language, and is immutable; a mistake in it is reported with
 * its line.
 */
final class Template {

  sealed interface Part permits Markup, Hole, Section {
  }

  record Markup(String text) implements Part {
  }

  record Hole(String name, String where) implements Part {
  }

  record Section(String name, String where, List<Part> parts) implements Part {
  }

  private final List<Part> parts;
  private final Texts texts;

  private Template(List<Part> parts, Texts texts) {
    this.parts = parts;
    this.texts = texts;
  }

  /**
   * Reads a template.
   *
   * @param texts the language of the page
   * @throws IllegalArgumentException naming file and line if a tag is not closed or not opened, or
   *     names a text or a piece that does not exist
   */
  static Template of(Source source, Texts texts) {
    return new Template(Reader.read(source, texts), texts);
  }

  /**
   * Fills the holes.
   *
   * @param values a text, number, boolean, map, or list of maps for each name
   * @throws IllegalArgumentException naming file and line if the template names an unknown value
   */
  String render(Map<String, ?> values) {
    StringBuilder out = new StringBuilder(4_096);
    render(parts, new Scope(values, null), out);
    return out.toString();
  }

  /** Tells every name that needs a value, with the place where it stands. */
  void eachName(BiConsumer<String, String> consumer) {
    eachName(parts, consumer);
  }

  private static void eachName(List<Part> parts, BiConsumer<String, String> consumer) {
    for (Part part : parts) {
      if (part instanceof Hole hole) {
        consumer.accept(hole.name, hole.where);
      } else if (part instanceof Section section) {
        consumer.accept(section.name, section.where);
        eachName(section.parts, consumer);
      }
    }
  }

  private void render(List<Part> parts, Scope scope, StringBuilder out) {
    for (Part part : parts) {
      if (part instanceof Markup markup) {
        out.append(markup.text);
      } else if (part instanceof Hole hole) {
        Object value = scope.value(hole.name, hole.where);
        if (value instanceof Text text) {
          say(text, scope, out);
        } else {
          escape(String.valueOf(value), out);
        }
      } else if (part instanceof Section section) {
        for (Scope item : items(scope.value(section.name, section.where), scope)) {
          render(section.parts, item, out);
        }
      }
    }
  }

  private void say(Text text, Scope scope, StringBuilder out) {
    if (text.otherwise() != null && texts.text(text.key()) == null) {
      escape(text.otherwise(), out);
    } else {
      render(texts.compiled(text.key()).parts, new Scope(text.values(), scope), out);
    }
  }

  private static List<Scope> items(Object value, Scope scope) {
    List<Scope> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> items.add(new Scope((Map<?, ?>) item, scope)));
    } else if (value instanceof Map<?, ?> map) {
      items.add(new Scope(map, scope));
    } else if (Boolean.TRUE.equals(value)
        || value instanceof Text text && !text.equals(Text.NONE)) {
      items.add(scope);
    }
    return items;
  }

  private record Scope(Map<?, ?> values, Scope outer) {
    Object value(String name, String where) {
      for (Scope s = this; s != null; s = s.outer) {
        if (s.values.containsKey(name)) {
          return s.values.get(name);
        }
      }
      throw new IllegalArgumentException(
          where + ": there is no value named '" + name + "' on this page");
    }
  }

  /** The five characters that could leave a text or a quoted attribute. */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
