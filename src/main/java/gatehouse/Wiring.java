package gatehouse;

import gatehouse.crypto.Seal;
import gatehouse.guard.Access;
import gatehouse.guard.AuthorizationServer;
import gatehouse.guard.BearerGuard;
import gatehouse.guard.Challenge;
import gatehouse.guard.ProtectedResourceMetadata;
import gatehouse.guard.RemoteVerifier;
import gatehouse.guard.TokenVerifier;
import gatehouse.http.BackChannel;
import gatehouse.http.Document;
import gatehouse.http.Fetch;
import gatehouse.http.Handler;
import gatehouse.http.RateLimit;
import gatehouse.http.Router;
import gatehouse.jose.KeyRing;
import gatehouse.jose.RemoteKeys;
import gatehouse.login.Csrf;
import gatehouse.login.Pages;
import gatehouse.login.Passwords;
import gatehouse.login.Sessions;
import gatehouse.login.UpstreamLinks;
import gatehouse.login.Users;
import gatehouse.mcp.McpEndpoint;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Operations;
import gatehouse.mcp.legacy.LegacyEndpoint;
import gatehouse.oauth.AccessTokens;
import gatehouse.oauth.Approval;
import gatehouse.oauth.AuthorizationRequests;
import gatehouse.oauth.AuthorizeEndpoint;
import gatehouse.oauth.ClientsPage;
import gatehouse.oauth.Codes;
import gatehouse.oauth.ConnectedApps;
import gatehouse.oauth.ConsentPage;
import gatehouse.oauth.Consents;
import gatehouse.oauth.EndSessionEndpoint;
import gatehouse.oauth.Grants;
import gatehouse.oauth.IdTokens;
import gatehouse.oauth.IntrospectEndpoint;
import gatehouse.oauth.JwksEndpoint;
import gatehouse.oauth.MetadataEndpoint;
import gatehouse.oauth.Policy;
import gatehouse.oauth.PushedRequests;
import gatehouse.oauth.RefreshTokens;
import gatehouse.oauth.RegisterEndpoint;
import gatehouse.oauth.ResourceIndicator;
import gatehouse.oauth.RevokeEndpoint;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.TokenEndpoint;
import gatehouse.oauth.TokenResponse;
import gatehouse.oauth.UserinfoEndpoint;
import gatehouse.oauth.client.ClientAssertion;
import gatehouse.oauth.client.ClientAuthentication;
import gatehouse.oauth.client.ClientIdMetadataDocument;
import gatehouse.oauth.client.Clients;
import gatehouse.oauth.client.PreRegistered;
import gatehouse.oauth.client.Registered;
import gatehouse.oauth.grant.AuthorizationCodeGrant;
import gatehouse.oauth.grant.ClientCredentialsGrant;
import gatehouse.oauth.grant.RefreshTokenGrant;
import gatehouse.store.Store;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where all objects meet: read from top to bottom it shows what there is and who knows whom.
 *
 * <p>Every object gets what it needs by its constructor, and nothing else; none of them looks
 * anything up.
 */
final class Wiring {
  /** Secrets that people choose can be guessed at; a misconfigured client retries a few times. */
  private static final int WRONG_SECRETS_BY_CLIENT = 100;
  private static final Duration SECRETS_PERIOD = Duration.ofMinutes(5);

  final String issuer;
  final Store store;
  final AuditLog audit;
  final Users users;
  final Sessions sessions;
  final Grants grants;
  final ConnectedApps connected;
  final PreRegistered preRegistered;
  final Scopes scopes;
  final KeyRing keys;
  final McpServer mcpServer;
  final AtomicReference<Policy> policy;
  final MetricsPage metrics;
  private final Map<String, RateLimit> limits = new TreeMap<>();

  /**
   * Puts a server together that answers already: what is asked for often and early first.
   *
   * @param router gets the addresses of each part when the part is there
   */
  Wiring(Settings b, Store opened, AuditLog audit, Seal seal, Pages pages, HealthPage health,
      String issuer, Router router) {
    this.issuer = issuer;
    this.audit = audit;
    Clock clock = b.clock;
    String path = URI.create(issuer).getRawPath();
    String resource = issuer + Routes.MCP;
    policy = new AtomicReference<>(b.policy);
    store = opened;
    keys = b.testKeys == null ? new KeyRing(store, clock)
        : new KeyRing(store, clock, b.testKeys);
    scopes = new Scopes(b.scopes.values());

    // What the server says of itself.
    MetadataEndpoint metadata = new MetadataEndpoint(issuer, scopes,
        List.of(AuthorizationCodeGrant.TYPE, RefreshTokenGrant.TYPE, ClientCredentialsGrant.TYPE),
        b.registration.isEnabled(), b.documentTrust.isEnabled(), SignInWiring.acrValues(b, issuer),
        pages.languages());
    ProtectedResourceMetadata description = new ProtectedResourceMetadata(
        resource, b.name, b.issuesTokens() ? List.of(issuer)
            : b.authorizationServers.stream().map(AuthorizationServer::issuer).toList(),
        scopes::base);
    JwksEndpoint jwks = new JwksEndpoint(keys);
    router.add(Routes.documents(path, metadata, description, jwks, health, b.issuesTokens()));

    // Users and clients.
    users = new Users(new Passwords(), store);
    b.users.forEach((user, password) -> {
      if (password == null) {
        users.add(user);
      } else {
        users.add(user, password);
      }
    });
    // Before tokens: to whoever is no user here, a refresh would say that the grant has ended.
    UpstreamLinks links = new UpstreamLinks(store, users, users::findByEmail);
    links.restore();
    preRegistered = new PreRegistered();
    b.clients.forEach(preRegistered::add);
    Fetch fetch = b.fetch != null ? b.fetch : Fetch.standard(b.documentTrust.development());
    ClientIdMetadataDocument documents =
        new ClientIdMetadataDocument(fetch, b.documentTrust, store, clock);
    Registered registered = new Registered(store, clock);
    Clients clients = new Clients(preRegistered, documents, registered);
    ClientAssertion assertions =
        new ClientAssertion(issuer, new RemoteKeys(fetch, clock), store, clock);
    ClientAuthentication authentication = new ClientAuthentication(clients,
        assertions,
        limit("client_secrets", WRONG_SECRETS_BY_CLIENT, SECRETS_PERIOD, clock));

    // Tokens.
    grants = new Grants(store, users, policy::get, clock);
    List<String> audiences = new ArrayList<>(List.of(resource));
    audiences.addAll(b.audiences);
    ResourceIndicator resources = new ResourceIndicator(issuer, audiences);
    IdTokens idTokens = new IdTokens(issuer, keys, policy::get, clock);
    Codes codes = new Codes(store, policy::get, clock);
    AccessTokens accessTokens = new AccessTokens(
        issuer, resource, resources.all(), keys, scopes, grants, store, policy::get, clock);
    RefreshTokens refreshTokens = new RefreshTokens(
        store, grants, policy::get, clock, audit);
    TokenResponse response = new TokenResponse(
        accessTokens, refreshTokens, idTokens, policy::get, audit);
    TokenEndpoint token = new TokenEndpoint(authentication, List.of(
        new AuthorizationCodeGrant(codes, grants, resources, response),
        new RefreshTokenGrant(refreshTokens, grants, resources, response),
        new ClientCredentialsGrant(scopes, resources, users, response)));
    RevokeEndpoint revoke =
        new RevokeEndpoint(authentication, refreshTokens, accessTokens, grants, audit);
    IntrospectEndpoint introspect = new IntrospectEndpoint(
        issuer, authentication, accessTokens, refreshTokens, grants, keys, clock);
    Challenge userinfoChallenge = new Challenge(null, Set.of(Scopes.OPENID));
    Handler userinfo = new BearerGuard(accessTokens, userinfoChallenge,
        new UserinfoEndpoint(users, userinfoChallenge)::handle, audit);
    if (b.issuesTokens()) {
      router.add(Routes.tokens(
          path, token, revoke, introspect, userinfo, audit, b.data != null));
    }

    // The protected resource.
    mcpServer = mcpServer(b);
    requireKnown(scopes);
    Challenge challenge = new Challenge(Routes.resourceMetadata(issuer), scopes::base);
    Operations operations = new Operations(mcpServer, challenge, audit, seal, clock);
    LegacyEndpoint legacy = new LegacyEndpoint(operations, clock);
    McpEndpoint mcp = new McpEndpoint(operations, legacy);
    Handler guarded = b.open ? request -> mcp.handle(request, Access.open())
        : new BearerGuard(b.issuesTokens() ? accessTokens : tokensOfOthers(b, resource),
            challenge, mcp::handle, audit);
    router.add(Routes.resource(path, guarded));

    // People, and what they allow.
    sessions = new Sessions(
        store, users, issuer, () -> policy.get().sessionLifetime(), clock);
    Csrf csrf = new Csrf(issuer, seal, store, clock);
    Consents consents = new Consents(store, policy::get, clock);
    connected =
        new ConnectedApps(grants, consents, clients, b.documentTrust, scopes);
    SignInWiring ways =
        new SignInWiring(b, issuer, store, users, sessions, csrf, seal, pages, connected, links,
            audit);
    AuthorizationRequests requests = new AuthorizationRequests(
        issuer, pages, clients, scopes, resources);
    PushedRequests pushed = new PushedRequests(authentication, requests, store, clock);
    Approval approval = new Approval(grants, codes, clients, audit);
    ConsentPage consent = new ConsentPage(issuer, requests, sessions, consents, approval, scopes,
        new ToolsOfServer(mcpServer), b.documentTrust, policy::get, pages, csrf, seal, audit);
    AuthorizeEndpoint authorize = new AuthorizeEndpoint(issuer, requests, pushed, sessions,
        ways.factors, ways.signIn, idTokens, consents, consent, approval, pages, seal, clock,
        audit);
    EndSessionEndpoint logout =
        new EndSessionEndpoint(pages, sessions, csrf, idTokens, clients, seal, audit);
    RegisterEndpoint register =
        new RegisterEndpoint(issuer, b.registration, registered, grants, clock, audit);
    ClientsPage clientsPage = new ClientsPage(issuer, pages, sessions, csrf, registered,
        grants, seal, audit);
    if (b.issuesTokens()) {
      router.add(Routes.clients(path, authorize, pushed, consent, register, audit));
      router.add(Routes.people(path, ways, logout, clientsPage));
    }

    // What an operator sees.
    List.of(ways.limits(), csrf.limits(), assertions.limits(), register.limits(), pushed.limits())
        .forEach(limits::putAll);
    metrics = new MetricsPage(audit, b.proxies);
    metrics.add(out -> Measures.limits(out, limits, legacy::sessions));
    router.add(Routes.operator(path, health, metrics,
        new HomePage(pages, resource, b.name, b.issuesTokens()),
        new DocumentsPage(pages, issuer, description::handle,
            b.issuesTokens() ? metadata::handle : null, jwks::handle, b.authorizationServers),
        files(pages)));
  }

  /** Scopes imply each other here as they do with our own tokens. */
  private TokenVerifier tokensOfOthers(Settings b, String resource) {
    BackChannel channel = new BackChannel();
    return RemoteVerifier.any(b.authorizationServers.stream().map(server ->
        new RemoteVerifier(server, resource, channel, scopes::expand, b.clock)).toList());
  }

  private RateLimit limit(String name, int capacity, Duration period, Clock clock) {
    RateLimit limit = new RateLimit(capacity, period, clock);
    limits.put(name, limit);
    return limit;
  }

  private static McpServer mcpServer(Settings b) {
    McpServer.Builder server = McpServer.named(b.name).version(Main.version());
    b.mcp.forEach(change -> change.accept(server));
    return server.build();
  }

  /** A call that needs a scope nobody can grant could never succeed. */
  void requireKnown(Scopes known) {
    Set<String> unknown = new TreeSet<>(mcpServer.scopes());
    unknown.removeAll(known.ofResource());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("a tool needs the scope " + String.join(", ", unknown)
          + ", which does not exist");
    }
  }

  /** What pages load. */
  private static Map<String, Handler> files(Pages pages) {
    Map<String, Handler> files = new TreeMap<>();
    for (String name : List.of("style.css", "submit.js", "passkey.js", "copy.js")) {
      String type = name.endsWith(".css") ? "text/css" : "text/javascript";
      files.put(name, new Document(type + "; charset=utf-8", () -> pages.file(name),
          "public, max-age=3600"));
    }
    return files;
  }
}
