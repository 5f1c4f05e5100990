package gatehouse.json;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The typed, suspicious view of a JSON object: the one door through which JSON from outside enters.
 *
 * <p>RFC 8259 §4 leaves duplicate names to the reader; here they are refused, because two readers
 * that keep different ones can be played against each other. Text must be UTF-8 (§8.1), depth and
 * number of values are bounded.
 *
 * <p>It does not echo: a message of {@link Malformed} names the field and what was expected, never
 * the value, so it can be shown to a client as it is. An explicit {@code null} counts as absent.
 */
public final class Fields {

  /** Deep enough for any schema or document we have seen; shallow enough for any stack. */
  public static final int MAX_DEPTH = 64;

  /** Values in one text. A megabyte of {@code [0,0,0…]} would cost forty megabytes of heap. */
  public static final int MAX_VALUES = 100_000;

  private final JsonObject object;

  private Fields(JsonObject object) {
    this.object = object;
  }

  /** Views an object that was already read. */
  public static Fields of(JsonObject object) {
    return new Fields(object);
  }

  /**
   * Reads one JSON value.
   *
   * @throws Malformed if the bytes are not UTF-8, not JSON, repeat a name or exceed a bound
   */
  public static JsonValue read(byte[] utf8) {
    // The JDK puts this character where bytes are no UTF-8, and is several times as fast about it.
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return read(text);
    }
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new Malformed("the text is not valid UTF-8");
    }
  }

  /** Reads one JSON value from text; see {@link #read(byte[])}. */
  public static JsonValue read(String text) {
    return BoundedReader.read(text);
  }

  /**
   * Reads a text that must be one JSON object.
   *
   * @throws Malformed as {@link #read(byte[])}, and if the value is not an object
   */
  public static Fields readObject(byte[] utf8) {
    return object(read(utf8));
  }

  /** Reads a text that must be one JSON object; see {@link #readObject(byte[])}. */
  public static Fields readObject(String text) {
    return object(read(text));
  }

  private static Fields object(JsonValue value) {
    if (!value.isObject()) {
      throw new Malformed("a JSON object is expected");
    }
    return new Fields(value.asObject());
  }

  /** The object itself, for copying or passing on. */
  public JsonObject json() {
    return object;
  }

  /** Whether the name is there with a value other than {@code null}. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** The value, or null if absent or {@code null}. */
  public JsonValue value(String name) {
    JsonValue value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** A string, or null if absent. */
  public String text(String name) {
    JsonValue value = value(name);
    if (value != null && !value.isString()) {
      throw wrong(name, "a string");
    }
    return value == null ? null : value.asString();
  }

  /** A string, or the given one if absent. */
  public String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /** A string that must be there and not empty. */
  public String needText(String name) {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw new Malformed("'" + name + "' is required");
    }
    return text;
  }

  /** A whole number, or the given one if absent. */
  public long number(String name, long otherwise) {
    JsonValue value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isNumber()) {
      // Below 2^53: from there on JSON numbers lose whole values (RFC 7493 §2.2).
      double number = value.asDouble();
      if (number == Math.rint(number) && Math.abs(number) < 9007199254740992.0) {
        return (long) number;
      }
    }
    throw wrong(name, "a whole number");
  }

  /** A boolean, or the given one if absent. */
  public boolean flag(String name, boolean otherwise) {
    JsonValue value = value(name);
    if (value != null && !value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value == null ? otherwise : value.asBoolean();
  }

  /** An object, or null if absent. */
  public Fields object(String name) {
    JsonValue value = value(name);
    if (value != null && !value.isObject()) {
      throw wrong(name, "an object");
    }
    return value == null ? null : new Fields(value.asObject());
  }

  /** An array, or an empty one if absent. */
  public JsonArray array(String name) {
    JsonValue value = value(name);
    if (value != null && !value.isArray()) {
      throw wrong(name, "an array");
    }
    return value == null ? new JsonArray() : value.asArray();
  }

  /** An array of strings, empty if absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array(name)) {
      if (!item.isString()) {
        throw wrong(name, "an array of strings");
      }
      texts.add(item.asString());
    }
    return texts;
  }

  /** An array of objects, empty if absent. */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (JsonValue item : array(name)) {
      if (!item.isObject()) {
        throw wrong(name, "an array of objects");
      }
      objects.add(new Fields(item.asObject()));
    }
    return objects;
  }

  /** A JSON array of strings, for writing. */
  public static JsonArray array(Iterable<String> texts) {
    JsonArray array = new JsonArray();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }

  private static Malformed wrong(String name, String expected) {
    return new Malformed("'" + name + "' must be " + expected);
  }

  /** JSON that is not what was asked for. The message is safe to show to whoever sent it. */
  public static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
      super(message, null);
    }
  }
}
