package gatehouse.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What minimal-json writes is the measure: rows of older stores are compared by their text. */
class JsonTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[{}]", "{\"a\":[]}", "null", "true", "\"\"", "-0", "1.50E-3",
    "{\"a\":{\"b\":[1,\"two\",null,[false]]},\"c\":\"\"}"})
  void writesWhatItHasRead(String text) {
    assertEquals(text, JsonText.of(Fields.read(text)));
  }

  @Test
  void writesEveryCharacterAsMinimalJsonDoes() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      JsonValue value = Json.value("a\"" + (char) c + "b\\" + (char) c);
      assertEquals(value.toString(), JsonText.of(value));
    }
  }

  @Test
  void writesAnyValueAsMinimalJsonDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      JsonValue value = any(random, 4);
      assertEquals(value.toString(), JsonText.of(value));
    }
  }

  private static JsonValue any(Random random, int depth) {
    switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0:
        return Json.NULL;
      case 1:
        return Json.value(random.nextBoolean());
      case 2:
        return Json.value(random.nextDouble());
      case 3:
        return Json.value(random.nextInt());
      case 4:
        return Json.value(text(random));
      case 5:
        JsonArray array = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(any(random, depth - 1));
        }
        return array;
      default:
        JsonObject object = new JsonObject();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.add(text(random), any(random, depth - 1));
        }
        return object;
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append("ab \"\\/\n\t\u0001\u007f\u2028é\ud83d".charAt(random.nextInt(13)));
    }
    return text.toString();
  }
}
