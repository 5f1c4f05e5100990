package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  @TempDir
  private Path folder;

  @Test
  void findsTheBundledFiles() {
    Templates bundled = new Templates(null);
    assertNotNull(bundled.file("style.css"));
    assertNull(bundled.file("nothing.css"));
    assertThrows(IllegalArgumentException.class, () -> bundled.render("nothing.html", Map.of()));
  }

  @Test
  void prefersTheOperatorsPageAndKeepsTheOthers() throws IOException {
    Files.writeString(folder.resolve("error.html"), "ours: {{title}}");
    Templates templates = new Templates(folder);
    assertEquals("ours: &lt;b&gt;", templates.render("error.html", Map.of("title", "<b>")));
    assertNotNull(templates.file("login.html"));
  }

  @Test
  void reportsAMistakeInTheOperatorsPageAtOnce() throws IOException {
    Files.writeString(folder.resolve("login.html"), "one\n{{#failed}}");
    String message = assertThrows(IllegalArgumentException.class, () -> new Templates(folder))
        .getMessage();
    assertTrue(message.startsWith("login.html:2: "), message);
  }

  @Test
  void refusesAFolderThatIsNone() {
    assertThrows(IllegalArgumentException.class,
        () -> new Templates(folder.resolve("missing")));
  }
}
