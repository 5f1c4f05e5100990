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
    return Template.parse("page.html", source).render(values);
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
  class Mistakes {

    @ParameterizedTest
    @CsvSource({
      "'one\n{{#a}}two',2",
      "'{{#a}}\n{{#b}}\n{{/a}}',3",
      "'\n\n{{/a}}',3",
      "'x\n{{a',2"})
    void areReportedWithFileAndLine(String source, int line) {
      String message = assertThrows(IllegalArgumentException.class,
          () -> Template.parse("page.html", source)).getMessage();
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
