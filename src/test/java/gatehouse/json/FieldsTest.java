package gatehouse.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  private static Fields.Malformed refused(Executable reading) {
    return assertThrows(Fields.Malformed.class, reading);
  }

  @Nested
  class Reading {

    @ParameterizedTest
    @ValueSource(strings = {
      "{\"a\":1,\"a\":1}",
      "{\"a\":1,\"b\":2,\"a\":3}",
      "{\"a\":1,\"\\u0061\":2}",
      "{\"outer\":{\"a\":1,\"a\":2}}",
      "[{\"a\":null,\"a\":null}]",
      "{\"\":1,\"\":2}"})
    void refusesANameThatAppearsTwiceInOneObject(String text) {
      assertEquals("a name appears twice in one object",
          refused(() -> Fields.read(text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 16, 17, 18, 200})
    void findsTheSecondOfTwoEqualNamesHoweverManyStandBetween(int members) {
      StringBuilder text = new StringBuilder("{");
      for (int i = 0; i < members; i++) {
        text.append("\"n").append(i).append("\":0,");
      }
      for (int i = 0; i < members; i++) {
        String repeated = text + "\"n" + i + "\":1}";
        assertEquals("a name appears twice in one object",
            refused(() -> Fields.read(repeated)).getMessage());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "7", "-7", "123456789", "1234567890", "12345678901234567890",
      "1.0", "1e2", "-1.50E-3"})
    void keepsTheDigitsOfANumberAsTheyCame(String digits) {
      assertEquals("{\"n\":" + digits + "}", Fields.read("{\"n\":" + digits + "}").toString());
    }

    @Test
    void takesTheReplacementCharacterWhereItWasMeant() {
      assertEquals("\uFFFD", Fields.read("\"\uFFFD\"".getBytes(StandardCharsets.UTF_8)).asString());
    }

    @Test
    void letsDifferentObjectsUseTheSameName() {
      assertEquals("[{\"a\":1},{\"a\":{\"a\":2}}]",
          Fields.read("[{\"a\":1},{\"a\":{\"a\":2}}]").toString());
    }

    @Test
    void allowsTheDeepestNestingAndNoDeeper() {
      assertTrue(Fields.read(nested(Fields.MAX_DEPTH)).isArray());
      refused(() -> Fields.read(nested(Fields.MAX_DEPTH + 1)));
    }

    @Test
    void survivesNestingThatWouldExhaustAStack() {
      refused(() -> Fields.read("[".repeat(1_000_000)));
      refused(() -> Fields.read("{\"a\":".repeat(200_000)));
    }

    @Test
    void countsEveryValueOfATextAgainstOneBound() {
      // The array itself is one of them.
      int most = Fields.MAX_VALUES - 1;
      assertEquals(most, Fields.read(zeros(most)).asArray().size());
      refused(() -> Fields.read(zeros(Fields.MAX_VALUES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
      "22c08022", // overlong NUL
      "22eda08022", // a surrogate on its own
      "22f490808022", // beyond U+10FFFF
      "22c322", // cut off
      "22ff22",
      "fffe7b007d00"}) // UTF-16
    void refusesBytesThatAreNotUtf8(String hex) {
      assertEquals("the text is not valid UTF-8",
          refused(() -> Fields.read(HexFormat.of().parseHex(hex))).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}x", "{'a':1}", "{a:1}", "[1,]", "01", "+1", "NaN",
      "// c\n{}", "\"\t\"", "{\"a\":1,}", "tru"})
    void refusesWhatIsNotJson(String text) {
      refused(() -> Fields.read(text));
    }

    @Test
    void refusesANumberWithMoreDigitsThanAnybodyMeans() {
      assertTrue(Fields.read("1".repeat(400)).isNumber());
      refused(() -> Fields.read("1".repeat(401)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null", "true"})
    void refusesATextThatIsNoObjectWhereOneIsWanted(String text) {
      refused(() -> Fields.readObject(text));
    }
  }

  @Nested
  class Asking {
    private final Fields fields = Fields.readObject("""
        {"text":"secret-value","number":7,"flag":true,"null":null,"empty":"",
         "object":{"a":"b"},"texts":["a","b"],"mixed":["a",1],"objects":[{}]}""");

    @Test
    void givesWhatIsThere() {
      assertAll(
          () -> assertEquals("secret-value", fields.text("text")),
          () -> assertEquals(7, fields.number("number", 0)),
          () -> assertTrue(fields.flag("flag", false)),
          () -> assertEquals("b", fields.object("object").text("a")),
          () -> assertEquals(List.of("a", "b"), fields.texts("texts")),
          () -> assertEquals(1, fields.objects("objects").size()));
    }

    @Test
    void takesAnExplicitNullForAbsent() {
      assertAll(
          () -> assertFalse(fields.has("null")),
          () -> assertNull(fields.text("null")),
          () -> assertEquals("x", fields.text("null", "x")),
          () -> assertEquals(5, fields.number("null", 5)),
          () -> assertNull(fields.object("null")),
          () -> assertEquals(List.of(), fields.texts("null")),
          () -> refused(() -> fields.needText("null")));
    }

    @Test
    void refusesAValueOfAnotherTypeInsteadOfConvertingIt() {
      assertAll(
          () -> refused(() -> fields.text("number")),
          () -> refused(() -> fields.number("text", 0)),
          () -> refused(() -> fields.flag("text", false)),
          () -> refused(() -> fields.object("texts")),
          () -> refused(() -> fields.texts("text")),
          () -> refused(() -> fields.texts("mixed")),
          () -> refused(() -> fields.objects("texts")));
    }

    @Test
    void wantsARequiredTextToHaveAtLeastOneCharacter() {
      assertEquals("'empty' is required", refused(() -> fields.needText("empty")).getMessage());
      assertEquals("'gone' is required", refused(() -> fields.needText("gone")).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e400", "-0.1", "1e17", "\"7\"", "9007199254740993"})
    void refusesANumberThatIsNoWholeNumberOrHasLostPrecision(String number) {
      refused(() -> Fields.readObject("{\"n\":" + number + "}").number("n", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "120.0", "1.2e2", "12e1"})
    void takesEverySpellingOfAWholeNumber(String number) {
      assertEquals(120, Fields.readObject("{\"n\":" + number + "}").number("n", 0));
    }
  }

  @Nested
  class Complaining {

    @Test
    void neverEchoesTheValueOrTheTextAroundAnError() {
      Fields fields = Fields.readObject("{\"text\":\"hunter2\",\"list\":[\"hunter2\"]}");
      for (Fields.Malformed complaint : List.of(
          refused(() -> fields.number("text", 0)),
          refused(() -> fields.objects("list")),
          refused(() -> Fields.read("{\"hunter2\":hunter2}")),
          refused(() -> Fields.read("{\"hunter2\":1,\"hunter2\":2}")))) {
        assertFalse(complaint.getMessage().contains("hunter2"), complaint.getMessage());
        assertNull(complaint.getCause());
      }
    }

    @Test
    void saysWhereATextStopsBeingJson() {
      assertEquals("not valid JSON at line 2, column 5",
          refused(() -> Fields.read("{\n\"a\" 1}")).getMessage());
    }
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String zeros(int count) {
    return "[" + "0,".repeat(count - 1) + "0]";
  }
}
