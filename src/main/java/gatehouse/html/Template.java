package gatehouse.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page with holes: {@code {{name}}} is replaced by an escaped text, and what stands between
 * {@code {{#name}}} and {@code {{/name}}} is repeated for each item of a list. Nothing else.
 *
 * <p>A list also serves as a condition: an empty one leaves its part out, and a value of {@link
 * Boolean#TRUE} shows it once. Inside a list the names of the item hide those outside. There is no
 * way to put a text in unescaped, so no client name and no error message can become markup.
 *
 * <p>A template is read once and is immutable; a mistake in it is reported with its line.
 */
public final class Template {

  private sealed interface Part permits Text, Hole, Section {
  }

  private record Text(String text) implements Part {
  }

  private record Hole(String name, int line) implements Part {
  }

  private record Section(String name, int line, List<Part> parts) implements Part {
  }

  private final String file;
  private final List<Part> parts;

  private Template(String file, List<Part> parts) {
    this.file = file;
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @param file its name, for messages
   * @throws IllegalArgumentException naming file and line if a tag is not closed or not opened
   */
  public static Template parse(String file, String source) {
    Reader reader = new Reader(file, source);
    return new Template(file, reader.parts(null));
  }

  /**
   * Fills the holes.
   *
   * @param values a text, number, boolean, map, or list of maps for each name
   * @throws IllegalArgumentException naming file and line if the template names an unknown value
   */
  public String render(Map<String, ?> values) {
    StringBuilder out = new StringBuilder(4_096);
    render(parts, new Scope(values, null), out);
    return out.toString();
  }

  private void render(List<Part> parts, Scope scope, StringBuilder out) {
    for (Part part : parts) {
      if (part instanceof Text text) {
        out.append(text.text);
      } else if (part instanceof Hole hole) {
        escape(String.valueOf(value(scope, hole.name, hole.line)), out);
      } else if (part instanceof Section section) {
        for (Scope item : items(value(scope, section.name, section.line), scope)) {
          render(section.parts, item, out);
        }
      }
    }
  }

  private static List<Scope> items(Object value, Scope scope) {
    List<Scope> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> items.add(new Scope((Map<?, ?>) item, scope)));
    } else if (value instanceof Map<?, ?> map) {
      items.add(new Scope(map, scope));
    } else if (Boolean.TRUE.equals(value)) {
      items.add(scope);
    }
    return items;
  }

  private Object value(Scope scope, String name, int line) {
    for (Scope s = scope; s != null; s = s.outer) {
      if (s.values.containsKey(name)) {
        return s.values.get(name);
      }
    }
    throw new IllegalArgumentException(
        file + ":" + line + ": there is no value named '" + name + "' on this page");
  }

  private record Scope(Map<?, ?> values, Scope outer) {
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

  /** Walks the source once, from tag to tag. */
  private static final class Reader {
    private final String file;
    private final String source;
    private int at;

    Reader(String file, String source) {
      this.file = file;
      this.source = source;
    }

    /** Reads until the section's end tag, or until the end of the file if there is no section. */
    List<Part> parts(String section) {
      List<Part> parts = new ArrayList<>();
      int opened = line(at);
      while (true) {
        int open = source.indexOf("{{", at);
        if (open < 0) {
          if (section != null) {
            throw problem(opened, "{{#" + section + "}} is never closed");
          }
          parts.add(new Text(source.substring(at)));
          return parts;
        }
        int close = source.indexOf("}}", open);
        if (close < 0) {
          throw problem(line(open), "{{ without }}");
        }
        parts.add(new Text(source.substring(at, open)));
        String tag = source.substring(open + 2, close).trim();
        at = close + 2;
        if (tag.startsWith("/")) {
          if (!tag.substring(1).equals(section)) {
            throw problem(line(open), "{{" + tag + "}} closes nothing that is open here");
          }
          return parts;
        }
        parts.add(tag.startsWith("#")
            ? new Section(tag.substring(1), line(open), parts(tag.substring(1)))
            : new Hole(tag, line(open)));
      }
    }

    private int line(int position) {
      return 1 + (int) source.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    private IllegalArgumentException problem(int line, String what) {
      return new IllegalArgumentException(file + ":" + line + ": " + what);
    }
  }
}
