package gatehouse.store;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;

/**
 * Rows and keys as text that any file and any database can hold, and that comes back as it was.
 *
 * <p>Two things that a Java string can hold are no UTF-8, or refused by PostgreSQL: half of a
 * surrogate pair, and the character zero. In a row both are written as JSON escapes. A key is
 * written as it is, so that it can be read by people, unless it has such a character: then as a
 * JSON string, quotes included. Keys with a quote or a backslash, and the empty key, are written
 * that way too, so no two keys share a text and none is empty.
 *
 * <p>The text of a row is canonical: equal objects have the same text, so texts can be compared.
 * Unlike other JSON, rows are not read through {@code Fields}: they are ours, and what was written
 * must be readable even where it wraps something that just fitted the bounds on input.
 */
final class StoredText {
  private StoredText() {
  }

  /** The text of a row. */
  static String of(JsonObject row) {
    return escapeHalves(row.toString());
  }

  /** The row of a text. */
  static JsonObject row(String text) {
    return Json.parse(text).asObject();
  }

  /** The text of a key. */
  static String ofKey(String key) {
    return isPlain(key) ? key : escapeHalves(Json.value(key).toString());
  }

  /** The key of a text. */
  static String key(String text) {
    return text.startsWith("\"") ? Json.parse(text).asString() : text;
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || isHalf(key, i)) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  /** In a JSON text such a character can only be inside a string, where an escape may stand. */
  private static String escapeHalves(String json) {
    StringBuilder escaped = null;
    for (int i = json.length() - 1; i >= 0; i--) {
      if (isHalf(json, i)) {
        escaped = escaped == null ? new StringBuilder(json) : escaped;
        escaped.replace(i, i + 1, "\\u" + Integer.toHexString(json.charAt(i)));
      }
    }
    return escaped == null ? json : escaped.toString();
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }
}
