package gatehouse.attack;

import static gatehouse.spec.Refusals.challenged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MCP security best practices: Bob uses Alice's session id, which is no proof of being Alice. */
class StateHandleHijackingTest {
  private static final String REVISION = "2025-11-25";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();
  private static final Browser BOB = new Browser();

  private final Tokens alices = server.newClient().connect(Person.ALICE, ALICE);
  private final Tokens bobs = server.newClient().connect(Person.BOB, BOB);
  private final McpClient alice = McpClient.of(REVISION, server.mcpUrl()).bearing(alices);

  private Answer withSession(String method, Tokens tokens, String session) {
    return Http.send(method, server.mcpUrl(), method.equals("DELETE") ? null
        : alice.message("tools/list", new JsonObject()).toString(),
        "Content-Type", "application/json", "Accept", "application/json, text/event-stream",
        "MCP-Protocol-Version", REVISION, "Mcp-Session-Id", session,
        "Authorization", "Bearer " + tokens.access());
  }

  @Test
  void anotherUserCannotUseOrEndTheSession() {
    alice.initialize().expect(200);
    assertEquals(404, withSession("POST", bobs, alice.session()).status());
    assertEquals(404, withSession("DELETE", bobs, alice.session()).status());
    alice.listTools().expect(200);
  }

  @Test
  void theSameUserThroughAnotherClientCannotEither() {
    alice.initialize().expect(200);
    Tokens other = server.newClient().connect(Person.ALICE, ALICE);
    assertEquals(404, withSession("POST", other, alice.session()).status());
    alice.listTools().expect(200);
  }

  @Test
  void theSessionAloneIsNoAuthentication() {
    alice.initialize().expect(200);
    challenged(401, null, Http.postJson(server.mcpUrl(),
        alice.message("tools/list", new JsonObject()), "Mcp-Session-Id", alice.session()));
  }

  @Test
  void idsCannotBeGuessedFromOneAnother() {
    alice.initialize();
    String first = alice.session();
    alice.bearing(alices);
    McpClient again = alice.bearing(alices);
    again.initialize();
    assertNotEquals(first, again.session());
    assertTrue(first.length() >= 22, first);
    assertFalse(first.substring(0, 8).equals(again.session().substring(0, 8)));
  }
}
