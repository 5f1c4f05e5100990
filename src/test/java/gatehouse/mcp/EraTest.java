package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules a request is judged by, and the order in which a modern one is. */
class EraTest {
  private final Posts posts = new Posts(McpServer.named("t").version("1").build());

  // claim: the version in _meta; header: MCP-Protocol-Version; code 0 means a result.
  @ParameterizedTest(name = "{0}: body {2}, header {3} gives {4}/{5}")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      ERA-01 | tools/list      | 2026-07-28 | 2026-07-28 | 200 | 0
      ERA-02 | tools/list      | -          | 2026-07-28 | 400 | -32602
      ERA-02 | server/discover | -          | 2026-07-28 | 400 | -32602
      ERA-03 | tools/list      | -          | 2025-11-25 | 400 | -32600
      ERA-03 | tools/list      | -          | -          | 400 | -32600
      ERA-03 | tools/list      | -          | 1999-01-01 | 400 | -32600
      ERA-03 | tools/list      | -          | 2024-11-05 | 400 | -32600
      ERA-04 | initialize      | -          | 2025-11-25 | 200 | 0
      ERA-04 | initialize      | -          | -          | 200 | 0
      ERA-04 | initialize      | 2025-11-25 | 2025-11-25 | 200 | 0
      ERA-04 | initialize      | -          | 2026-07-28 | 400 | -32020
      ERA-05 | initialize      | 2026-07-28 | 2026-07-28 | 404 | -32601
      ERA-07 | tools/list      | v999.0.0   | 2026-07-28 | 400 | -32020
      ERA-07 | tools/list      | 2026-07-28 | 2025-11-25 | 400 | -32020
      ERA-08 | tools/list      | v999.0.0   | v999.0.0   | 400 | -32022
      ERA-08 | tools/list      | v999.0.0   | -          | 400 | -32022
      ERA-09 | tools/list      | 2025-11-25 | 2025-11-25 | 400 | -32022
      MCP-09 | tools/list      | 2026-07-28 | -          | 400 | -32020
      MCP-24 | unknown/method  | 2026-07-28 | 2026-07-28 | 404 | -32601
      MCP-24 | prompts/list    | 2026-07-28 | 2026-07-28 | 404 | -32601
      MCP-25 | ping            | 2026-07-28 | 2026-07-28 | 404 | -32601
      MCP-25 | logging/setLevel| 2026-07-28 | 2026-07-28 | 404 | -32601
      """)
  void everyCombinationHasItsAnswer(
      String rule, String method, String claim, String header, int status, int code) {
    String meta = claim == null ? "" : "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
        + claim + "\",\"io.modelcontextprotocol/clientCapabilities\":{}},";
    String body = Posts.message(method, "{" + meta
        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
    Response response = posts.post(Posts.ALICE, body, "MCP-Protocol-Version", header,
        "Mcp-Method", method);
    assertEquals(status, response.status());
    assertEquals(7, Posts.json(response).asObject().getInt("id", 0));
    assertEquals(code, code == 0 ? code(response) : Posts.code(response));
  }

  private static int code(Response response) {
    return Posts.json(response).asObject().get("result") == null ? -1 : 0;
  }

  @ParameterizedTest(name = "header {1}: {0}")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      []                                                   | -          | 400 | -32600
      []                                                   | 2025-03-26 | 400 | -32600
      [{"jsonrpc":"2.0","method":"notifications/x"}]       | 2026-07-28 | 400 | -32600
      {"jsonrpc":"2.0","id":1,"result":{}}                 | 2026-07-28 | 400 | -32600
      {"jsonrpc":"2.0","id":null,"method":"tools/list"}    | 2026-07-28 | 400 | -32600
      {"jsonrpc":"2.0","id":1.5,"method":"tools/list"}     | 2026-07-28 | 400 | -32600
      {"jsonrpc":"1.0","id":1,"method":"tools/list"}       | 2026-07-28 | 400 | -32600
      {"jsonrpc":"2.0","id":1,"method":"a","params":[]}    | 2026-07-28 | 400 | -32600
      7                                                    | 2026-07-28 | 400 | -32600
      {                                                    | 2026-07-28 | 400 | -32700
      {"id":1,"id":2}                                      | 2026-07-28 | 400 | -32700
      """)
  void whatIsNoMessageIsRefused(String body, String header, int status, int code) {
    Response response = posts.post(Posts.ALICE, body, "MCP-Protocol-Version", header);
    assertEquals(status, response.status());
    assertEquals(code, Posts.code(response));
    assertFalse(new String(response.body(), StandardCharsets.UTF_8).contains("\"id\":null"));
  }

  @Test
  void anArrayWithAModernElementIsRefused() {
    Response response = posts.post(Posts.ALICE, "[" + Posts.envelope("tools/list", "{}") + "]");
    assertEquals(400, response.status());
    assertEquals(-32600, Posts.code(response));
  }

  @Test
  void theErrorForAnUnknownVersionNamesTheServedOnesAndTheAskedOne() {
    String body = Posts.envelope("tools/list", "{}").replace(Posts.MODERN, "v999.0.0");
    Response response = posts.post(Posts.ALICE, body, "MCP-Protocol-Version", "v999.0.0");
    assertEquals("{\"supported\":[\"2026-07-28\"],\"requested\":\"v999.0.0\"}",
        Posts.json(response).asObject().get("error").asObject().get("data").toString());
  }

  @ParameterizedTest
  @CsvSource({"1763900000000", "9007199254740993", "\"1\"", "-5"})
  void anIdComesBackAsItWas(String id) {
    String body = Posts.envelope("tools/list", "{}").replace("\"id\":7", "\"id\":" + id);
    Response response = posts.post(Posts.ALICE, body,
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "tools/list");
    assertEquals(200, response.status());
    assertEquals(id, Posts.json(response).asObject().get("id").toString());
  }

  @Test
  void aModernNotificationIsTakenWithoutAClaim() {
    Response response = posts.post(Posts.ALICE,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "MCP-Protocol-Version", Posts.MODERN);
    assertEquals(202, response.status());
    assertEquals(0, response.body().length);
  }

  @Test
  void modernRequestsIgnoreSessions() {
    Response response = posts.post(Posts.ALICE, Posts.envelope("tools/list", "{}"),
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "tools/list",
        "Mcp-Session-Id", "whatever");
    assertEquals(200, response.status());
    assertNull(response.header("Mcp-Session-Id"));
  }

  @ParameterizedTest
  @CsvSource({"GET,2026-07-28,405,POST", "DELETE,2026-07-28,405,POST",
      "PUT,2025-11-25,405,POST"})
  void otherMethodsOfHttpAreRefusedWithAllow(
      String method, String header, int status, String allow) {
    Response response = posts.send(Posts.ALICE, method, "", "MCP-Protocol-Version", header);
    assertEquals(status, response.status());
    assertEquals(allow, response.header("Allow"));
  }

  @Test
  void discoverSaysVersionsCapabilitiesAndWho() {
    JsonObject result = Posts.result(posts.modern(Posts.ALICE, "server/discover", "{}"));
    assertEquals("[\"2026-07-28\"]", result.get("supportedVersions").toString());
    assertEquals("{\"tools\":{\"listChanged\":true},\"logging\":{}}",
        result.get("capabilities").toString());
    assertEquals("complete", result.getString("resultType", ""));
    assertEquals("public", result.getString("cacheScope", ""));
    assertTrue(result.getInt("ttlMs", -1) >= 0);
    assertEquals("{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
        result.get("_meta").toString());
  }
}
