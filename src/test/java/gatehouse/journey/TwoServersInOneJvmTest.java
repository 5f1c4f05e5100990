package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers in one process, as a test suite has them: they share nothing. */
@DisplayName("Two servers in one JVM")
class TwoServersInOneJvmTest {
  @RegisterExtension
  final GatehouseServer one = GatehouseServer.demo();

  @RegisterExtension
  final GatehouseServer other = GatehouseServer.demo();

  @Test
  void have_their_own_issuer_and_keys() {
    assertNotEquals(one.issuer(), other.issuer());
    assertNotEquals(one.newClient().keys(), other.newClient().keys());
  }

  @Test
  void refuse_each_others_tokens() {
    Tokens tokens = one.newClient().connect(Person.ALICE);
    Answer refused = other.mcp(tokens).listTools().expect(401);
    assertEquals("invalid_token", refused.challenge().get("error"));
    assertTrue(one.newClient().isAccepted(tokens));
  }

  @Test
  void do_not_know_each_others_clients() {
    OAuthClient registered = one.newClient();
    OAuthClient stranger = OAuthClient.discover(other.mcpUrl())
        .known(registered.clientId(), registered.clientSecret());
    Page page = stranger.attempt().in(new Browser());
    page.answer().expect(400);
    assertEquals(null, page.sentTo());
    assertEquals("invalid_client", stranger.refresh("anything").expect(401).text("error"));
  }

  @Test
  void do_not_sign_in_for_each_other() {
    Browser browser = new Browser();
    one.newClient().connect(Person.ALICE, browser);
    assertTrue(other.newClient().attempt().in(browser).asksToSignIn());
  }

  @Test
  void have_their_own_accounts_and_time() {
    Tokens here = one.newClient().connect(Person.ALICE, "account:write");
    Tokens there = other.newClient().connect(Person.ALICE, "account:write");
    one.mcp(here).call("update_account", "{\"display_name\":\"Queen Alice\"}").structured();
    assertEquals("Alice Liddell", other.mcp(there).call("get_account").structured()
        .getString("display_name", null));

    one.clock().advance(Duration.ofHours(1));
    one.mcp(here).listTools().expect(401);
    other.mcp(there).listTools().result();
  }

  @Test
  void end_without_each_other() {
    String mcpUrl;
    try (Gatehouse third = Gatehouse.builder().port(0).demo().start()) {
      mcpUrl = third.mcpUrl();
      assertFalse(mcpUrl.equals(one.mcpUrl()));
    }
    Exception gone = Assertions.assertThrows(
        RuntimeException.class, () -> OAuthClient.discover(mcpUrl));
    assertTrue(gone.getCause() instanceof ConnectException);
    assertTrue(one.newClient().isAccepted(one.newClient().connect(Person.ALICE)));
  }
}
