package gatehouse.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters in {@code application/x-www-form-urlencoded}, from a query or a body.
 *
 * <p>RFC 6749 §3.1 and §3.2: a parameter without a value counts as absent, one that appears twice
 * is an error, one that is unknown is ignored. {@link #get} therefore refuses a repeated name;
 * names that may repeat ({@code resource}, {@code scope} check boxes) are read with {@link #all}.
 */
public final class Form {
  /** More parameters than any request of any of our protocols has. */
  private static final int MAX_PARAMETERS = 200;

  /** No parameters. */
  public static final Form EMPTY = new Form(Map.of());

  private final Map<String, List<String>> values;

  private Form(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads encoded parameters.
   *
   * @throws HttpError 400 if the escapes are broken, the text is not UTF-8 or has too many
   *     parameters
   */
  public static Form parse(String encoded) {
    if (encoded == null || encoded.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (int start = 0; start <= encoded.length();) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      if (++count > MAX_PARAMETERS) {
        throw new HttpError(400, "More than " + MAX_PARAMETERS + " parameters.");
      }
      int equals = encoded.indexOf('=', start);
      equals = equals < 0 || equals > end ? end : equals;
      String name = decode(encoded, start, equals);
      String value = equals == end ? "" : decode(encoded, equals + 1, end);
      if (!value.isEmpty()) {
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Form(values);
  }

  /** Parameters from a map, one value each; null values are left out. */
  public static Form of(Map<String, String> values) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (value != null && !value.isEmpty()) {
        copy.put(name, List.of(value));
      }
    });
    return new Form(copy);
  }

  /**
   * The value, or null if absent.
   *
   * @throws RepeatedParameter if the name appears more than once
   */
  public String get(String name) {
    List<String> all = values.get(name);
    if (all == null) {
      return null;
    }
    if (all.size() > 1) {
      throw new RepeatedParameter(name);
    }
    return all.get(0);
  }

  /** The value, or the given one if absent. */
  public String get(String name, String otherwise) {
    String value = get(name);
    return value == null ? otherwise : value;
  }

  /** All values in their order, possibly none. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
  }

  /** The names that have a value. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** The same without these parameters. */
  public Form without(Set<String> names) {
    Map<String, List<String>> copy = new LinkedHashMap<>(values);
    copy.keySet().removeAll(names);
    return new Form(copy);
  }

  /** The same with one parameter set to this value alone. */
  public Form with(String name, String value) {
    Map<String, List<String>> copy = new LinkedHashMap<>(values);
    copy.put(name, List.of(value));
    return new Form(copy);
  }

  /** The parameters in encoded form, which {@link #parse} reads back. */
  public String encoded() {
    StringBuilder out = new StringBuilder();
    values.forEach((name, all) -> all.forEach(value -> append(out, name, value)));
    return out.toString();
  }

  /** Appends {@code name=value} in encoded form, after an ampersand where needed. */
  static void append(StringBuilder out, String name, String value) {
    if (out.length() > 0) {
      out.append('&');
    }
    out.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Decodes {@code +} and {@code %XX}, refusing what is not UTF-8 rather than replacing it. */
  private static String decode(String text, int start, int end) {
    boolean plain = true;
    for (int i = start; i < end && plain; i++) {
      char c = text.charAt(i);
      plain = c != '%' && c != '+' && c < 0x80;
    }
    if (plain) {
      return text.substring(start, end);
    }
    byte[] bytes = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= end || !HexFormat.isHexDigit(text.charAt(i + 1))
            || !HexFormat.isHexDigit(text.charAt(i + 2))) {
          throw broken();
        }
        bytes[length++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + 3);
        i += 2;
      } else if (c < 0x80) {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      } else {
        throw broken();
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  private static HttpError broken() {
    return new HttpError(400, "The parameters are not valid application/x-www-form-urlencoded.");
  }

  /** A parameter that may appear once appeared twice. */
  public static final class RepeatedParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedParameter(String name) {
      super("parameter appears more than once", null, false, false);
    }
  }
}
