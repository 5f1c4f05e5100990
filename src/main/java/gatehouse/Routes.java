package gatehouse;

import static gatehouse.http.Route.Trait.ANY_HOST;
import static gatehouse.http.Route.Trait.ANY_ORIGIN;
import static gatehouse.http.Route.Trait.KNOWN_ORIGIN;
import static gatehouse.http.Route.Trait.MAY_WAIT;
import static gatehouse.http.Route.Trait.SELDOM_WAITS;
import static gatehouse.http.Route.Trait.SIGNS;
import static gatehouse.http.Route.route;

import gatehouse.guard.ProtectedResourceMetadata;
import gatehouse.http.Audit;
import gatehouse.http.Handler;
import gatehouse.http.Limits;
import gatehouse.http.Route;
import gatehouse.login.AccountPage;
import gatehouse.login.PasswordPage;
import gatehouse.login.TotpPage;
import gatehouse.login.UpstreamSso;
import gatehouse.login.passkey.PasskeyPage;
import gatehouse.oauth.AuthorizeEndpoint;
import gatehouse.oauth.ClientsPage;
import gatehouse.oauth.ConsentPage;
import gatehouse.oauth.EndSessionEndpoint;
import gatehouse.oauth.IntrospectEndpoint;
import gatehouse.oauth.JsonErrors;
import gatehouse.oauth.JwksEndpoint;
import gatehouse.oauth.MetadataEndpoint;
import gatehouse.oauth.PushedRequests;
import gatehouse.oauth.RegisterEndpoint;
import gatehouse.oauth.RevokeEndpoint;
import gatehouse.oauth.TokenEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The map: every address of the server, one line each.
 *
 * <p>{@code ANY_ORIGIN} is for what clients inside a browser call (CORS), {@code MAY_WAIT} for what
 * hashes, fetches or writes to a disk, {@code SELDOM_WAITS} and {@code SIGNS} for what mostly does
 * not. Addresses stand under the issuer's path, which is usually empty.
 */
final class Routes {
  /** The MCP endpoint under the issuer. */
  static final String MCP = "/mcp";

  private static final String AS = "/.well-known/oauth-authorization-server";
  private static final String OIDC = "/.well-known/openid-configuration";
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";

  private Routes() {
  }

  /** The URL of the resource's document: the well-known name precedes the path (RFC 9728 §3.1). */
  static String resourceMetadata(String issuer) {
    String path = URI.create(issuer).getRawPath();
    return issuer.substring(0, issuer.length() - path.length()) + RESOURCE + path + MCP;
  }

  /** What clients read before they do anything: metadata and keys. */
  static List<Route> documents(String base, MetadataEndpoint metadata,
      ProtectedResourceMetadata resource, JwksEndpoint jwks, HealthPage health,
      boolean issuesTokens) {
    List<Route> routes = new ArrayList<>();
    for (String path : List.of(RESOURCE, RESOURCE + base, RESOURCE + base + MCP,
        base + RESOURCE, base + RESOURCE + MCP, base + MCP + RESOURCE)) {
      routes.add(route("GET", path, resource::handle, ANY_ORIGIN));
    }
    routes.add(route("GET", base + "/health",      health::live, ANY_HOST));
    routes.add(route("GET", base + "/health/live", health::live, ANY_HOST));
    if (!issuesTokens) {
      return routes;
    }
    // RFC 8414 §3.1 puts the issuer's path behind the well-known name, OpenID Connect Discovery §4
    // before it; clients that know only the MCP URL put its path behind (RFC 9728 §3.1).
    for (String name : List.of(AS, OIDC)) {
      for (String path : List.of(name, name + base, base + name, name + base + MCP,
          base + name + MCP, base + MCP + name)) {
        routes.add(route("GET", path, metadata::handle, ANY_ORIGIN));
      }
    }
    routes.add(route("GET", base + "/jwks", jwks::handle, SELDOM_WAITS, ANY_ORIGIN));
    return routes;
  }

  /**
   * What clients do with tokens.
   *
   * @param durable whether each change waits for a disk or a database
   */
  static List<Route> tokens(String base, TokenEndpoint token, RevokeEndpoint revoke,
      IntrospectEndpoint introspect, Handler userinfo, Audit audit, boolean durable) {
    Handler issue = JsonErrors.around(audit, token::handle);
    Handler end = JsonErrors.around(audit, revoke::handle);
    Handler look = JsonErrors.around(audit, introspect::handle);
    // A key or a document of the client's has to be fetched first, now and then.
    Route.Trait waits = durable ? MAY_WAIT : SELDOM_WAITS;
    return List.of(
        route("POST", base + "/token",      issue,    durable ? MAY_WAIT : SIGNS, ANY_ORIGIN),
        route("POST", base + "/revoke",     end,      waits, ANY_ORIGIN),
        route("POST", base + "/introspect", look,     waits, ANY_ORIGIN),
        route("GET",  base + "/userinfo",   userinfo, waits, ANY_ORIGIN),
        route("POST", base + "/userinfo",   userinfo, waits, ANY_ORIGIN));
  }

  /** The protected resource. */
  static List<Route> resource(String base, Handler mcp) {
    return List.of(
        route("POST",   base + MCP, mcp, SELDOM_WAITS, ANY_ORIGIN, KNOWN_ORIGIN)
            .body(Limits.MCP_BODY_BYTES),
        route("GET",    base + MCP, mcp, MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN),
        route("DELETE", base + MCP, mcp, MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN));
  }

  /** How a client comes to be known, and to be allowed something. */
  static List<Route> clients(String base, AuthorizeEndpoint authorize, PushedRequests pushed,
      ConsentPage consent, RegisterEndpoint register, Audit audit) {
    Handler par = JsonErrors.around(audit, pushed::push);
    Handler create = JsonErrors.aroundRegistration(audit, register::register);
    Handler read = JsonErrors.aroundRegistration(audit, register::read);
    Handler replace = JsonErrors.aroundRegistration(audit, register::replace);
    Handler remove = JsonErrors.aroundRegistration(audit, register::remove);
    return List.of(
        route("GET",    base + "/authorize",  authorize::handle, MAY_WAIT),
        route("POST",   base + "/authorize",  authorize::handle, MAY_WAIT),
        route("POST",   base + "/par",        par,               MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/consent",    consent::decide,   MAY_WAIT),
        route("POST",   base + "/register",   create,            MAY_WAIT, ANY_ORIGIN),
        route("GET",    base + "/register/*", read,              MAY_WAIT, ANY_ORIGIN),
        route("PUT",    base + "/register/*", replace,           MAY_WAIT, ANY_ORIGIN),
        route("DELETE", base + "/register/*", remove,            MAY_WAIT, ANY_ORIGIN));
  }

  /** What people do here themselves. What the operator does not offer is not there. */
  static List<Route> people(String base, SignInWiring ways, EndSessionEndpoint logout,
      ClientsPage clients) {
    List<Route> routes = new ArrayList<>(List.of(
        route("GET",  base + "/login",           ways.login::show),
        route("POST", base + "/login",           ways.login::signIn,    MAY_WAIT),
        route("GET",  base + "/login/second",    ways.second::show),
        route("POST", base + "/login/second",    ways.second::enter),
        route("GET",  base + UpstreamSso.PATH + "*", ways.upstream::handle, MAY_WAIT),
        route("GET",  base + "/logout",          logout::handle,        MAY_WAIT),
        route("POST", base + "/logout",          logout::handle,        MAY_WAIT),
        route("GET",  base + "/clients",         clients::show),
        route("POST", base + "/clients",         clients::change,       MAY_WAIT),
        route("GET",  base + AccountPage.PATH,   ways.account::show,    MAY_WAIT),
        route("POST", base + AccountPage.PATH,   ways.account::change,  MAY_WAIT)));
    if (ways.offersPasswords) {
      routes.add(route("GET",  base + PasswordPage.PATH, ways.password::show));
      routes.add(route("POST", base + PasswordPage.PATH, ways.password::change, MAY_WAIT));
    }
    if (ways.offersTotp) {
      routes.add(route("GET",  base + TotpPage.PATH, ways.totpPage::show));
      routes.add(route("POST", base + TotpPage.PATH, ways.totpPage::change));
    }
    if (ways.offersPasskeys) {
      PasskeyPage page = ways.passkeyPage;
      routes.add(route("POST", base + PasskeyPage.LOGIN_PATH,   page::signIn,   MAY_WAIT));
      routes.add(route("POST", base + PasskeyPage.SECOND_PATH,  page::complete, MAY_WAIT));
      routes.add(route("GET",  base + PasskeyPage.ACCOUNT_PATH, page::list));
      routes.add(route("POST", base + PasskeyPage.ACCOUNT_PATH, page::change,   MAY_WAIT));
    }
    return routes;
  }

  /** For whoever runs the server, or has just found it. */
  static List<Route> operator(String base, HealthPage health, MetricsPage metrics, HomePage home,
      DocumentsPage documents, Map<String, Handler> files) {
    List<Route> routes = new ArrayList<>(List.of(
        route("GET", base + "/health/ready", health::ready, ANY_HOST, MAY_WAIT),
        route("GET", base + "/metrics",      metrics::show, ANY_HOST),
        route("GET", base + "/",             home::show),
        route("GET", base + DocumentsPage.PATH, documents::show)));
    files.forEach((name, file) -> routes.add(route("GET", base + "/" + name, file)));
    return routes;
  }
}
