package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certified OAuth libraries in JavaScript, which know nothing of MCP and forgive nothing. */
@DisplayName("OAuth libraries")
class OAuthLibrariesTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @Test
  @DisplayName("oauth4webapi accepts every answer, and verifies the access token by RFC 9068")
  void oauth4webapi() {
    Script run = Script.run("oauth4webapi.mjs", server.mcpUrl(), "alice", "wonderland");
    assertEquals(server.mcpUrl(), run.first("discovered").getString("resource", null));
    assertEquals(server.issuer(), run.first("discovered").getString("issuer", null));
    assertEquals("client_secret_basic", run.first("registered").getString("method", null));
    assertEquals("account:read", run.first("token").getString("scope", null));
    assertEquals(900, run.first("token").getInt("seconds", 0));
    JsonObject claims = run.first("verified");
    assertEquals(server.issuer(), claims.getString("iss", null));
    assertEquals(server.mcpUrl(), claims.getString("aud", null));
    assertEquals("alice", claims.getString("sub", null));
    assertTrue(claims.getBoolean("mine", false));
    assertTrue(run.first("refreshed").getBoolean("rotated", false));
    assertEquals("Alice Liddell", run.first("called").getString("display_name", null));

    JsonObject challenged = run.first("challenged");
    assertEquals(401, challenged.getInt("status", 0));
    assertEquals("bearer", challenged.getString("scheme", null));
    assertEquals("invalid_token", challenged.getString("error", null));
    assertEquals("account:read", challenged.getString("scope", null));
    assertEquals(server.url("/.well-known/oauth-protected-resource/mcp"),
        challenged.getString("resource_metadata", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "client_secret_post", "client_secret_basic"})
  @DisplayName("openid-client signs a user in, narrows the tokens, and is refused a used code")
  void openid_client(String method) {
    Script run = Script.run("openid-client.mjs", server.mcpUrl(), "bob", "builder", method);
    assertEquals(method, run.first("registered").getString("method", null));
    assertEquals("bob", run.first("identity").getString("sub", null));
    assertEquals(Set.of("openid", "account:read", "account:write"),
        Set.of(run.first("token").getString("scope", "").split(" ")));
    assertEquals("account:read", run.first("refreshed").getString("scope", null));
    assertTrue(run.first("refreshed").getBoolean("rotated", false));
    for (String refusal : new String[] {"replayed", "revoked"}) {
      assertEquals(400, run.first(refusal).getInt("status", 0));
      assertEquals("invalid_grant", run.first(refusal).getString("error", null));
    }
  }

  @Test
  @DisplayName("jose verifies the access token with the keys at jwks_uri")
  void jose() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE);
    Script run = Script.run("jose.mjs", client.metadata().getString("jwks_uri", null),
        server.issuer(), server.mcpUrl(), tokens.access());
    assertEquals("alice", run.first("verified").getString("sub", null));
    assertEquals("account:read", run.first("verified").getString("scope", null));
  }
}
