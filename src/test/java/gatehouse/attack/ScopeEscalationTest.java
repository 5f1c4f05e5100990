package gatehouse.attack;

import static gatehouse.spec.Refusals.challenged;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP security best practices, "Scope Minimization": a small right grows into a large one. */
class ScopeEscalationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();

  @ParameterizedTest
  @ValueSource(strings = {"*", "all", "admin", "account:*", "account:", "ACCOUNT:WRITE",
    "account:read,account:write", "account:write\u00a0", "account:write;"})
  void noInventedScopeOpensMoreThanTheBasicOne(String scope) {
    Tokens tokens = client.connect(Person.ALICE, ALICE, scope);
    assertEquals(Set.of("account:read"), tokens.scopes());
    challenged(403, "insufficient_scope",
        server.mcp(tokens).call("update_account", "{\"email\":\"e@v.il\"}"));
    assertEquals("alice@example.com", server.mcp(tokens).call("get_account").structured()
        .getString("email", null));
  }

  @Test
  void refreshingAddsNothing() {
    Tokens tokens = client.connect(Person.ALICE, ALICE, "account:read", "offline_access");
    refused(400, "invalid_scope", client.token(Parameters.of("grant_type", "refresh_token",
        "refresh_token", tokens.refresh(), "scope", "account:read account:write")));
    assertFalse(client.refresh(tokens).scopes().contains("account:write"));
  }

  @Test
  void aTokenRequestAddsNothing() {
    var attempt = client.attempt();
    String code = attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
    Tokens tokens = new Tokens(client.token(Parameters.of("grant_type", "authorization_code",
        "code", code, "code_verifier", attempt.verifier(), "scope", "account:write"))
        .expect(200).json());
    assertEquals(Set.of("account:read"), tokens.scopes());
  }

  @Test
  void whatTheUserTookOutStaysOut() {
    var attempt = client.attempt("account:read", "account:write", "offline_access");
    var page = attempt.in(new Browser()).signIn(Person.ALICE).allowOnly("offline_access");
    Tokens tokens = client.refresh(client.redeem(attempt, page));
    challenged(403, "insufficient_scope",
        server.mcp(tokens).call("update_account", "{\"email\":\"e@v.il\"}"));
  }
}
