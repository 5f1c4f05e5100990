package gatehouse;

import gatehouse.jose.KeyRing;
import gatehouse.login.Users;
import gatehouse.mcp.McpServer;
import gatehouse.oauth.Policy;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.client.PreRegistered;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;

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
  private final Running running;
  private final Wiring wiring;

  Gatehouse(Running running) {
    this.running = running;
    this.wiring = running.wiring;
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
    return running.server.port();
  }

  /** The certificate that it shows at present, or null if it speaks plain http. */
  public X509Certificate certificate() {
    return running.tls == null ? null : running.tls.presented().chain().get(0);
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
    running.close();
  }

  /** What a server is to be; the settings themselves stand in {@link GatehouseBuilder}. */
  public static final class Builder extends GatehouseBuilder<Builder> {

    private Builder() {
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
