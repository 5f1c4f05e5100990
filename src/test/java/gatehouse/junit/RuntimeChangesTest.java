package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.login.User;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.oauth.Scope;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is changed on a running server holds from the next request on. */
@GatehouseTest
@DisplayName("On a running server")
class RuntimeChangesTest {
  private static final Person CAROL = new Person("carol", "tea-at-five");

  @Test
  void a_user_comes_signs_in_and_goes_with_all_tokens(TestGatehouse gatehouse) {
    gatehouse.server().users().add(User.named("carol"), CAROL.password());
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(CAROL);
    assertTrue(client.isAccepted(tokens));

    gatehouse.server().users().remove("carol");
    assertFalse(client.isAccepted(tokens));
    assertEquals("invalid_grant", client.refresh(tokens.refresh()).expect(400).text("error"));
    assertTrue(client.attempt().in(new Browser()).signIn(CAROL).asksToSignIn());
  }

  @Test
  void a_client_comes_and_goes(TestGatehouse gatehouse) {
    gatehouse.client("desk", OAuthClient.REDIRECT_URI);
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).known("desk", null);
    Tokens tokens = client.connect(Person.ALICE);

    gatehouse.server().clients().remove("desk");
    assertEquals("invalid_client", client.refresh(tokens.refresh()).expect(401).text("error"));
    Http.get(client.attempt().url()).expect(400);
    assertTrue(client.isAccepted(tokens), "an access token ends by itself");
  }

  @Test
  void a_scope_comes_is_granted_and_goes(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    gatehouse.server().scopes().add(new Scope("account:close", "Close your account",
        "End it for good.", Scope.Kind.OPTIONAL, Set.of("account:write")));
    assertTrue(supported(gatehouse).contains("account:close"));
    Tokens tokens = client.connect(Person.ALICE, "account:close");
    assertTrue(tokens.scopes().contains("account:close"));
    McpClient.with(tokens, gatehouse.mcpUrl())
        .call("update_account", "{\"display_name\": \"A\"}").expect(200);

    assertThrows(IllegalArgumentException.class,
        () -> gatehouse.server().scopes().remove("account:write"));
    gatehouse.server().scopes().remove("account:close");
    assertFalse(supported(gatehouse).contains("account:close"));
    assertFalse(client.connect(Person.ALICE, "account:read", "account:close").scopes()
        .contains("account:close"));
  }

  @Test
  void a_policy_holds_for_what_is_issued_from_then_on(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens before = client.connect(Person.ALICE);
    gatehouse.server().policy(policy -> policy
        .lifetime("access-token", Duration.ofSeconds(30)).accessTokenType("JWT"));
    Tokens after = client.connect(Person.ALICE);
    assertEquals(900, before.json().getInt("expires_in", 0));
    assertEquals(30, after.json().getInt("expires_in", 0));
    assertEquals("JWT", Tokens.part(after.access(), 0).getString("typ", null));
    gatehouse.clock().advance(Duration.ofSeconds(31));
    assertFalse(client.isAccepted(after));
    assertTrue(client.isAccepted(before));
  }

  @Test
  void a_tool_comes_is_called_and_goes(TestGatehouse gatehouse) {
    McpClient alice = McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl())
        .bearing(gatehouse.token("alice"));
    gatehouse.server().mcp().add(Tool.named("tea").title("Tea").description("Says when.")
        .scopes("account:read").handler(call -> ToolResult.text("at five")).build());
    assertTrue(tools(alice).contains("tea"));
    assertTrue(alice.call("tea").expect(200).body().contains("at five"));

    assertTrue(gatehouse.server().mcp().remove("tea"));
    assertFalse(tools(alice).contains("tea"));
    assertEquals(-32602, alice.call("tea").error().getInt("code", 0));
  }

  private static List<String> supported(TestGatehouse gatehouse) {
    return texts(Http.get(gatehouse.url("/.well-known/oauth-authorization-server")).json()
        .get("scopes_supported"));
  }

  private static List<String> tools(McpClient client) {
    return client.listTools().result().get("tools").asArray().values().stream()
        .map(JsonValue::asObject).map((JsonObject tool) -> tool.getString("name", "")).toList();
  }

  private static List<String> texts(JsonValue array) {
    return array.asArray().values().stream().map(JsonValue::asString).toList();
  }
}
