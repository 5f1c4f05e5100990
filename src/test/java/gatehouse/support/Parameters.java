package gatehouse.support;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names and values as a query or a form body has them: in order, and repeatable. */
public final class Parameters {
  private final List<Map.Entry<String, String>> pairs = new ArrayList<>();

  /** Parameters given as name, value, name, value. */
  public static Parameters of(String... namesAndValues) {
    Parameters parameters = new Parameters();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  /** Reads a query or a body; null has none. */
  public static Parameters parse(String encoded) {
    Parameters parameters = new Parameters();
    for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
      int equals = pair.indexOf('=');
      parameters.add(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return parameters;
  }

  /** One more, though there may be one of that name. */
  public Parameters add(String name, String value) {
    pairs.add(Map.entry(name, value));
    return this;
  }

  /** Takes the place of all of that name. */
  public Parameters set(String name, String value) {
    return remove(name).add(name, value);
  }

  /** Takes away all of that name. */
  public Parameters remove(String name) {
    pairs.removeIf(pair -> pair.getKey().equals(name));
    return this;
  }

  /** The first value, or null. */
  public String get(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  public List<String> all(String name) {
    return pairs.stream().filter(pair -> pair.getKey().equals(name))
        .map(Map.Entry::getValue).toList();
  }

  /** As it travels (RFC 6749 App. B). */
  public String encoded() {
    List<String> encoded = new ArrayList<>();
    pairs.forEach(pair -> encoded.add(encode(pair.getKey()) + "=" + encode(pair.getValue())));
    return String.join("&", encoded);
  }

  @Override
  public String toString() {
    return pairs.toString();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
