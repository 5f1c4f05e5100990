package gatehouse.oauth;

import gatehouse.http.Urls;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The resources that tokens are issued for (RFC 8707), each under one canonical name.
 *
 * <p>Forgiving on input, as RFC 3986 §6.2.2 allows: letters of scheme and host in either case, a
 * default port, a trailing slash. What is issued is always the canonical name, verbatim, because
 * many clients and verifiers compare texts.
 */
public final class ResourceIndicator {
  private final Set<String> canonical;
  private final String issuer;

  /**
   * The resources of a server.
   *
   * @param issuer also accepted as a name of the first resource: clients that know nothing of paths
   *     send the origin
   * @param canonical at least one, the first is the default
   */
  public ResourceIndicator(String issuer, List<String> canonical) {
    this.issuer = normal(issuer);
    this.canonical = new LinkedHashSet<>(canonical);
  }

  /** The resource of a request that names none: never "anything" (RFC 9068 §3). */
  public String fallback() {
    return canonical.iterator().next();
  }

  /** All resources. */
  public Set<String> all() {
    return canonical;
  }

  /**
   * The canonical names of what a request asks for; the default if it asks for nothing.
   *
   * @throws OAuthError {@code invalid_target} (RFC 8707 §2) if one is unknown
   */
  public Set<String> resolve(List<String> requested) {
    Set<String> resolved = new LinkedHashSet<>();
    for (String resource : requested) {
      resolved.add(resolve(resource));
    }
    return resolved.isEmpty() ? Set.of(fallback()) : resolved;
  }

  /**
   * The audience of a token: all that was granted, or the part that the token request asks for.
   *
   * @throws OAuthError {@code invalid_target} (RFC 8707 §2.2) if it asks for more
   */
  public Set<String> narrow(List<String> requested, Set<String> granted) {
    if (requested.isEmpty()) {
      return granted;
    }
    Set<String> narrowed = resolve(requested);
    if (!granted.containsAll(narrowed)) {
      throw new OAuthError("invalid_target", "That resource is not part of the grant.");
    }
    return narrowed;
  }

  private String resolve(String requested) {
    if (canonical.contains(requested)) {
      return requested;
    }
    String normal = normal(requested);
    for (String candidate : canonical) {
      if (normal(candidate).equals(normal)) {
        return candidate;
      }
    }
    if (issuer.equals(normal)) {
      return fallback();
    }
    throw new OAuthError("invalid_target", "This server issues no tokens for that resource.");
  }

  private static String normal(String url) {
    URI uri = Urls.parse(url);
    if (uri == null || uri.getHost() == null || uri.getRawFragment() != null) {
      return "";
    }
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    return Urls.origin(uri) + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
        + (query == null ? "" : "?" + query);
  }
}
