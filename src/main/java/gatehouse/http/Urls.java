package gatehouse.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The few rules about URLs that several chapters need: parsing without surprises, appending
 * parameters, recognising loopback.
 *
 * <p>It compares nothing: where two URLs must be equal, they are equal as texts (RFC 3986 §6.2.1).
 */
public final class Urls {
  private Urls() {
  }

  /** The absolute URI, or null if the text is none. */
  public static URI parse(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * Whether the host names this computer: RFC 8252 §7.3's literals, and {@code localhost}, which
   * real clients use in spite of §8.3.
   */
  public static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }

  /**
   * The URL with a parameter appended to its query; what it already has stays (RFC 6749 §3.1.2).
   */
  public static String append(String url, String name, String value) {
    StringBuilder parameter = new StringBuilder();
    Form.append(parameter, name, value);
    return url + (url.indexOf('?') < 0 ? "?" : url.endsWith("?") ? "" : "&") + parameter;
  }

  /** Scheme, host and port as browsers write an origin, without a port that is the default. */
  public static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort();
    boolean usual = port < 0 || scheme.equals("http") && port == 80
        || scheme.equals("https") && port == 443;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
  }

  /** Whether the text is a token of RFC 9110 §5.6.2, as header names are. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
