package gatehouse;

import gatehouse.guard.AuthorizationServer;
import gatehouse.http.Fetch;
import gatehouse.http.Interceptor;
import gatehouse.http.Proxies;
import gatehouse.json.Fields;
import gatehouse.login.SecondFactors;
import gatehouse.login.UpstreamProvider;
import gatehouse.login.User;
import gatehouse.mcp.McpServer;
import gatehouse.oauth.Policy;
import gatehouse.oauth.RegisterEndpoint;
import gatehouse.oauth.Scope;
import gatehouse.oauth.client.DocumentTrust;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server is to be, with the defaults: filled by {@link GatehouseBuilder}, checked by {@link
 * SafeSettings}, read by {@link Running} and {@link Wiring}.
 */
class Settings {
  String host = "127.0.0.1";
  int port = 8080;
  String publicUrl;
  String name = "gatehouse";
  String data;
  Path driver;
  String passphrase;
  /** Where some of this was read from, and how to read it all again; both or neither. */
  Path configFile;
  Supplier<Settings> again;
  boolean selfSigned;
  Path tlsFile;
  Supplier<String> tlsPassword = () -> null;
  Proxies proxies = Proxies.NONE;
  boolean open;
  boolean demoUsers;
  System.Logger.Level logLevel = System.Logger.Level.INFO;
  boolean logJson;
  Path templates;
  Clock clock = Clock.systemUTC();
  Policy policy = Policy.defaults();
  RegisterEndpoint.Admission registration = new RegisterEndpoint.Admission(true, Set.of());
  DocumentTrust documentTrust = DocumentTrust.any();
  Fetch fetch;
  Interceptor interceptor = Interceptor.NONE;
  final Map<User, String> users = new LinkedHashMap<>();
  final Map<String, Scope> scopes = new LinkedHashMap<>();
  final List<Fields> clients = new ArrayList<>();
  final List<Consumer<McpServer.Builder>> mcp = new ArrayList<>();
  boolean passwords = true;
  boolean passkeys = true;
  boolean totp = true;
  SecondFactors.Rule secondFactor = SecondFactors.Rule.OFFERED;
  final List<UpstreamProvider> upstreams = new ArrayList<>();
  final Set<String> origins = new LinkedHashSet<>();
  final Set<String> audiences = new LinkedHashSet<>();
  /** Whose tokens are accepted; if there are none, our own. */
  final List<AuthorizationServer> authorizationServers = new ArrayList<>();
  /** Where signing keys come from, instead of being made; only for tests. */
  Supplier<KeyPair> testKeys;
  /** Takes the audit trail instead of the logger, or null. */
  Consumer<String> audit;

  /** Whether this server is an authorization server, besides a protected resource. */
  boolean issuesTokens() {
    return authorizationServers.isEmpty();
  }

  /** Whether the server itself speaks https. */
  boolean speaksTls() {
    return selfSigned || tlsFile != null;
  }

  /** The issuer: what the operator says, else the address as it is. */
  String issuer(int boundPort) {
    if (publicUrl != null) {
      return publicUrl;
    }
    String name = SafeSettings.isLoopback(host) ? "localhost"
        : host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (speaksTls() ? "https://" : "http://") + name + ":" + boundPort;
  }
}
