package gatehouse.spec;

import static gatehouse.spec.Refusals.challenged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6750: Bearer Token Usage")
class Rfc6750Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Tokens tokens = client.connect(Person.ALICE, ALICE);

  /** A request that works if the header does. */
  private Answer list(String... headers) {
    return listAt(server.mcpUrl(), headers);
  }

  private Answer listAt(String url, String... headers) {
    McpClient mcp = McpClient.of(McpClient.NEWEST, url);
    String[] all = new String[headers.length + 4];
    System.arraycopy(new String[] {"MCP-Protocol-Version", McpClient.NEWEST,
        "Mcp-Method", "tools/list"}, 0, all, 0, 4);
    System.arraycopy(headers, 0, all, 4, headers.length);
    return mcp.send(mcp.message("tools/list", new JsonObject().add("_meta", mcp.meta())), all);
  }

  @Nested
  @DisplayName("§2 Authenticated Requests")
  class Requests {

    @ParameterizedTest
    @DisplayName("§2.1: the scheme's case and the number of spaces do not matter")
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void scheme(String scheme) {
      list("Authorization", scheme + tokens.access()).expect(200);
    }

    @Test
    @DisplayName("§2.2: a token in a form body does not count")
    void body() {
      challenged(401, null, Http.postForm(server.mcpUrl(),
          Parameters.of("access_token", tokens.access())));
    }

    @Test
    @DisplayName("§2.3, OAuth 2.1 §5.1: a token in the query is refused, even next to a header")
    void query() {
      String url = server.mcpUrl() + "?access_token=" + tokens.access();
      challenged(400, "invalid_request", listAt(url));
      challenged(400, "invalid_request", listAt(url, "Authorization", "Bearer " + tokens.access()));
    }
  }

  @Nested
  @DisplayName("§3 The WWW-Authenticate Response Header Field")
  class Header {

    @ParameterizedTest
    @DisplayName("§3.1: without credentials there is a challenge and no error code")
    @ValueSource(strings = {"", "Bearer", "Basic YTpi", "DPoP abc"})
    void noCredentials(String header) {
      Answer answer = header.isEmpty() ? list() : list("Authorization", header);
      challenged(401, null, answer);
      assertEquals("account:read", answer.challenge().get("scope"));
      assertNull(answer.challenge().get("error_description"));
    }

    @ParameterizedTest
    @DisplayName("§3.1: a token that is none is invalid_token")
    @ValueSource(strings = {"invented", "a.b.c", "e30.e30.e30", "====a", "0"})
    void invented(String token) {
      int status = token.startsWith("=") ? 400 : 401;
      challenged(status, status == 400 ? "invalid_request" : "invalid_token",
          list("Authorization", "Bearer " + token));
    }

    @Test
    @DisplayName("§3.1: an expired token is invalid_token")
    void expired() {
      server.clock().advanceSeconds(3_600);
      challenged(401, "invalid_token", list("Authorization", "Bearer " + tokens.access()));
    }

    @Test
    @DisplayName("§3.1: a revoked token is invalid_token from the next request on")
    void revoked() {
      list("Authorization", "Bearer " + tokens.access()).expect(200);
      client.post(client.endpoint("revocation"), Parameters.of("token", tokens.access()))
          .expect(200);
      challenged(401, "invalid_token", list("Authorization", "Bearer " + tokens.access()));
    }

    @Test
    @DisplayName("§3.1: two headers are invalid_request")
    void twoHeaders() {
      challenged(400, "invalid_request", list("Authorization", "Bearer " + tokens.access(),
          "authorization", "Bearer " + tokens.access()));
    }

    @ParameterizedTest
    @DisplayName("§3.1: a header of another form is invalid_request")
    @ValueSource(strings = {"Bearer a b", "Bearer a,b", "Bearer \"a\"", "Bearer a=b"})
    void malformed(String header) {
      challenged(400, "invalid_request", list("Authorization", header));
    }

    @Test
    @DisplayName("§3.1: too little scope is 403, naming all the operation needs and what is held")
    void scope() {
      for (int i = 0; i < 2; i++) {
        Answer answer = challenged(403, "insufficient_scope",
            server.mcp(tokens).call("update_account", "{\"email\":\"x@y.z\"}"));
        assertEquals(Set.of("account:read", "account:write"),
            Set.of(answer.challenge().get("scope").split(" ")));
      }
      assertEquals("alice@example.com",
          server.mcp(tokens).call("get_account").structured().getString("email", null));
    }

    @Test
    @DisplayName("§3, RFC 9110 §11.6.1: one challenge, its values quoted, Bearer first")
    void quoting() {
      String header = list("Authorization", "Bearer x").header("WWW-Authenticate");
      assertTrue(header.matches("Bearer ([a-z_]+=\"[^\"\\\\]*\")(, [a-z_]+=\"[^\"\\\\]*\")*"),
          header);
    }
  }

  @Nested
  @DisplayName("§5 Security Considerations")
  class Security {

    @Test
    @DisplayName("§5.3: what was answered to a token is stored by nobody")
    void noStore() {
      assertTrue(list("Authorization", "Bearer " + tokens.access()).expect(200)
          .header("Cache-Control").contains("no-store"));
      assertTrue(list().header("Cache-Control").contains("no-store"));
    }

    @Test
    @DisplayName("§5.3: who may be here is settled before the body is understood")
    void beforeTheBody() {
      challenged(401, null, Http.send("POST", server.mcpUrl(), "\u0000 no JSON",
          "Content-Type", "text/nonsense"));
    }
  }
}
