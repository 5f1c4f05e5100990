package gatehouse.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Chromium;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page in every state: readable with a screen reader, in light and dark, on a phone and a
 * wide screen, in both languages; with nothing to complain about and nothing from elsewhere.
 */
class PagesTest {
  private static final int PHONE = 360;
  private static final int DESK = 1280;

  @RegisterExtension
  static final Chromium chromium = new Chromium();

  private static Stage stage;

  @BeforeAll
  static void open() throws IOException {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  static List<Visit> visits() {
    return Visit.all();
  }

  @Test
  void noTemplateIsWithoutAVisit() throws IOException {
    assertEquals(Stage.templates(),
        visits().stream().map(Visit::template).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("visits")
  void isForEverybody(Visit visit) {
    visit.way().walk(stage, chromium);
    assertEquals(visit.template(), Stage.template(chromium));
    assertEquals(List.of(), chromium.complaints(), "in the console");
    Set<String> ours = Set.of(stage.server.issuer(), stage.strict.issuer());
    assertEquals(List.of(), chromium.visited().stream().filter(url -> !url.startsWith("data:,")
            && !url.startsWith("about:") && ours.stream().noneMatch(url::startsWith)).toList(),
        "requests to others");
    for (int width : new int[] {PHONE, DESK}) {
      for (boolean dark : new boolean[] {false, true}) {
        checkLook(width, dark);
      }
    }
    assertEquals(List.of(), Keyboard.problems(chromium), "with the keyboard");
    if (visit.stays()) {
      chromium.speaks("de").driver().navigate().refresh();
      assertEquals("de", chromium.driver().executeScript("return document.documentElement.lang"));
      checkLook(PHONE, false);
      assertEquals(List.of(), chromium.complaints(), "in the console, in German");
    }
  }

  private void checkLook(int width, boolean dark) {
    chromium.looks(width, dark);
    String look = width + (dark ? " dark" : " light");
    assertTrue(chromium.width() <= width, () -> "at " + look + " it is " + chromium.width() + " wide");
    assertEquals(List.of(), Axe.violations(chromium), look);
  }

  /** What never fails proves nothing. */
  @Test
  void theChecksSeeWhatIsWrong() throws IOException {
    try (WebHost host = new WebHost()) {
      host.serve("/", 200, "<!doctype html><html><head><title>x</title><style>p { width: 400px; "
          + "color: #ccc }</style></head><body><p>pale</p><input><script>alert(1)</script>"
          + "<img src='http://localhost:9/x.png'></body></html>", "Content-Type", "text/html",
          "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
      chromium.open(host.url("/"));
      assertTrue(chromium.complaints().toString().contains("Content Security Policy"));
      chromium.looks(PHONE, false);
      assertTrue(chromium.width() > PHONE);
      String violations = Axe.violations(chromium).toString();
      for (String rule : List.of("color-contrast", "label", "html-has-lang")) {
        assertTrue(violations.contains(rule), violations);
      }
      host.serve("/", 200, "<!doctype html><style>:focus { outline: none }</style>"
          + "<input name=one><input name=two><input name=three tabindex=1>"
          + "<a href='/' name=four>x</a>",
          "Content-Type", "text/html");
      chromium.open(host.url("/"));
      String problems = Keyboard.problems(chromium).toString();
      assertTrue(problems.contains("cannot be seen on INPUT one"), problems);
      assertTrue(problems.contains("after INPUT three  comes INPUT one"), problems);
      host.serve("/", 200, "<!doctype html><img src='http://localhost:9/x.png'>",
          "Content-Type", "text/html");
      chromium.open(host.url("/"));
      assertTrue(chromium.visited().contains("http://localhost:9/x.png"));
      assertFalse(chromium.complaints().isEmpty());
    }
  }
}
