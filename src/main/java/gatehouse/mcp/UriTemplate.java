package gatehouse.mcp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI with holes, and what fills them in a given URI.
 *
 * <p>RFC 6570, levels 1 to 3, read backwards: each expression becomes a pattern for what its
 * expansion (§3.2) can look like. A variable is never empty. Values are percent-decoded; one with a
 * {@code .} or {@code ..} between slashes, or with a control character, matches nothing, so that
 * nobody climbs out of what a handler takes for a folder.
 *
 * <p>Level 4 (prefixes, explosion) is refused, since its expansions cannot be read back.
 */
final class UriTemplate {
  private static final String PLAIN = "([A-Za-z0-9\\-._~%]+)";
  private static final String RESERVED = "([A-Za-z0-9\\-._~%:/?#\\[\\]@!$&'()*+,;=]+)";

  private final String text;
  private final Pattern pattern;
  private final List<String> names = new ArrayList<>();

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is none, or of level 4
   */
  UriTemplate(String text) {
    this.text = text;
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int end = open < 0 ? text.length() : open;
      if (end > at) {
        regex.append(Pattern.quote(text.substring(at, end)));
      }
      at = end;
      if (open >= 0) {
        int close = text.indexOf('}', open);
        if (close < open + 2) {
          throw new IllegalArgumentException("not a URI template: " + text);
        }
        expression(text.substring(open + 1, close), regex);
        at = close + 1;
      }
    }
    this.pattern = Pattern.compile(regex.toString());
  }

  /** The names of its variables, in their order. */
  List<String> names() {
    return names;
  }

  /** The values of the variables, or null if the URI is none of this template's. */
  Map<String, String> match(String uri) {
    if (uri.length() > BoundedText.MAX_LENGTH) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    try {
      Matcher matcher = pattern.matcher(new BoundedText(uri));
      if (!matcher.matches()) {
        return null;
      }
      for (int i = 0; i < names.size(); i++) {
        String raw = matcher.group(i + 1);
        if (raw != null) {
          String value = decode(raw);
          if (!isConfined(value)) {
            return null;
          }
          values.put(names.get(i), value);
        }
      }
      return values;
    } catch (IllegalArgumentException | BoundedText.Exhausted e) {
      return null;
    }
  }

  /** RFC 6570 §3.2: how an operator begins, separates, and whether it names its variables. */
  private void expression(String expression, StringBuilder regex) {
    char operator = "+#./;?&".indexOf(expression.charAt(0)) < 0 ? ' ' : expression.charAt(0);
    String[] variables = (operator == ' ' ? expression : expression.substring(1)).split(",");
    boolean named = operator == ';' || operator == '?' || operator == '&';
    String value = operator == '+' || operator == '#' ? RESERVED : PLAIN;
    for (int i = 0; i < variables.length; i++) {
      if (!variables[i].chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')) {
        throw new IllegalArgumentException("not a variable of levels 1 to 3: " + variables[i]);
      }
      names.add(variables[i]);
      String before = switch (operator) {
        case ' ', '+' -> i == 0 ? "" : ",";
        case '#' -> i == 0 ? "#" : ",";
        case '?' -> i == 0 ? "?" : "&";
        default -> String.valueOf(operator);
      };
      // Named ones may be left out of a URI, the others hold it together.
      regex.append(named ? "(?:" : "").append(before.isEmpty() ? "" : Pattern.quote(before))
          .append(named ? variables[i] + "=" + value + ")?" : value);
    }
  }

  private static String decode(String raw) {
    // URLDecoder is for forms, where a plus is a space.
    String decoded = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (decoded.indexOf('\uFFFD') >= 0) {
      throw new IllegalArgumentException("not UTF-8");
    }
    return decoded;
  }

  private static boolean isConfined(String value) {
    for (String segment : value.split("[/\\\\]", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return value.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public String toString() {
    return text;
  }
}
