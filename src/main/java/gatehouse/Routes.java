package gatehouse;

import static gatehouse.http.Route.Trait.ANY_ORIGIN;
import static gatehouse.http.Route.Trait.KNOWN_ORIGIN;
import static gatehouse.http.Route.Trait.MAY_WAIT;
import static gatehouse.http.Route.route;

import gatehouse.http.Handler;
import gatehouse.http.Limits;
import gatehouse.http.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * The map: every address of the server, one line each.
 *
 * <p>{@code ANY_ORIGIN} is for what clients inside a browser call (CORS), {@code MAY_WAIT} for what
 * hashes, signs, fetches or runs a tool. Addresses stand under the issuer's path, which is usually
 * empty.
 */
final class Routes {
  /** The MCP endpoint under the issuer. */
  static final String MCP = "/mcp";

  /** What answers at the addresses. */
  record Endpoints(Handler metadata, Handler resource, Handler jwks, Handler register,
      Handler authorize, Handler consent, Handler token, Handler loginForm, Handler login,
      Handler logoutForm, Handler logout, Handler mcp, Handler home, Handler style) {
  }

  private static final String AS = "/.well-known/oauth-authorization-server";
  private static final String OIDC = "/.well-known/openid-configuration";
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";

  private Routes() {
  }

  /**
   * The routes.
   *
   * @param base the path of the issuer, empty or beginning with a slash
   */
  static List<Route> of(String base, Endpoints e) {
    List<Route> routes = new ArrayList<>(List.of(
        route("GET",    base + "/authorize", e.authorize,  MAY_WAIT),
        route("POST",   base + "/authorize", e.authorize,  MAY_WAIT),
        route("POST",   base + "/consent",   e.consent,    MAY_WAIT),
        route("POST",   base + "/token",     e.token,      MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/register",  e.register,   MAY_WAIT, ANY_ORIGIN),
        route("GET",    base + "/jwks",      e.jwks,       MAY_WAIT, ANY_ORIGIN),

        route("GET",    base + "/login",     e.loginForm),
        route("POST",   base + "/login",     e.login,      MAY_WAIT),
        route("GET",    base + "/logout",    e.logoutForm),
        route("POST",   base + "/logout",    e.logout),
        route("GET",    base + "/",          e.home),
        route("GET",    base + "/style.css", e.style),

        route("POST",   base + MCP,          e.mcp,        MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN)
            .body(Limits.MCP_BODY_BYTES),
        route("GET",    base + MCP,          e.mcp,        MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN),
        route("DELETE", base + MCP,          e.mcp,        MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN)));

    // RFC 8414 §3.1 puts the issuer's path behind the well-known name, OpenID Connect Discovery §4
    // before it; clients that know only the MCP URL put its path behind (RFC 9728 §3.1).
    for (String name : List.of(AS, OIDC)) {
      for (String path : List.of(name, name + base, base + name, name + base + MCP,
          base + name + MCP, base + MCP + name)) {
        routes.add(route("GET", path, e.metadata, ANY_ORIGIN));
      }
    }
    for (String path : List.of(RESOURCE, RESOURCE + base, RESOURCE + base + MCP,
        base + RESOURCE, base + RESOURCE + MCP, base + MCP + RESOURCE)) {
      routes.add(route("GET", path, e.resource, ANY_ORIGIN));
    }
    return routes;
  }
}
