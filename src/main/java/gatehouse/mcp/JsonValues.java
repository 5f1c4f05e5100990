package gatehouse.mcp;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.util.TreeMap;

/**
 * JSON values as JSON Schema compares them: by what they mean, not by how they are written.
 *
 * <p>2020-12, Core §4.2.2: 1 equals 1.0, members have no order, no type equals another. The
 * numbers are exact; one too extreme for that is compared by its spelling.
 */
final class JsonValues {
  /** Exponents up to here are computed exactly; 1e999999999 would fill the memory. */
  private static final int MAX_SCALE = 1_000;

  /** How much of a schema's own values a sentence shows. */
  private static final int MAX_WORDS = 200;

  private JsonValues() {
  }

  static boolean equal(JsonValue one, JsonValue other) {
    return canonical(one).equals(canonical(other));
  }

  static boolean contains(JsonArray array, JsonValue value) {
    String wanted = canonical(value);
    for (JsonValue item : array) {
      if (canonical(item).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A text that equal values share and others do not. */
  static String canonical(JsonValue value) {
    if (value.isNumber()) {
      BigDecimal number = number(value);
      return number == null ? value.toString() : number.stripTrailingZeros().toString();
    }
    if (value.isArray()) {
      StringBuilder out = new StringBuilder("[");
      value.asArray().forEach(item -> out.append(canonical(item)).append(','));
      return out.append(']').toString();
    }
    if (value.isObject()) {
      TreeMap<String, JsonValue> sorted = new TreeMap<>();
      for (Member member : value.asObject()) {
        sorted.put(member.getName(), member.getValue());
      }
      StringBuilder out = new StringBuilder("{");
      sorted.forEach((name, inner) ->
          out.append(Json.value(name)).append(':').append(canonical(inner)).append(','));
      return out.append('}').toString();
    }
    return value.toString();
  }

  /** Whether the value is of a type, or of one of several. */
  static boolean isType(JsonValue value, JsonValue type) {
    if (type.isArray()) {
      for (JsonValue one : type.asArray()) {
        if (isType(value, one)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asString()) {
      case "string" -> value.isString();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && isWhole(value);
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> value.isNull();
    };
  }

  /** Whether a number obeys one of the numeric keywords; true for any other keyword. */
  static boolean inRange(String keyword, JsonValue bound, JsonValue value) {
    return switch (keyword) {
      case "minimum" -> compare(value, bound) >= 0;
      case "maximum" -> compare(value, bound) <= 0;
      case "exclusiveMinimum" -> compare(value, bound) > 0;
      case "exclusiveMaximum" -> compare(value, bound) < 0;
      case "multipleOf" -> isMultiple(value, bound);
      default -> true;
    };
  }

  /** A value of the schema in a sentence. */
  static String words(JsonValue value) {
    String text = value.isString() ? value.asString() : value.toString();
    return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) + "…" : text;
  }

  private static boolean isWhole(JsonValue value) {
    BigDecimal number = number(value);
    return number != null && number.stripTrailingZeros().scale() <= 0;
  }

  private static int compare(JsonValue one, JsonValue other) {
    BigDecimal a = number(one);
    BigDecimal b = number(other);
    return a != null && b != null
        ? a.compareTo(b) : Double.compare(one.asDouble(), other.asDouble());
  }

  private static boolean isMultiple(JsonValue value, JsonValue of) {
    BigDecimal a = number(value);
    BigDecimal b = number(of);
    return a != null && b != null && b.signum() != 0 && a.remainder(b).signum() == 0;
  }

  private static BigDecimal number(JsonValue value) {
    try {
      BigDecimal number = new BigDecimal(value.toString());
      return Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
