package gatehouse.json;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.util.HashSet;
import java.util.Set;

/**
 * Builds a JSON value while counting: depth, values, and names of an object, none of which twice.
 * minimal-json's own builder keeps the last of two equal names and bounds nothing but depth.
 */
final class BoundedReader extends JsonHandler<JsonArray, BoundedReader.Unique> {

  private JsonValue value;
  private int depth;
  private int values;

  /** Reads one value; see {@link Fields#read(byte[])}. */
  static JsonValue read(String text) {
    BoundedReader reader = new BoundedReader();
    try {
      new JsonParser(reader).parse(text);
    } catch (ParseException e) {
      throw new Fields.Malformed("not valid JSON at line " + e.getLocation().line
          + ", column " + e.getLocation().column);
    } catch (NumberFormatException e) {
      throw new Fields.Malformed("a number is out of range");
    }
    return reader.value;
  }

  @Override
  public JsonArray startArray() {
    deeper();
    return new JsonArray();
  }

  @Override
  public Unique startObject() {
    deeper();
    return new Unique();
  }

  @Override
  public void startNull() {
    count();
  }

  @Override
  public void endNull() {
    value = Json.NULL;
  }

  @Override
  public void startBoolean() {
    count();
  }

  @Override
  public void endBoolean(boolean flag) {
    value = flag ? Json.TRUE : Json.FALSE;
  }

  @Override
  public void startString() {
    count();
  }

  @Override
  public void endString(String string) {
    value = Json.value(string);
  }

  @Override
  public void startNumber() {
    count();
  }

  @Override
  public void endNumber(String digits) {
    if (isShortInteger(digits)) {
      value = Json.value(Integer.parseInt(digits));
      return;
    }
    // 400 digits are no number anybody means, and quadratic to convert.
    if (digits.length() > 400) {
      throw new Fields.Malformed("a number is too long");
    }
    // Only minimal-json's own parser makes a number that keeps its digits as they came.
    value = Json.parse(digits);
  }

  @Override
  public void endArray(JsonArray array) {
    depth--;
    value = array;
  }

  @Override
  public void endObject(Unique unique) {
    depth--;
    value = unique.object;
  }

  @Override
  public void endArrayValue(JsonArray array) {
    array.add(value);
  }

  @Override
  public void endObjectName(Unique unique, String name) {
    if (unique.has(name)) {
      throw new Fields.Malformed("a name appears twice in one object");
    }
  }

  @Override
  public void endObjectValue(Unique unique, String name) {
    unique.add(name, value);
  }

  /** Whether it looks the same again when it was a number meanwhile. */
  private static boolean isShortInteger(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return false;
      }
    }
    return digits.length() < 10;
  }

  private void deeper() {
    count();
    if (++depth > Fields.MAX_DEPTH) {
      throw new Fields.Malformed("nested deeper than " + Fields.MAX_DEPTH + " levels");
    }
  }

  private void count() {
    if (++values > Fields.MAX_VALUES) {
      throw new Fields.Malformed("more than " + Fields.MAX_VALUES + " values");
    }
  }

  /** An object being read, once it is large with its names in a set: looking one up is linear. */
  static final class Unique {
    private static final int SMALL = 16;

    private final JsonObject object = new JsonObject();
    private Set<String> names;

    private boolean has(String name) {
      return names == null ? object.get(name) != null : names.contains(name);
    }

    private void add(String name, JsonValue value) {
      object.add(name, value);
      if (names != null) {
        names.add(name);
      } else if (object.size() == SMALL) {
        names = new HashSet<>(object.names());
      }
    }
  }
}
