package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** From an MCP URL and nothing else to a tool's answer, and the ways on which that ends early. */
@DisplayName("A first connection")
class FirstConnectionTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @Test
  void leads_from_the_bare_url_to_a_tool() {
    // The URL refuses, and says where to read on.
    Answer refused = McpClient.of(McpClient.NEWEST, server.mcpUrl()).listTools().expect(401);
    assertEquals("account:read", refused.challenge().get("scope"));

    // The client reads it, and registers.
    OAuthClient client = OAuthClient.discover(server.mcpUrl()).register();

    // Alice is asked who she is, then what she allows.
    Attempt attempt = client.attempt();
    Page login = attempt.in(new Browser());
    assertTrue(login.asksToSignIn());
    Page consent = login.signIn(Person.ALICE);
    assertTrue(consent.asksForConsent());
    assertTrue(consent.answer().body().contains("Test client"));
    assertTrue(consent.answer().body().contains(server.mcpUrl()));

    // The answer reaches the client, which redeems it.
    Page done = consent.allow();
    assertTrue(done.sentTo().toString().startsWith(OAuthClient.REDIRECT_URI + "?"));
    Tokens tokens = client.redeem(attempt, done);
    assertEquals(Set.of("account:read"), tokens.scopes());
    assertEquals("alice", tokens.claims().getString("sub", null));

    // And the tool knows whom it works for.
    JsonObject account = server.mcp(tokens).call("get_account").structured();
    assertEquals("Alice Liddell", account.getString("display_name", null));
  }

  @ParameterizedTest
  @FieldSource("gatehouse.support.McpClient#REVISIONS")
  void works_in_every_revision(String revision) {
    Tokens tokens = server.newClient().connect(Person.BOB);
    McpClient mcp = McpClient.of(revision, server.mcpUrl()).bearing(tokens);
    mcp.discover().result();
    assertTrue(mcp.listTools().result().toString().contains("get_account_usage"));
    assertTrue(mcp.call("get_account").result().toString().contains("Bob Builder"));
  }

  @Test
  void ends_without_a_code_if_the_user_denies() {
    OAuthClient client = server.newClient();
    Attempt attempt = client.attempt();
    Parameters response = attempt.in(new Browser()).signIn(Person.ALICE).deny().response();
    assertEquals("access_denied", response.get("error"));
    assertEquals(attempt.get("state"), response.get("state"));
    assertEquals(client.issuer(), response.get("iss"));
    assertNull(response.get("code"));
  }

  @Test
  void lets_somebody_mistype_the_password_and_try_again() {
    OAuthClient client = server.newClient();
    Attempt attempt = client.attempt();
    Browser browser = new Browser();
    Page wrong = attempt.in(browser).signIn(new Person("alice", "looking-glass"));
    wrong.answer().expect(401);
    assertTrue(wrong.asksToSignIn());
    assertFalse(browser.cookies("localhost").containsKey("gatehouse_session_" + server.port()));
    Page done = wrong.signIn(Person.ALICE).allow();
    assertEquals("alice", client.redeem(attempt, done).claims().getString("sub", null));
  }

  @Test
  void gives_what_was_ticked_and_says_so() {
    OAuthClient client = server.newClient();
    Attempt attempt = client.attempt("account:read", "account:write");
    Page consent = attempt.in(new Browser()).signIn(Person.ALICE);
    Tokens tokens = client.redeem(attempt, consent.allowOnly());
    assertEquals(Set.of("account:read"), tokens.scopes());
    server.mcp(tokens).call("update_account", "{'email':'a@b.example'}".replace('\'', '"'))
        .expect(403);
    assertEquals("alice@example.com",
        server.mcp(tokens).call("get_account").structured().getString("email", null));
  }

  @Test
  void is_not_spoilt_by_a_scope_that_does_not_exist() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, "account:read", "mcp:everything");
    assertEquals(Set.of("account:read"), tokens.scopes());
  }
}
