package gatehouse.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON from outside, against Jackson in its strictest mood: the same texts, the same values. */
public final class FieldsFuzz {
  private static final JsonMapper JACKSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private FieldsFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    JsonValue value;
    try {
      value = Fields.read(data);
    } catch (Fields.Malformed e) {
      assertTrue(e.getMessage().length() < 80, "a message that echoes");
      assertRefusedWithReason(data, e.getMessage());
      return;
    }
    String text = new String(data, StandardCharsets.UTF_8);
    JsonNode expected;
    try {
      expected = JACKSON.readTree(text);
    } catch (NumberFormatException e) {
      return; // an exponent beyond what Jackson computes with
    }
    assertSame(expected, value);
    assertEquals(value, Fields.read(value.toString()), "written and read again");
  }

  /** What another reader accepts, ours refuses for its bounds only. */
  private static void assertRefusedWithReason(byte[] data, String message) {
    if (message.startsWith("nested") || message.startsWith("more than")
        || message.startsWith("a number is")) {
      return;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return;
    }
    try {
      JsonNode node = JACKSON.readTree(text);
      assertTrue(node == null || node.isMissingNode(), () -> message + ", but it is JSON: " + text);
    } catch (JacksonException | NumberFormatException e) {
      // Refused by both.
    }
  }

  private static void assertSame(JsonNode expected, JsonValue value) {
    if (value.isObject()) {
      assertEquals(expected.size(), value.asObject().size());
      value.asObject().forEach(member ->
          assertSame(expected.get(member.getName()), member.getValue()));
    } else if (value.isArray()) {
      assertEquals(expected.size(), value.asArray().size());
      for (int i = 0; i < expected.size(); i++) {
        assertSame(expected.get(i), value.asArray().get(i));
      }
    } else if (value.isString()) {
      assertEquals(expected.stringValue(), value.asString());
    } else if (value.isNumber()) {
      assertTrue(expected.isNumber());
      assertEquals(0, expected.decimalValue().compareTo(new BigDecimal(value.toString())));
    } else {
      assertEquals(expected.toString(), value.toString());
    }
  }
}
