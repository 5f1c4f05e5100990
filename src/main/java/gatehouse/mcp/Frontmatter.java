package gatehouse.mcp;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Locale;

/**
 * The lines between {@code ---} at the beginning of a {@code SKILL.md}.
 *
 * <p>SEP-2640 has them repeated verbatim as JSON. They are YAML, of which this reads what skills
 * use: one {@code key: value} per line, and one level of indented lines below a key without a
 * value. Values are texts; a quoted one is read as JSON. Anything else is refused rather than
 * misread.
 */
final class Frontmatter {
  private static final String FENCE = "---";

  private Frontmatter() {
  }

  /** Writes frontmatter; every value is quoted, so that it means a text to any reader of YAML. */
  static String write(String name, String description, JsonObject metadata) {
    if (description == null) {
      throw new IllegalArgumentException("a skill needs a description: " + name);
    }
    StringBuilder out = new StringBuilder(FENCE + "\nname: " + name + "\ndescription: "
        + Json.value(description) + "\n");
    if (!metadata.isEmpty()) {
      out.append("metadata:\n");
      for (JsonObject.Member member : metadata) {
        out.append("  ").append(Json.value(member.getName())).append(": ")
            .append(member.getValue()).append('\n');
      }
    }
    return out.append(FENCE).append("\n\n").toString();
  }

  /**
   * Reads the frontmatter of a file.
   *
   * @throws IllegalArgumentException if there is none, or more YAML than this reads
   */
  static JsonObject read(String file) {
    JsonObject top = new JsonObject();
    JsonObject into = top;
    boolean begun = false;
    for (String line : file.split("\r?\n")) {
      if (!begun) {
        if (!line.equals(FENCE)) {
          break;
        }
        begun = true;
      } else if (line.equals(FENCE)) {
        return top;
      } else if (!line.isBlank()) {
        boolean indented = line.startsWith("  ");
        into = indented ? into : top;
        int colon = line.indexOf(':', line.stripLeading().startsWith("\"")
            ? line.indexOf('"', line.indexOf('"') + 1) : 0);
        if (colon < 0 || indented && into == top) {
          throw new IllegalArgumentException("frontmatter that is not key: value");
        }
        String key = text(line.substring(0, colon).strip());
        String value = line.substring(colon + 1).strip();
        if (value.isEmpty()) {
          into = new JsonObject();
          top.add(key, into);
        } else {
          into.add(key, text(value));
        }
      }
    }
    throw new IllegalArgumentException("SKILL.md has no frontmatter");
  }

  private static String text(String yaml) {
    if (yaml.startsWith("\"")) {
      JsonValue value = Json.parse(yaml);
      return value.asString();
    }
    // Plain scalars that YAML would not read as a text, and what needs a real YAML reader.
    boolean plain = "'[{&*!|>%@`#-?".indexOf(yaml.charAt(0)) < 0 && !yaml.contains(" #")
        && !yaml.contains(": ") && !yaml.matches("true|false|null|~|[0-9.+-]+");
    if (!plain) {
      throw new IllegalArgumentException("frontmatter that is not a plain or quoted text");
    }
    return yaml;
  }

  /** What a file of a skill is, by its name. */
  static String mediaType(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".md")) {
      return "text/markdown";
    }
    boolean text = name.endsWith(".txt") || name.endsWith(".py") || name.endsWith(".sh")
        || name.endsWith(".js") || name.endsWith(".yaml") || name.endsWith(".csv");
    return name.endsWith(".json") ? "application/json" : text ? "text/plain"
        : "application/octet-stream";
  }
}
