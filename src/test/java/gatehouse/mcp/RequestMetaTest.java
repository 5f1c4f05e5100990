package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.http.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request says about itself (2026-07-28, basic, "_meta"). */
class RequestMetaTest {
  private final Posts posts = new Posts(McpServer.named("t").build());

  @ParameterizedTest
  @ValueSource(strings = {
      "{}",
      "{\"_meta\":{}}",
      "{\"_meta\":7}",
      "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}",
      "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
      "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,"
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}}",
      "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":[]}}",
      "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{},\"progressToken\":1.5}}"})
  void anIncompleteOneIsInvalidParamsWithStatus400(String params) {
    Response response = posts.post(Posts.ALICE, Posts.message("server/discover", params),
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "server/discover");
    assertEquals(400, response.status());
    assertEquals(-32602, Posts.code(response));
    assertEquals(7, Posts.json(response).asObject().getInt("id", 0));
  }
}
