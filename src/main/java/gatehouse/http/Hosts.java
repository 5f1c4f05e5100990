package gatehouse.http;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which {@code Host} and {@code Origin} a request may name: the guard against DNS rebinding (MCP
 * transports, "Security"; RFC 9110 §7.4).
 *
 * <p>A page of an attacker whose name suddenly resolves to 127.0.0.1 reaches a local server, but
 * its requests still carry the attacker's name. Allowed as host are the public name and the
 * loopback names, these with any port since tunnels change it; allowed as origin are our own,
 * loopback pages (the Inspector is one) and what the operator lists. No origin at all is the normal
 * case.
 */
public final class Hosts {
  private final String publicHost;
  private final Set<String> origins = new HashSet<>();

  /**
   * Rules for a server.
   *
   * @param publicUrl the issuer
   * @param moreOrigins further origins whose pages may call the MCP endpoint
   */
  public Hosts(URI publicUrl, Set<String> moreOrigins) {
    this.publicHost = publicUrl.getHost().toLowerCase(Locale.ROOT);
    origins.add(Urls.origin(publicUrl));
    origins.addAll(moreOrigins);
  }

  /** Whether the request was meant for this server. */
  public boolean allowsHost(Request request) {
    String host = request.header("Host");
    if (host == null || request.headers("Host").size() > 1) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return Urls.isLoopback(name) || name.toLowerCase(Locale.ROOT).equals(publicHost);
  }

  /** Whether the page that sent the request, if it was one, may call the MCP endpoint. */
  public boolean allowsOrigin(Request request) {
    String origin = request.header("Origin");
    if (origin == null) {
      return true;
    }
    if (request.headers("Origin").size() > 1) {
      return false;
    }
    URI uri = Urls.parse(origin);
    return uri != null && uri.getHost() != null
        && (Urls.isLoopback(uri.getHost()) || origins.contains(Urls.origin(uri)));
  }
}
