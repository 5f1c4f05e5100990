package gatehouse;

import com.eclipsesource.json.JsonObject;
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

/**
 * What a server is to be, begun by {@link Gatehouse#builder}. Every setting has a default; all are
 * checked against each other by {@link #start}, and not before.
 *
 * <p>A builder may start several servers; they share nothing but what it was given.
 *
 * @param <B> the builder itself, {@link Gatehouse.Builder}: its settings have a file of their own
 */
public abstract class GatehouseBuilder<B extends GatehouseBuilder<B>> extends Settings {

  GatehouseBuilder() {
  }

  /** This builder, as what it is. */
  abstract B self();

  /** The port to listen on; 0 picks a free one, which {@link Gatehouse#port} then tells. */
  public B port(int number) {
    port = number;
    return self();
  }

  /** The address to bind; one that others can reach needs a {@link #publicUrl} with https. */
  public B host(String address) {
    host = address;
    return self();
  }

  /** The URL of the server, verbatim the issuer; by default {@code localhost} with the port. */
  public B publicUrl(String url) {
    publicUrl = url;
    return self();
  }

  /** Speaks https with a certificate of its own making: see {@link Gatehouse#certificate}. */
  public B selfSigned() {
    selfSigned = true;
    return self();
  }

  /** Speaks https with key and certificate of a PKCS#12 file, read again when it changes. */
  public B tls(Path pkcs12, Supplier<String> password) {
    tlsFile = pkcs12;
    tlsPassword = password;
    return self();
  }

  /** Proxies, as addresses or networks, whose word counts for where a request came from. */
  public B trustProxy(String... networks) {
    proxies = new Proxies(List.of(networks));
    return self();
  }

  /** The name by which the MCP server introduces itself. */
  public B name(String text) {
    name = text;
    return self();
  }

  /** What a model should know about the MCP server as a whole. */
  public B instructions(String text) {
    return mcp(server -> server.instructions(text));
  }

  /** A user with a password. */
  public B user(String userName, String password) {
    return user(User.named(userName), password);
  }

  /** A user; the password in plain text, or null if the user already has a hash, or none. */
  public B user(User user, String password) {
    users.keySet().removeIf(known -> known.name().equals(user.name()));
    users.put(user, password);
    return self();
  }

  /** A scope that users can grant; a later one of the same name replaces it. */
  public B scope(Scope scope) {
    scopes.put(scope.name(), scope);
    return self();
  }

  /**
   * A client that is known without registering.
   *
   * @param metadata in the terms of RFC 7591 §2, with {@code client_id}, and {@code
   *     client_secret} for a confidential one
   */
  public B client(JsonObject metadata) {
    clients.add(Fields.of(metadata));
    return self();
  }

  /** A tool of the MCP server. */
  public B tool(Tool tool) {
    return mcp(server -> server.tool(tool));
  }

  /** Everything else an MCP server can have: resources, prompts, page size … */
  public B mcp(Consumer<McpServer.Builder> change) {
    mcp.add(change);
    return self();
  }

  /** The account server: users alice and bob, its scopes and its tools. */
  public B demo() {
    Demo.USERS.forEach(this::user);
    demoUsers = true;
    return demoTools();
  }

  /** The account server's scopes and tools, without its users. */
  public B demoTools() {
    Demo.SCOPES.forEach(scope -> scopes.putIfAbsent(scope.name(), scope));
    return mcp(server -> server.tools(Demo.tools()));
  }

  /** Where state is kept: a directory, or the JDBC URL of a PostgreSQL database to share. */
  public B data(String where) {
    data = where;
    return self();
  }

  /** The jar of the PostgreSQL driver, if it is not on the class path. */
  public B driver(Path jar) {
    driver = jar;
    return self();
  }

  /** Encrypts the keys in {@link #data}; the same passphrase is then needed at every start. */
  public B passphrase(String text) {
    passphrase = text;
    return self();
  }

  /** Pages, texts and a stylesheet that replace the bundled ones, one by one. */
  public B templates(Path folder) {
    templates = folder;
    return self();
  }

  /** An origin, besides our own and loopback, whose pages may call the MCP endpoint. */
  public B allowOrigin(String origin) {
    origins.add(origin);
    return self();
  }

  /** Another resource, in somebody else's process, that tokens are issued for (RFC 8707). */
  public B audience(String resource) {
    audiences.add(resource);
    return self();
  }

  /**
   * Whose tokens the MCP endpoint accepts, in place of our own: this server then issues none and
   * signs nobody in, and its resource metadata points to these (RFC 9728 §2). Their metadata must
   * be found at the usual addresses. With more than one, users are called {@code issuer#subject}.
   */
  public B authorizationServers(AuthorizationServer... servers) {
    authorizationServers.addAll(List.of(servers));
    return self();
  }

  /** As {@link #authorizationServers(AuthorizationServer...)}, by their issuers alone. */
  public B authorizationServers(String... issuers) {
    for (String issuer : issuers) {
      authorizationServers.add(AuthorizationServer.of(issuer));
    }
    return self();
  }

  /** How long things last, as a change to the defaults or to what was set before. */
  public B policy(UnaryOperator<Policy> change) {
    policy = change.apply(policy);
    return self();
  }

  /** Nobody may register a client from outside; see also {@link #registrationTokens}. */
  public B noRegistration() {
    registration = new RegisterEndpoint.Admission(false, Set.of());
    return self();
  }

  /** Only those who show one of these initial access tokens may register (RFC 7591 §3). */
  public B registrationTokens(String... tokens) {
    registration = RegisterEndpoint.Admission.byTokens(tokens);
    return self();
  }

  /** Whether a second factor is offered, as by default, or everybody has to have one. */
  public B secondFactor(SecondFactors.Rule rule) {
    secondFactor = rule;
    return self();
  }

  /** Another OpenID provider at which people may sign in; one more for each call. */
  public B upstream(UpstreamProvider provider) {
    upstreams.add(provider);
    return self();
  }

  /** Whose client id metadata documents are accepted, and shown as verified. */
  public B documentTrust(DocumentTrust trust) {
    documentTrust = trust;
    return self();
  }

  /** How documents and key sets of others are fetched; for tests that play the internet. */
  public B fetch(Fetch door) {
    fetch = door;
    return self();
  }

  /** What stands around every handler; for tests that record, or play misfortune. */
  public B intercept(Interceptor around) {
    interceptor = around;
    return self();
  }

  /**
   * Where RSA keys for signing come from, instead of being made one by one, which takes longer than
   * all the rest of a start. What others know signs for everybody: only for a server on loopback.
   */
  public B testKeys(Supplier<KeyPair> source) {
    testKeys = source;
    return self();
  }

  /**
   * Where the audit trail goes, a line of JSON per event, instead of the logger {@code
   * gatehouse.audit}. Many threads may call it at once, while somebody waits.
   */
  public B audit(Consumer<String> lines) {
    audit = lines;
    return self();
  }

  /** The clock that everything goes by. */
  public B clock(Clock source) {
    clock = source;
    return self();
  }

  /** Serves the MCP endpoint to everybody, without tokens: only ever on purpose. */
  public B open() {
    open = true;
    return self();
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
