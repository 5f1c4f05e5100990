package gatehouse.oauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  private static String shown(String name) {
    return DisplayName.of(name, 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Claude Code", "Café Zoë", "Ноты", "メモ帳", "المفكرة", "Notes & <b>",
    "Tiếng Việt", "C++ \"IDE\""})
  void leavesHonestNamesAlone(String name) {
    assertEquals(name, shown(name));
  }

  @Test
  void leavesOutWhatCannotBeSeen() {
    assertEquals("Bank", shown("\u200bB\u200da\u2060n\ufeffk\u00ad"));
    assertEquals("Bank", shown("B\u3164a\u2800n\u115fk"), "letters without a shape");
    assertEquals("Bank", shown("Ba\udb40\udc61nk\ue000"), "tags and private use");
    assertEquals("", shown("\u200b\u2028\u0000\u3164"));
  }

  @Test
  void leavesOutWhatRearrangesTheLine() {
    assertEquals("gnp.knab", shown("\u202egnp.knab\u2066\u200f"));
    assertEquals("one two three four", shown(" one\ntwo\t\u00a0\u3000three\u2028four "));
  }

  @Test
  void leavesOutWhatCouldPassForASignOfOurs() {
    assertEquals("Claude verified", shown("Claude \u2713 verified \ud83d\udd12\u2705"));
  }

  @Test
  void cutsDownTowersOfAccents() {
    assertEquals("Z\u0351\u036b", shown("Z\u0351\u036b\u0343\u036a\u0302\u036b"));
    assertEquals("x", shown("\u0351\u036bx"), "an accent on nothing would sit on our text");
  }

  @Test
  void endsWithAnEllipsisWhereItIsTooLong() {
    assertEquals("x".repeat(19) + "…", shown("x".repeat(21)));
    assertEquals("x".repeat(20), shown("x".repeat(20)));
    assertEquals(20, shown("𝒳".repeat(100_000)).codePointCount(0, shown("𝒳".repeat(21)).length()));
  }

  @Test
  void tellsOfWordsThatMixAlphabets() {
    assertTrue(DisplayName.mixesAlphabets("Cl\u0430ude"), "Cyrillic a");
    assertTrue(DisplayName.mixesAlphabets("The \u0391pp"), "Greek Alpha");
    for (String honest : new String[] {"Claude", "Ноты", "Ноты Pro", "α-Notes", "LINE メモ",
        "Zoë", "Vim 9"}) {
      assertFalse(DisplayName.mixesAlphabets(honest), honest);
    }
  }
}
