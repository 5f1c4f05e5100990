package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice and Bob use the same client program on the same server. */
@DisplayName("Two users")
class TwoUsersTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  private OAuthClient client;
  private Tokens alice;
  private Tokens bob;

  @BeforeEach
  void connect() {
    client = server.newClient();
    alice = client.connect(Person.ALICE, "account:read", "account:write");
    bob = client.connect(Person.BOB, "account:read", "account:write");
  }

  @ParameterizedTest
  @FieldSource("gatehouse.support.McpClient#REVISIONS")
  void see_and_change_their_own_account_only(String revision) {
    McpClient mcp = McpClient.of(revision, server.mcpUrl());
    mcp.bearing(bob).call("update_account", "{\"display_name\":\"Bob the Great\"}").result();
    mcp.bearing(bob).call("add_account_member", "{\"name\":\"Scoop\",\"role\":\"viewer\"}")
        .result();
    for (String tool : new String[] {"get_account", "get_account_usage", "get_account_billing",
        "list_account_members", "get_account_preferences"}) {
      String seen = mcp.bearing(alice).call(tool).result().toString();
      assertFalse(seen.contains("Bob") || seen.contains("Scoop"), seen);
    }
    assertEquals("Bob the Great", name(bob));
    assertEquals("Alice Liddell", name(alice));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"id\":\"acct-1001\",\"display_name\":\"mine\"}",
    "{\"user\":\"alice\",\"display_name\":\"mine\"}",
    "{\"sub\":\"alice\",\"display_name\":\"mine\"}",
    "{\"account\":\"acct-1001\",\"display_name\":\"mine\"}"})
  void cannot_reach_each_other_by_an_argument(String arguments) {
    Answer refused = server.mcp(bob).call("update_account", arguments);
    assertEquals(true, refused.result().getBoolean("isError", false), refused.body());
    assertEquals("Alice Liddell", name(alice));
    assertEquals("Bob Builder", name(bob));
  }

  @Test
  void cannot_use_each_others_session() {
    McpClient hers = McpClient.of("2025-11-25", server.mcpUrl()).bearing(alice);
    hers.initialize().result();
    McpClient his = McpClient.of("2025-11-25", server.mcpUrl()).bearing(bob);
    Answer refused = his.send(his.message("tools/list", new JsonObject()),
        "Mcp-Session-Id", hers.session(), "MCP-Protocol-Version", "2025-11-25").expect(404);
    assertNotNull(refused.error());
    hers.listTools().result();
  }

  @Test
  void do_not_share_consent() {
    Attempt attempt = client.attempt();
    assertEquals(true, attempt.in(new Browser()).signIn(Person.BOB).asksForConsent());
  }

  @Test
  void can_take_turns_at_one_browser() {
    Browser browser = new Browser();
    assertEquals("alice", client.connect(Person.ALICE, browser).claims().getString("sub", null));
    browser.open(server.url("/logout")).press("Sign out").answer().expect(200);
    assertEquals("bob", client.connect(Person.BOB, browser).claims().getString("sub", null));
  }

  private String name(Tokens tokens) {
    return server.mcp(tokens).call("get_account").structured().getString("display_name", null);
  }
}
