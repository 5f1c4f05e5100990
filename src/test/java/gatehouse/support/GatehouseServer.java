package gatehouse.support;

import gatehouse.Gatehouse;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A running Gatehouse on a free port, going by a {@link TestClock}. In a static field there is one
 * for the class, in an instance field a fresh one for every test:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GatehouseServer server = GatehouseServer.demo();
 * }</pre>
 */
public final class GatehouseServer implements BeforeAllCallback, AfterAllCallback,
    BeforeEachCallback, AfterEachCallback {
  private final UnaryOperator<Gatehouse.Builder> settings;
  private final TestClock clock = new TestClock();
  private boolean forOneTest;
  private Gatehouse gatehouse;

  private GatehouseServer(UnaryOperator<Gatehouse.Builder> settings) {
    this.settings = settings;
  }

  /** The account server with its users Alice and Bob. */
  public static GatehouseServer demo() {
    return with(builder -> builder.demo());
  }

  /** A server as described; nothing is set but the port and the clock. */
  public static GatehouseServer with(UnaryOperator<Gatehouse.Builder> settings) {
    return new GatehouseServer(settings);
  }

  public String issuer() {
    return gatehouse.issuer();
  }

  public String mcpUrl() {
    return gatehouse.mcpUrl();
  }

  /** The address of a path on it. */
  public String url(String path) {
    return gatehouse.issuer() + path;
  }

  public int port() {
    return gatehouse.port();
  }

  /** The certificate that it shows. */
  public X509Certificate certificate() {
    return gatehouse.certificate();
  }

  /** The clock that it goes by. */
  public TestClock clock() {
    return clock;
  }

  /** A client that has discovered it and registered there. */
  public OAuthClient newClient() {
    return OAuthClient.discover(mcpUrl()).register();
  }

  /** A client of 2026-07-28 with the token. */
  public McpClient mcp(Tokens tokens) {
    return McpClient.with(tokens, mcpUrl());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (gatehouse == null) {
      start();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (gatehouse == null) {
      forOneTest = true;
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (forOneTest) {
      gatehouse.close();
      gatehouse = null;
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // Nested classes run within the life of the outer one, which alone may end it.
    if (gatehouse != null && context.getTestClass().isPresent()
        && !context.getTestClass().get().isMemberClass()) {
      gatehouse.close();
      gatehouse = null;
    }
  }

  private void start() {
    gatehouse = settings.apply(Gatehouse.builder().port(0).clock(clock)).start();
    if (gatehouse.certificate() != null) {
      Http.trust(gatehouse.certificate());
    }
  }
}
