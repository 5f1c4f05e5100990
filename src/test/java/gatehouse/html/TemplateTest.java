package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  private static String render(String source, Map<String, ?> values) {
    return template(source).render(values);
  }

  private static Template template(String source) {
    Map<String, Source> texts = Texts.read("texts_en.txt", """
        hello = Hello <b>{{name}}</b>,
          come in
        twice = {{t.hello}} {{t.hello}}
        round = {{t.round}}
        open = one
          {{#name}} two
        """);
    return Template.of(new Source("page.html", 1, source), new Texts(texts,
        file -> file.equals("foot.html") ? new Source(file, 1, "foot of {{name}}") : null));
  }

  @Nested
  class Holes {

    @Test
    void areFilledWithTextsNumbersAndBooleans() {
      assertEquals("a=x b=7 c=true",
          render("a={{a}} b={{ b }} c={{c}}", Map.of("a", "x", "b", 7, "c", true)));
    }

    @Test
    void escapeEveryCharacterThatCouldLeaveATextOrAQuotedAttribute() {
      assertEquals("&lt;b title=&quot;&#39;&amp;&quot;&gt;",
          render("{{v}}", Map.of("v", "<b title=\"'&\">")));
    }

    @Test
    void doNotReadTagsInTheirValues() {
      assertEquals("{{b}}{{#b}}", render("{{a}}", Map.of("a", "{{b}}{{#b}}", "b", "secret")));
    }

    @Test
    void offerNoWayAroundEscaping() {
      for (String tag : List.of("{{{v}}}", "{{&v}}", "{{!v}}", "{{>v}}")) {
        assertThrows(IllegalArgumentException.class, () -> render(tag, Map.of("v", "<")), tag);
      }
    }
  }

  @Nested
  class Sections {

    @Test
    void repeatForEachItemOfAListAndSeeWhatIsOutside() {
      assertEquals("[1 of all][2 of all]", render("{{#items}}[{{n}} of {{what}}]{{/items}}",
          Map.of("items", List.of(Map.of("n", 1), Map.of("n", 2)), "what", "all")));
    }

    @Test
    void hideOuterNamesByInnerOnes() {
      assertEquals("in out", render("{{#list}}{{n}}{{/list}} {{n}}",
          Map.of("list", List.of(Map.of("n", "in")), "n", "out")));
    }

    @Test
    void serveAsConditions() {
      String source = "{{#yes}}Y{{/yes}}{{#no}}N{{/no}}{{#none}}E{{/none}}";
      assertEquals("Y", render(source, Map.of("yes", true, "no", false, "none", List.of())));
    }

    @Test
    void nest() {
      assertEquals("a1a2b1", render("{{#rows}}{{#cells}}{{r}}{{c}}{{/cells}}{{/rows}}", Map.of(
          "rows", List.of(
              Map.of("r", "a", "cells", List.of(Map.of("c", 1), Map.of("c", 2))),
              Map.of("r", "b", "cells", List.of(Map.of("c", 1)))))));
    }
  }

  @Nested
  class TextsAndPieces {

    @Test
    void standWhereTheyAreNamed() {
      assertEquals("Hello <b>Ann</b>, come in; foot of Ann",
          render("{{t.hello}}; {{>foot.html}}", Map.of("name", "Ann")));
    }

    @Test
    void escapeTheirValues() {
      assertEquals("Hello <b>&lt;i&gt;</b>, come in", render("{{t.hello}}", Map.of("name", "<i>")));
    }

    @Test
    void mayNameOthers() {
      String once = "Hello <b>x</b>, come in";
      assertEquals(once + " " + once, render("{{t.twice}}", Map.of("name", "x")));
    }

    @Test
    void saidByCodeHaveValuesOfTheirOwnAndThoseOfThePage() {
      assertEquals("Hello <b>&lt;</b>, come in",
          render("{{said}}", Map.of("said", Text.of("hello", "name", "<"), "name", "page")));
      assertEquals("Hello <b>page</b>, come in",
          render("{{said}}", Map.of("said", Text.of("hello"), "name", "page")));
      assertEquals("Hello <b>x</b>, come in", render("{{said}}",
          Map.of("said", Text.of("hello", "name", Text.optional("nothing", "x")))));
    }

    @Test
    void saidByCodeShowTheirPartUnlessThereIsNothingToSay() {
      String source = "{{#problem}}[{{problem}}]{{/problem}}";
      assertEquals("[Hello <b>x</b>, come in]",
          render(source, Map.of("problem", Text.of("hello", "name", "x"))));
      assertEquals("", render(source, Map.of("problem", Text.NONE)));
    }

    @Test
    void thatOperatorsMayGiveHaveSomethingInTheirPlace() {
      assertEquals("&lt;x&gt;", render("{{v}}", Map.of("v", Text.optional("nothing", "<x>"))));
    }

    @ParameterizedTest
    @CsvSource({
      "'\n{{t.missing}}',page.html:2:,missing",
      "'\n{{>missing.html}}',page.html:2:,missing.html",
      "'{{t.round}}',texts_en.txt:4:,circle",
      "'{{t.open}}',texts_en.txt:5:,closed"})
    void areReportedWithFileAndLine(String source, String place, String what) {
      String message = assertThrows(IllegalArgumentException.class,
          () -> template(source)).getMessage();
      assertTrue(message.startsWith(place) && message.contains(what), message);
    }
  }

  @Nested
  class Mistakes {

    @ParameterizedTest
    @CsvSource({
      "'one\n{{#a}}two',2",
      "'{{#a}}\n{{#b}}\n{{/a}}',3",
      "'\n\n{{/a}}',3",
      "'x\n{{a',2"})
    void areReportedWithFileAndLine(String source, int line) {
      String message = assertThrows(IllegalArgumentException.class,
          () -> template(source)).getMessage();
      assertTrue(message.startsWith("page.html:" + line + ": "), message);
    }

    @Test
    void inNamesAreReportedWhenThePageIsRendered() {
      String message = assertThrows(IllegalArgumentException.class,
          () -> render("\n{{missing}}", Map.of("there", 1))).getMessage();
      assertTrue(message.startsWith("page.html:2: "), message);
      assertTrue(message.contains("missing"), message);
    }
  }
}
