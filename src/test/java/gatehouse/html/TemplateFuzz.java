package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A value, a zero byte, a template: whatever the two are, the value stays a text. */
public final class TemplateFuzz {
  private static final String MARKUP = "<>\"'";

  private TemplateFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int zero = text.indexOf('\0');
    String value = zero < 0 ? text : text.substring(0, zero);
    String source = zero < 0 ? "a {{name}} b" : text.substring(zero + 1);
    String alone = template("{{name}}").render(Map.of("name", value));
    assertTrue(alone.chars().noneMatch(c -> MARKUP.indexOf(c) >= 0), alone);
    assertEquals(value, unescaped(alone));
    if (source.length() > 2_000) {
      return; // templates are the operator's, whose files are of a decent size
    }
    try {
      Template template = template(source);
      Map<String, Object> harmless = values("x");
      String expected = template.render(harmless);
      String page = template.render(values(value));
      // Holes only: as much markup as with a harmless value, so none came from this one.
      for (char c : MARKUP.toCharArray()) {
        assertEquals(count(expected, c), count(page, c), () -> "markup came in by " + value);
      }
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().matches("(?s)[a-z_.]+:[0-9]+: .*"), "names file and line");
    }
  }

  private static Template template(String source) {
    return Template.of(new Source("page.html", 1, source), new Texts(
        Texts.read("texts_en.txt", "hello = Hello <b>{{name}}</b>\nround = {{t.round}}"),
        file -> file.equals("foot.html") ? new Source(file, 1, "of {{name}}") : null));
  }

  private static Map<String, Object> values(String value) {
    return Map.of("name", value, "list", List.of(Map.of("item", value), Map.of("item", "")),
        "yes", true, "no", false, "map", Map.of("item", value));
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
        .replace("&#39;", "'").replace("&amp;", "&");
  }
}
