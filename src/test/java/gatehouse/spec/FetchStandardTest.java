package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.Parameters;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("WHATWG Fetch: cross-origin requests")
class FetchStandardTest {
  private static final String ORIGIN = "https://inspector.example";

  @RegisterExtension
  static final GatehouseServer server =
      GatehouseServer.with(b -> b.demo().allowOrigin(ORIGIN));

  private static Answer preflight(String method, String path, String headers) {
    return Http.send("OPTIONS", server.url(path), null, "Origin", ORIGIN,
        "Access-Control-Request-Method", method, "Access-Control-Request-Headers", headers);
  }

  @ParameterizedTest
  @DisplayName("§3.2.2: a preflight is answered without a token wherever clients call from scripts")
  @CsvSource({"GET,/.well-known/oauth-authorization-server",
    "GET,/.well-known/openid-configuration",
    "GET,/.well-known/oauth-protected-resource/mcp", "GET,/jwks", "POST,/token", "POST,/register",
    "POST,/revoke", "GET,/userinfo", "POST,/mcp", "DELETE,/mcp"})
  void preflight(String method, String path) {
    Answer answer = preflight(method, path,
        "authorization,content-type,mcp-protocol-version,mcp-session-id,mcp-method,mcp-name,"
        + "last-event-id,dpop,mcp-param-region").expect(204);
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertTrue(answer.header("Access-Control-Allow-Methods").contains(method));
    List<String> allowed = List.of(
        answer.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT).split(",\\s*"));
    assertTrue(allowed.containsAll(List.of("authorization", "content-type",
        "mcp-protocol-version", "mcp-session-id", "mcp-method", "mcp-name", "last-event-id",
        "mcp-param-region")), allowed.toString());
    assertNull(answer.header("Access-Control-Allow-Credentials"));
  }

  @Test
  @DisplayName("§3.2.2: only names of headers are repeated in the answer to a preflight")
  void names() {
    String allowed = preflight("POST", "/mcp", "mcp-param-a, mcp-param-<b>, x-evil")
        .header("Access-Control-Allow-Headers");
    assertTrue(allowed.contains("mcp-param-a"));
    assertFalse(allowed.contains("<b>") || allowed.contains("x-evil"), allowed);
  }

  @Test
  @DisplayName("§3.2.3: answers and refusals can be read, with the headers that matter")
  void readable() {
    Answer refused = Http.postJson(server.mcpUrl(), new JsonObject(), "Origin", ORIGIN)
        .expect(401);
    assertEquals("*", refused.header("Access-Control-Allow-Origin"));
    for (String name : List.of("WWW-Authenticate", "Mcp-Session-Id", "MCP-Protocol-Version",
        "Retry-After", "DPoP-Nonce")) {
      assertTrue(refused.header("Access-Control-Expose-Headers").contains(name), name);
    }
    assertEquals("*", Http.postForm(server.url("/token"), Parameters.of("a", "b"),
        "Origin", ORIGIN).expect(400).header("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @DisplayName("RFC 9700 §2.6: pages are not for scripts of other origins")
  @ValueSource(strings = {"/authorize", "/login", "/consent", "/logout", "/clients", "/"})
  void pages(String path) {
    for (String method : List.of("GET", "OPTIONS")) {
      Answer answer = Http.send(method, server.url(path), null, "Origin", ORIGIN,
          "Access-Control-Request-Method", "POST");
      assertNull(answer.header("Access-Control-Allow-Origin"), method);
      assertNull(answer.header("Access-Control-Allow-Methods"), method);
    }
  }
}
