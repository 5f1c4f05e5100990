package gatehouse.oauth;

import gatehouse.http.Form;
import gatehouse.http.Urls;
import gatehouse.login.Continuation;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where an authorization response may go: the rules that a redirect URI must meet to be registered,
 * and the comparison with what is registered.
 *
 * <p>Comparison is of texts, character by character (RFC 9700 §2.1), with one exception: on
 * loopback any port will do (RFC 8252 §7.3), and {@code 127.0.0.1}, {@code [::1]} and {@code
 * localhost} are one host. The last is ours: clients register one name and listen on another, and
 * whoever can listen on one of them on this computer can listen on the others.
 */
public final class RedirectUri {
  /** Longer than any real one; each is stored, compared and shown. */
  private static final int MAX_CHARS = 2_048;

  /** Schemes that run or read something where they are opened. */
  private static final Set<String> DANGEROUS = Set.of("javascript", "data", "file", "vbscript",
      "blob", "about", "mailto", "tel", "ftp", "ws", "wss", "view-source", "filesystem", "intent");

  /**
   * Private-use schemes of known MCP clients. RFC 8252 §7.1 wants a reversed domain name, such as
   * {@code com.example.app}; these came before they heard of it.
   */
  private static final Set<String> KNOWN_CLIENTS = Set.of("cursor", "vscode", "vscode-insiders",
      "vscodium", "windsurf", "zed", "claude", "raycast", "warp", "goose", "jetbrains");

  private RedirectUri() {
  }

  /**
   * Why the URI cannot be registered, or null if it can.
   *
   * @param publicClient private-use schemes are for clients without a secret
   */
  public static String problem(String text, boolean publicClient) {
    // Only what RFC 3986 §2 allows: java.net.URI lets other letters pass,
    // and in a header some of them would end the line.
    boolean ascii = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    URI uri = !ascii || text.length() > MAX_CHARS ? null : Urls.parse(text);
    if (uri == null || uri.isOpaque()) {
      return "is not an absolute URI with an authority or path";
    }
    if (uri.getRawFragment() != null) {
      return "has a fragment"; // RFC 6749 §3.1.2
    }
    if (uri.getRawUserInfo() != null || text.indexOf('*') >= 0) {
      return "has user information or a wildcard";
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "https":
        return uri.getHost() == null ? "has no host" : null;
      case "http":
        return Urls.isLoopback(uri.getHost()) ? null : "is neither https nor on loopback";
      default:
        if (DANGEROUS.contains(scheme)) {
          return "has a scheme that is never allowed";
        }
        if (!publicClient) {
          return "has a private-use scheme, which only clients without a secret may use";
        }
        return scheme.indexOf('.') > 0 || KNOWN_CLIENTS.contains(scheme) ? null
            : "has a private-use scheme that is not a reversed domain name (RFC 8252)";
    }
  }

  /** Whether one of the registered URIs matches the requested one. */
  public static boolean matches(List<String> registered, String requested) {
    for (String candidate : registered) {
      if (candidate.equals(requested) || sameOnLoopback(candidate, requested)) {
        return true;
      }
    }
    return false;
  }

  /** RFC 8252 §7.3: everything but the port, and for us the name of this computer, is equal. */
  private static boolean sameOnLoopback(String registered, String requested) {
    if (requested.length() > MAX_CHARS) {
      return false;
    }
    String one = withoutLoopbackAuthority(registered);
    return one != null && one.equals(withoutLoopbackAuthority(requested));
  }

  /** What follows the authority of an http URL on loopback, or null if it is none. */
  private static String withoutLoopbackAuthority(String url) {
    URI uri = Urls.parse(url);
    if (uri == null || !"http".equals(uri.getScheme()) || !Urls.isLoopback(uri.getHost())
        || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return null;
    }
    return url.substring("http://".length() + uri.getRawAuthority().length());
  }

  /** Whether answers stay on this computer, where any program may be listening. */
  public static boolean isLoopback(String redirectUri) {
    URI uri = Urls.parse(redirectUri);
    return uri != null && Urls.isLoopback(uri.getHost());
  }

  /** What a person should see of it: the host, or the scheme of an app. */
  public static String display(String redirectUri) {
    URI uri = Urls.parse(redirectUri);
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    return web ? uri.getHost() : uri.getScheme() + ":";
  }

  /** The same for a form that goes on with an authorization request; null if that does not say. */
  public static String formTarget(Continuation next) {
    String uri = next.path().equals(AuthorizeEndpoint.PATH)
        ? Form.parse(next.query()).get("redirect_uri") : null;
    return uri == null ? null : formTarget(uri);
  }

  /** The CSP source that lets a form end there. */
  static String formTarget(String redirectUri) {
    URI uri = Urls.parse(redirectUri);
    if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
      return Urls.origin(uri);
    }
    return uri.getScheme().toLowerCase(Locale.ROOT) + ":";
  }
}
