package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  private static final Set<String> THERE = Set.of("en", "de", "pt-br");

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "none", value = {
    "none|de|de",
    "none|de-CH, fr;q=0.5|de",
    "none|DE|de",
    "none|en;q=0.4, de;q=0.8|de",
    "none|fr, de;q=0.7, en;q=0.9|en",
    "none|de;q=0|en",
    "none|de;q=0.0, pt-BR;q=0.1|pt-br",
    "none|fr, *;q=0.5, de;q=0.1|en",
    "none|pt|en",
    "none|de;q=nonsense|en",
    "none|de;q=1.0.0|en",
    "none|''|en",
    "none|;;,,;q=1|en",
    "de|en|de",
    "fr de-AT en|en|de",
    "fr|de|de",
    "''|de|de"})
  void areChosenAsTheyAreAskedFor(String uiLocales, String accept, String expected) {
    assertEquals(expected, Languages.choose(THERE, uiLocales, List.of(accept)));
  }

  @Test
  void areReadFromSeveralLines() {
    assertEquals("de", Languages.choose(THERE, null, List.of("fr", "de")));
    assertEquals("en", Languages.choose(THERE, null, List.of()));
  }

  @Test
  void areNotReadWithoutEnd() {
    assertEquals("en", Languages.choose(THERE, "x ".repeat(100) + "de",
        List.of("x,".repeat(100) + "de", "de" + "-x".repeat(3_000))));
  }
}
