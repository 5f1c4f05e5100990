package gatehouse;

import static gatehouse.http.Route.Trait.ANY_HOST;
import static gatehouse.http.Route.Trait.ANY_ORIGIN;
import static gatehouse.http.Route.Trait.KNOWN_ORIGIN;
import static gatehouse.http.Route.Trait.MAY_WAIT;
import static gatehouse.http.Route.Trait.SELDOM_WAITS;
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
import java.util.Set;

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
  record Endpoints(MetadataEndpoint metadata, ProtectedResourceMetadata resource, JwksEndpoint jwks,
      RegisterEndpoint register, AuthorizeEndpoint authorize, PushedRequests par,
      ConsentPage consent, TokenEndpoint token, RevokeEndpoint revoke,
      IntrospectEndpoint introspect, Handler userinfo, EndSessionEndpoint logout,
      ClientsPage clients, HomePage home, DocumentsPage documents, Handler mcp,
      Map<String, Handler> files, SignInWiring ways, HealthPage health, MetricsPage metrics,
      Audit audit, boolean issuesTokens) {
  }

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

  /**
   * The routes.
   *
   * @param base the path of the issuer, empty or beginning with a slash
   */
  static List<Route> of(String base, Endpoints e) {
    Handler token = JsonErrors.around(e.audit, e.token::handle);
    Handler par = JsonErrors.around(e.audit, e.par::push);
    Handler revoke = JsonErrors.around(e.audit, e.revoke::handle);
    Handler introspect = JsonErrors.around(e.audit, e.introspect::handle);
    Handler register = JsonErrors.aroundRegistration(e.audit, e.register::register);
    Handler readClient = JsonErrors.aroundRegistration(e.audit, e.register::read);
    Handler putClient = JsonErrors.aroundRegistration(e.audit, e.register::replace);
    Handler endClient = JsonErrors.aroundRegistration(e.audit, e.register::remove);

    List<Route> routes = new ArrayList<>(List.of(
        route("GET",    base + "/authorize",  e.authorize::handle,  MAY_WAIT),
        route("POST",   base + "/authorize",  e.authorize::handle,  MAY_WAIT),
        route("POST",   base + "/par",        par,                  MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/consent",    e.consent::decide,    MAY_WAIT),
        route("POST",   base + "/token",      token,                MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/revoke",     revoke,               MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/introspect", introspect,           MAY_WAIT, ANY_ORIGIN),
        route("GET",    base + "/userinfo",   e.userinfo,           MAY_WAIT, ANY_ORIGIN),
        route("POST",   base + "/userinfo",   e.userinfo,           MAY_WAIT, ANY_ORIGIN),
        route("GET",    base + "/jwks",       e.jwks::handle,       SELDOM_WAITS, ANY_ORIGIN),
        route("POST",   base + "/register",   register,             MAY_WAIT, ANY_ORIGIN),
        route("GET",    base + "/register/*", readClient,           MAY_WAIT, ANY_ORIGIN),
        route("PUT",    base + "/register/*", putClient,            MAY_WAIT, ANY_ORIGIN),
        route("DELETE", base + "/register/*", endClient,            MAY_WAIT, ANY_ORIGIN),

        route("GET",    base + "/login",      e.ways.login::show),
        route("POST",   base + "/login",      e.ways.login::signIn,      MAY_WAIT),
        route("GET",    base + "/login/second", e.ways.second::show),
        route("POST",   base + "/login/second", e.ways.second::enter),
        route("GET",    base + UpstreamSso.PATH + "*", e.ways.upstream::handle, MAY_WAIT),
        route("GET",    base + "/logout",     e.logout::handle,     MAY_WAIT),
        route("POST",   base + "/logout",     e.logout::handle,     MAY_WAIT),
        route("GET",    base + "/clients",    e.clients::show),
        route("POST",   base + "/clients",    e.clients::change,    MAY_WAIT),
        route("GET",    base + "/",           e.home::show),
        route("GET",    base + DocumentsPage.PATH, e.documents::show),
        route("GET",    base + "/health",     e.health::live,       ANY_HOST),
        route("GET",    base + "/health/live", e.health::live,      ANY_HOST),
        route("GET",    base + "/health/ready", e.health::ready,    ANY_HOST, MAY_WAIT),
        route("GET",    base + "/metrics",    e.metrics::show,      ANY_HOST),

        route("POST",   base + MCP,           e.mcp,     SELDOM_WAITS, ANY_ORIGIN, KNOWN_ORIGIN)
            .body(Limits.MCP_BODY_BYTES),
        route("GET",    base + MCP,           e.mcp,     MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN),
        route("DELETE", base + MCP,           e.mcp,     MAY_WAIT, ANY_ORIGIN, KNOWN_ORIGIN)));

    routes.add(route("GET",  base + AccountPage.PATH, e.ways.account::show, MAY_WAIT));
    routes.add(route("POST", base + AccountPage.PATH, e.ways.account::change, MAY_WAIT));
    e.files.forEach((name, file) -> routes.add(route("GET", base + "/" + name, file)));

    // What the operator does not offer is not there.
    if (e.ways.offersPasswords) {
      routes.add(route("GET",  base + PasswordPage.PATH, e.ways.password::show));
      routes.add(route("POST", base + PasswordPage.PATH, e.ways.password::change, MAY_WAIT));
    }
    if (e.ways.offersTotp) {
      routes.add(route("GET",  base + TotpPage.PATH, e.ways.totpPage::show));
      routes.add(route("POST", base + TotpPage.PATH, e.ways.totpPage::change));
    }
    if (e.ways.offersPasskeys) {
      routes.add(route("POST", base + PasskeyPage.LOGIN_PATH, e.ways.passkeyPage::signIn, MAY_WAIT));
      routes.add(route("POST", base + PasskeyPage.SECOND_PATH, e.ways.passkeyPage::complete, MAY_WAIT));
      routes.add(route("GET",  base + PasskeyPage.ACCOUNT_PATH, e.ways.passkeyPage::list));
      routes.add(route("POST", base + PasskeyPage.ACCOUNT_PATH, e.ways.passkeyPage::change, MAY_WAIT));
    }

    // RFC 8414 §3.1 puts the issuer's path behind the well-known name, OpenID Connect Discovery §4
    // before it; clients that know only the MCP URL put its path behind (RFC 9728 §3.1).
    for (String name : List.of(AS, OIDC)) {
      for (String path : List.of(name, name + base, base + name, name + base + MCP,
          base + name + MCP, base + MCP + name)) {
        routes.add(route("GET", path, e.metadata::handle, ANY_ORIGIN));
      }
    }
    for (String path : List.of(RESOURCE, RESOURCE + base, RESOURCE + base + MCP,
        base + RESOURCE, base + RESOURCE + MCP, base + MCP + RESOURCE)) {
      routes.add(route("GET", path, e.resource::handle, ANY_ORIGIN));
    }

    // Whoever takes the tokens of others issues none: what is left is the resource.
    if (!e.issuesTokens) {
      Set<String> left = Set.of(base + MCP, base + "/", base + DocumentsPage.PATH,
          base + "/style.css", base + "/copy.js", base + "/health", base + "/metrics");
      routes.removeIf(route -> !left.contains(route.path()) && !route.path().contains(RESOURCE));
    }
    return routes;
  }
}
