package gatehouse.login;

import gatehouse.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a browser says it is, in two words, so that a person recognises their devices in a list.
 *
 * <p>Only words of ours are kept, never what was sent: {@code User-Agent} (RFC 9110 §10.1.5) is
 * anybody's text, and more of it would be a fingerprint. Nothing is decided by it.
 */
final class Device {
  /** Every browser also claims to be those below it. */
  private static final Map<String, String> BROWSERS = ordered(
      "Edg", "Edge", "OPR/", "Opera", "SamsungBrowser/", "Samsung Internet",
      "Firefox/", "Firefox", "FxiOS/", "Firefox", "Chrome/", "Chrome", "CriOS/", "Chrome",
      "Safari/", "Safari");

  private static final Map<String, String> SYSTEMS = ordered(
      "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows",
      "CrOS", "ChromeOS", "Macintosh", "macOS", "Linux", "Linux");

  private Device() {
  }

  /** Such as {@code "Firefox, Linux"}; empty if neither is known. */
  static String of(Request request) {
    String agent = request.header("User-Agent");
    if (agent == null) {
      return "";
    }
    String browser = first(BROWSERS, agent);
    String system = first(SYSTEMS, agent);
    return browser.isEmpty() || system.isEmpty() ? browser + system : browser + ", " + system;
  }

  private static String first(Map<String, String> names, String agent) {
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (agent.contains(name.getKey())) {
        return name.getValue();
      }
    }
    return "";
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
