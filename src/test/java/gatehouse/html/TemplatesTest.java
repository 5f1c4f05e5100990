package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
  private static final Map<String, String> SIGNED_OUT = Map.of("issuer", "https://i.example",
      "lang", "xx", "user", "", "csrf", "", "target", "");

  @TempDir
  private Path folder;

  private void put(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private static String signedOut(Templates templates, String language) {
    Map<String, Object> values = new HashMap<>(SIGNED_OUT);
    values.put("asking", false);
    values.put("done", true);
    return templates.render(language, "logout.html", values);
  }

  @Test
  void findsTheBundledFiles() {
    Templates bundled = new Templates(null);
    assertNotNull(bundled.file("style.css"));
    assertNull(bundled.file("nothing.css"));
    assertThrows(IllegalArgumentException.class,
        () -> bundled.render("en", "nothing.html", Map.of()));
  }

  @Test
  void knowsEveryPageThatIsThere() throws IOException {
    try (var files = Files.list(Path.of("templates"))) {
      Set<String> there = files.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".html"))
          .filter(name -> !Set.of("head.html", "foot.html", "tools.html").contains(name))
          .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(there, new TreeSet<>(Templates.PAGES));
    }
  }

  @Test
  void showsAPageInEachLanguage() {
    Templates bundled = new Templates(null);
    assertTrue(signedOut(bundled, "en").contains("<h1>You are signed out</h1>"));
    assertTrue(signedOut(bundled, "de").contains("<h1>Sie sind abgemeldet</h1>"));
  }

  @Nested
  class FromTheOperatorsFolder {

    @Test
    void aPageReplacesTheBundledOneAndTheOthersStay() throws IOException {
      put("error.html", "ours: {{title}}");
      Templates templates = new Templates(folder);
      assertEquals("ours: &lt;b&gt;",
          templates.render("en", "error.html", Map.of("title", "<b>")));
      assertTrue(signedOut(templates, "en").contains("You are signed out"));
    }

    @Test
    void aPieceReplacesTheBundledOneOnEveryPage() throws IOException {
      put("foot.html", "<footer>ours</footer>");
      assertTrue(signedOut(new Templates(folder), "en").endsWith("<footer>ours</footer>"));
    }

    @Test
    void textsReplaceTheBundledOnesOneByOne() throws IOException {
      put("texts_de.txt", "logout.done = Tschüss");
      Templates templates = new Templates(folder);
      assertTrue(signedOut(templates, "de").contains("<h1>Tschüss</h1>"));
      assertTrue(signedOut(templates, "de").contains("Sie können die Seite schließen"));
      assertTrue(signedOut(templates, "en").contains("<h1>You are signed out</h1>"));
    }

    @Test
    void aLanguageIsAddedAndWhatItLacksIsEnglish() throws IOException {
      put("texts_pt-br.txt", "logout.done = Até logo");
      Templates templates = new Templates(folder);
      assertEquals(Set.of("de", "en", "pt-br"), templates.languages());
      String page = signedOut(templates, "pt-br");
      assertTrue(page.contains("<h1>Até logo</h1>") && page.contains("You can close this page"));
    }

    @Test
    void aPageOfOursMayHaveTextsOfItsOwn() throws IOException {
      put("texts_en.txt", "own.greeting = Hello");
      put("logout.html", "{{t.own.greeting}}");
      assertEquals("Hello", signedOut(new Templates(folder), "de"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
      "login.html|'one\n{{#problem}}'|login.html:2:|closed",
      "login.html|'one\n\n{{nonsense}}'|login.html:3:|nonsense",
      "login.html|'{{t.login.titel}}'|login.html:1:|login.titel",
      "login.html|'{{>feet.html}}'|login.html:1:|feet.html",
      "head.html|'\n{{nonsense}}'|head.html:2:|nonsense",
      "texts_de.txt|'login.title'|texts_de.txt:1:|expected",
      "texts_de.txt|'a = b\n\na = c'|texts_de.txt:3:|twice",
      "texts_de.txt|'problem.wait = {{hours}}'|texts_de.txt:1:|hours",
      "texts_de.txt|'\nlogin.title = {{#x'|texts_de.txt:2:|without",
      "texts_fr.txt|'  continued'|texts_fr.txt:1:|continues",
      "texts_de.txt|'# typo\nlogin.titel = x'|texts_de.txt:2:|login.titel"})
    void aMistakeIsReportedAtOnceWithFileAndLine(
        String file, String content, String place, String what) throws IOException {
      put(file, content);
      String message = assertThrows(IllegalArgumentException.class, () -> new Templates(folder))
          .getMessage();
      assertTrue(message.startsWith(place) && message.contains(what), message);
    }

    @Test
    void aNameThatIsNoLanguageIsRefused() throws IOException {
      put("texts_German.txt", "a = b");
      assertTrue(assertThrows(IllegalArgumentException.class, () -> new Templates(folder))
          .getMessage().startsWith("texts_German.txt: "));
    }

    @Test
    void nothingOutsideItIsTaken() throws IOException {
      put("secret.html", "secret");
      Path inner = Files.createDirectory(folder.resolve("inner"));
      Files.writeString(inner.resolve("logout.html"), "{{>../secret.html}}");
      assertFalse(assertThrows(IllegalArgumentException.class, () -> new Templates(inner))
          .getMessage().isEmpty());
    }

    @Test
    void whatIsNoFolderIsRefused() {
      assertThrows(IllegalArgumentException.class,
          () -> new Templates(folder.resolve("missing")));
    }
  }
}
