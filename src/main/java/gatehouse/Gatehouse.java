package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.demo.Demo;
import gatehouse.http.Fetch;
import gatehouse.http.Interceptor;
import gatehouse.http.Server;
import gatehouse.jose.KeyRing;
import gatehouse.json.Fields;
import gatehouse.login.User;
import gatehouse.login.Users;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Tool;
import gatehouse.oauth.Policy;
import gatehouse.oauth.RegisterEndpoint;
import gatehouse.oauth.Scope;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.oauth.client.PreRegistered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running server: authorization server, guard and MCP endpoint in this process, on one port.
 *
 * <pre>{@code
 * try (Gatehouse gatehouse = Gatehouse.builder().port(0).demo().start()) {
 *   connect(gatehouse.mcpUrl());
 * }
 * }</pre>
 *
 * <p>Servers in one process share nothing. How one is put together stands in {@code Wiring}.
 */
public final class Gatehouse implements AutoCloseable {
  private final Server server;
  private final Wiring wiring;

  Gatehouse(Server server, Wiring wiring) {
    this.server = server;
    this.wiring = wiring;
  }

  /** Begins to describe a server; without more, it listens on 127.0.0.1:8080 and has no tools. */
  public static Builder builder() {
    return new Builder();
  }

  /** The issuer of its tokens, which is its public URL, without a trailing slash. */
  public String issuer() {
    return wiring.issuer;
  }

  /** What MCP clients connect to. */
  public String mcpUrl() {
    return wiring.issuer + Routes.MCP;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** The people who can sign in; may be changed while the server runs. */
  public Users users() {
    return wiring.users;
  }

  /** The clients known without registering; may be changed while the server runs. */
  public PreRegistered clients() {
    return wiring.preRegistered;
  }

  /** The scopes there are; may be added to while the server runs. */
  public Scopes scopes() {
    return wiring.scopes;
  }

  /** The MCP server behind the guard; its tools and the rest may be changed while it runs. */
  public McpServer mcp() {
    return wiring.mcpServer;
  }

  /** The signing keys, for rotating them. */
  public KeyRing keys() {
    return wiring.keys;
  }

  /** Changes how long things last; what is issued from now on goes by it. */
  public void policy(UnaryOperator<Policy> change) {
    wiring.policy.updateAndGet(change);
  }

  /** Stops it: answers under way are finished, within ten seconds. */
  @Override
  public void close() {
    try {
      wiring.mcpServer.close();
      server.close();
    } finally {
      wiring.store.close();
    }
  }

  /** What a server is to be. Every setting has a default; all are checked by {@link #start}. */
  public static final class Builder extends Settings {

    private Builder() {
    }

    /** The port to listen on; 0 picks a free one, which {@link Gatehouse#port} then tells. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** The address to bind; one that others can reach needs a {@link #publicUrl} with https. */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /** The URL of the server, verbatim the issuer; by default {@code http://localhost:PORT}. */
    public Builder publicUrl(String url) {
      publicUrl = url;
      return this;
    }

    /** The name by which the MCP server introduces itself. */
    public Builder name(String text) {
      name = text;
      return this;
    }

    /** What a model should know about the MCP server as a whole. */
    public Builder instructions(String text) {
      return mcp(server -> server.instructions(text));
    }

    /** A user with a password. */
    public Builder user(String userName, String password) {
      return user(User.named(userName), password);
    }

    /** A user; the password in plain text, or null if the user already has a hash, or none. */
    public Builder user(User user, String password) {
      users.keySet().removeIf(known -> known.name().equals(user.name()));
      users.put(user, password);
      return this;
    }

    /** A scope that users can grant; a later one of the same name replaces it. */
    public Builder scope(Scope scope) {
      scopes.put(scope.name(), scope);
      return this;
    }

    /**
     * A client that is known without registering.
     *
     * @param metadata in the terms of RFC 7591 §2, with {@code client_id}, and {@code
     *     client_secret} for a confidential one
     */
    public Builder client(JsonObject metadata) {
      clients.add(Fields.of(metadata));
      return this;
    }

    /** A tool of the MCP server. */
    public Builder tool(Tool tool) {
      return mcp(server -> server.tool(tool));
    }

    /** Everything else an MCP server can have: resources, prompts, page size … */
    public Builder mcp(Consumer<McpServer.Builder> change) {
      mcp.add(change);
      return this;
    }

    /** The account server: users alice and bob, its scopes and its tools. */
    public Builder demo() {
      Demo.USERS.forEach(this::user);
      demoUsers = true;
      return demoTools();
    }

    /** The account server's scopes and tools, without its users. */
    public Builder demoTools() {
      Demo.SCOPES.forEach(scope -> scopes.putIfAbsent(scope.name(), scope));
      return mcp(server -> server.tools(Demo.tools()));
    }

    /** Where state is kept: a directory, or the JDBC URL of a PostgreSQL database to share. */
    public Builder data(String where) {
      data = where;
      return this;
    }

    /** The jar of the PostgreSQL driver, if it is not on the class path. */
    public Builder driver(Path jar) {
      driver = jar;
      return this;
    }

    /** Encrypts the keys in {@link #data}; the same passphrase is then needed at every start. */
    public Builder passphrase(String text) {
      passphrase = text;
      return this;
    }

    /** Pages that replace the bundled ones, one by one. */
    public Builder templates(Path folder) {
      templates = folder;
      return this;
    }

    /** An origin, besides our own and loopback, whose pages may call the MCP endpoint. */
    public Builder allowOrigin(String origin) {
      origins.add(origin);
      return this;
    }

    /** Another resource, in somebody else's process, that tokens are issued for (RFC 8707). */
    public Builder audience(String resource) {
      audiences.add(resource);
      return this;
    }

    /** How long things last, as a change to the defaults or to what was set before. */
    public Builder policy(UnaryOperator<Policy> change) {
      policy = change.apply(policy);
      return this;
    }

    /** Nobody may register a client from outside; see also {@link #registrationTokens}. */
    public Builder noRegistration() {
      registration = new RegisterEndpoint.Admission(false, Set.of());
      return this;
    }

    /** Only those who show one of these initial access tokens may register (RFC 7591 §3). */
    public Builder registrationTokens(String... tokens) {
      registration = new RegisterEndpoint.Admission(false,
          Stream.of(tokens).map(Secrets::hash).collect(Collectors.toSet()));
      return this;
    }

    /** Whose client id metadata documents are accepted, and shown as verified. */
    public Builder documentTrust(DocumentTrust trust) {
      documentTrust = trust;
      return this;
    }

    /** How documents and key sets of others are fetched; for tests that play the internet. */
    public Builder fetch(Fetch door) {
      fetch = door;
      return this;
    }

    /** What stands around every handler; for tests that record, or play misfortune. */
    public Builder intercept(Interceptor around) {
      interceptor = around;
      return this;
    }

    /** The clock that everything goes by. */
    public Builder clock(Clock source) {
      clock = source;
      return this;
    }

    /** Serves the MCP endpoint to everybody, without tokens: only ever on purpose. */
    public Builder open() {
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
      try {
        return Wiring.start(this);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on " + host + ":" + port + ": "
            + e.getMessage(), e);
      }
    }
  }
}
