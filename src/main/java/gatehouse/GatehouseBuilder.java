package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.demo.Demo;
import gatehouse.guard.AuthorizationServer;
import gatehouse.http.Fetch;
import gatehouse.http.Interceptor;
import gatehouse.http.Proxies;
import gatehouse.json.Fields;
import gatehouse.login.SecondFactors;
import gatehouse.login.UpstreamProvider;
import gatehouse.login.User;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Tool;
import gatehouse.oauth.Policy;
import gatehouse.oauth.RegisterEndpoint;
import gatehouse.oauth.Scope;
import gatehouse.oauth.client.DocumentTrust;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server is to be, begun by {@link Gatehouse#builder}. Every setting has a default; all are
 * checked against each other by {@link #start}, and not before.
 *
 * <p>A builder may start several servers; they share nothing but what it was given.
 */
public final class GatehouseBuilder extends Settings {

  GatehouseBuilder() {
  }

  /** The port to listen on; 0 picks a free one, which {@link Gatehouse#port} then tells. */
  public GatehouseBuilder port(int number) {
    port = number;
    return this;
  }

  /** The address to bind; one that others can reach needs a {@link #publicUrl} with https. */
  public GatehouseBuilder host(String address) {
    host = address;
    return this;
  }

  /** The URL of the server, verbatim the issuer; by default {@code localhost} with the port. */
  public GatehouseBuilder publicUrl(String url) {
    publicUrl = url;
    return this;
  }

  /** Speaks https with a certificate of its own making: see {@link Gatehouse#certificate}. */
  public GatehouseBuilder selfSigned() {
    selfSigned = true;
    return this;
  }

  /** Speaks https with key and certificate of a PKCS#12 file, read again when it changes. */
  public GatehouseBuilder tls(Path pkcs12, Supplier<String> password) {
    tlsFile = pkcs12;
    tlsPassword = password;
    return this;
  }

  /** Proxies, as addresses or networks, whose word counts for where a request came from. */
  public GatehouseBuilder trustProxy(String... networks) {
    proxies = new Proxies(List.of(networks));
    return this;
  }

  /** The name by which the MCP server introduces itself. */
  public GatehouseBuilder name(String text) {
    name = text;
    return this;
  }

  /** What a model should know about the MCP server as a whole. */
  public GatehouseBuilder instructions(String text) {
    return mcp(server -> server.instructions(text));
  }

  /** A user with a password. */
  public GatehouseBuilder user(String userName, String password) {
    return user(User.named(userName), password);
  }

  /** A user; the password in plain text, or null if the user already has a hash, or none. */
  public GatehouseBuilder user(User user, String password) {
    users.keySet().removeIf(known -> known.name().equals(user.name()));
    users.put(user, password);
    return this;
  }

  /** A scope that users can grant; a later one of the same name replaces it. */
  public GatehouseBuilder scope(Scope scope) {
    scopes.put(scope.name(), scope);
    return this;
  }

  /**
   * A client that is known without registering.
   *
   * @param metadata in the terms of RFC 7591 §2, with {@code client_id}, and {@code
   *     client_secret} for a confidential one
   */
  public GatehouseBuilder client(JsonObject metadata) {
    clients.add(Fields.of(metadata));
    return this;
  }

  /** A tool of the MCP server. */
  public GatehouseBuilder tool(Tool tool) {
    return mcp(server -> server.tool(tool));
  }

  /** Everything else an MCP server can have: resources, prompts, page size … */
  public GatehouseBuilder mcp(Consumer<McpServer.Builder> change) {
    mcp.add(change);
    return this;
  }

  /** The account server: users alice and bob, its scopes and its tools. */
  public GatehouseBuilder demo() {
    Demo.USERS.forEach(this::user);
    demoUsers = true;
    return demoTools();
  }

  /** The account server's scopes and tools, without its users. */
  public GatehouseBuilder demoTools() {
    Demo.SCOPES.forEach(scope -> scopes.putIfAbsent(scope.name(), scope));
    return mcp(server -> server.tools(Demo.tools()));
  }

  /** Where state is kept: a directory, or the JDBC URL of a PostgreSQL database to share. */
  public GatehouseBuilder data(String where) {
    data = where;
    return this;
  }

  /** The jar of the PostgreSQL driver, if it is not on the class path. */
  public GatehouseBuilder driver(Path jar) {
    driver = jar;
    return this;
  }

  /** Encrypts the keys in {@link #data}; the same passphrase is then needed at every start. */
  public GatehouseBuilder passphrase(String text) {
    passphrase = text;
    return this;
  }

  /** Pages, texts and a stylesheet that replace the bundled ones, one by one. */
  public GatehouseBuilder templates(Path folder) {
    templates = folder;
    return this;
  }

  /** An origin, besides our own and loopback, whose pages may call the MCP endpoint. */
  public GatehouseBuilder allowOrigin(String origin) {
    origins.add(origin);
    return this;
  }

  /** Another resource, in somebody else's process, that tokens are issued for (RFC 8707). */
  public GatehouseBuilder audience(String resource) {
    audiences.add(resource);
    return this;
  }

  /**
   * Whose tokens the MCP endpoint accepts, in place of our own: this server then issues none and
   * signs nobody in, and its resource metadata points to these (RFC 9728 §2). Their metadata must
   * be found at the usual addresses. With more than one, users are called {@code issuer#subject}.
   */
  public GatehouseBuilder authorizationServers(AuthorizationServer... servers) {
    authorizationServers.addAll(List.of(servers));
    return this;
  }

  /** As {@link #authorizationServers(AuthorizationServer...)}, by their issuers alone. */
  public GatehouseBuilder authorizationServers(String... issuers) {
    for (String issuer : issuers) {
      authorizationServers.add(AuthorizationServer.of(issuer));
    }
    return this;
  }

  /** How long things last, as a change to the defaults or to what was set before. */
  public GatehouseBuilder policy(UnaryOperator<Policy> change) {
    policy = change.apply(policy);
    return this;
  }

  /** Nobody may register a client from outside; see also {@link #registrationTokens}. */
  public GatehouseBuilder noRegistration() {
    registration = new RegisterEndpoint.Admission(false, Set.of());
    return this;
  }

  /** Only those who show one of these initial access tokens may register (RFC 7591 §3). */
  public GatehouseBuilder registrationTokens(String... tokens) {
    registration = new RegisterEndpoint.Admission(false,
        Stream.of(tokens).map(Secrets::hash).collect(Collectors.toSet()));
    return this;
  }

  /** Whether a second factor is offered, as by default, or everybody has to have one. */
  public GatehouseBuilder secondFactor(SecondFactors.Rule rule) {
    secondFactor = rule;
    return this;
  }

  /** Another OpenID provider at which people may sign in; one more for each call. */
  public GatehouseBuilder upstream(UpstreamProvider provider) {
    upstreams.add(provider);
    return this;
  }

  /** Whose client id metadata documents are accepted, and shown as verified. */
  public GatehouseBuilder documentTrust(DocumentTrust trust) {
    documentTrust = trust;
    return this;
  }

  /** How documents and key sets of others are fetched; for tests that play the internet. */
  public GatehouseBuilder fetch(Fetch door) {
    fetch = door;
    return this;
  }

  /** What stands around every handler; for tests that record, or play misfortune. */
  public GatehouseBuilder intercept(Interceptor around) {
    interceptor = around;
    return this;
  }

  /**
   * Where RSA keys for signing come from, instead of being made one by one, which takes longer than
   * all the rest of a start. What others know signs for everybody: only for a server on loopback.
   */
  public GatehouseBuilder testKeys(Supplier<KeyPair> source) {
    testKeys = source;
    return this;
  }

  /**
   * Where the audit trail goes, a line of JSON per event, instead of the logger {@code
   * gatehouse.audit}. Many threads may call it at once, while somebody waits.
   */
  public GatehouseBuilder audit(Consumer<String> lines) {
    audit = lines;
    return this;
  }

  /** The clock that everything goes by. */
  public GatehouseBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /** Serves the MCP endpoint to everybody, without tokens: only ever on purpose. */
  public GatehouseBuilder open() {
    open = true;
    return this;
  }

  /**
   * Starts the server.
   *
   * @throws IllegalArgumentException if the settings do not fit together, or would be unsafe
   * @throws UncheckedIOException if the port is taken or the address cannot be bound
   */
  public Gatehouse start() {
    return new Gatehouse(Running.start(this));
  }
}
