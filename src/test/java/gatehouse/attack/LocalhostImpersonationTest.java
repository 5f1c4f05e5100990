package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * MCP security best practices, "Localhost Redirect URI Impersonation": another program on this
 * computer listens on another port and calls itself by the client's id.
 */
class LocalhostImpersonationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();
  private final Browser alice = new Browser();

  @Test
  void thePersonIsAskedEachTimeHoweverOftenTheyAllowedIt() {
    for (int i = 0; i < 3; i++) {
      client.connect(Person.ALICE, alice);
      Page page = client.attempt().with("redirect_uri", "http://127.0.0.1:6666/callback")
          .in(alice);
      assertTrue(page.asksForConsent());
    }
  }

  @Test
  void thePageSaysThatAnyProgramCouldHaveAsked() {
    Page page = client.attempt().with("redirect_uri", "http://localhost:6666/callback")
        .in(alice).signIn(Person.ALICE);
    assertTrue(page.answer().body().contains("Any program running here"));
    assertTrue(page.answer().body().contains("localhost"));
  }
}
