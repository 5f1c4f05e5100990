package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.junit.GatehouseExtension;
import gatehouse.junit.TestGatehouse;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.oauth.Scope;
import gatehouse.support.McpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recipe 7: a server of one's own, and what can be changed while it runs. */
class OwnToolsTest {
  @RegisterExtension
  final GatehouseExtension extension = GatehouseExtension.of(TestGatehouse.builder()
      .users("carol")
      .server(server -> server.name("weather")
          .scope(Scope.base("forecast", "Forecast", "See tomorrow's weather."))
          .tool(tool("tomorrow", "forecast", "sun"))));

  @Test
  void a_tool_answers_whoever_has_its_scope(TestGatehouse gatehouse) {
    assertEquals("sun", ask(gatehouse, gatehouse.token("carol"), "tomorrow"));
  }

  @Test
  void everything_can_be_changed_while_it_runs(TestGatehouse gatehouse) {
    gatehouse.user("dave");
    gatehouse.server().scopes().add(Scope.optional("almanac", "Almanac", "See the past."));
    gatehouse.server().mcp().add(tool("yesterday", "almanac", "rain"));
    gatehouse.server().policy(p -> p.lifetime("access-token", Duration.ofSeconds(30)));
    gatehouse.server().keys().rotate();

    String token = gatehouse.token("dave", "almanac");
    assertEquals("rain", ask(gatehouse, token, "yesterday"));
    gatehouse.clock().advance(Duration.ofSeconds(31));
    McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token).listTools().expect(401);
  }

  private static Tool tool(String name, String scope, String answer) {
    return Tool.named(name).title(name).description("Tells the weather.").scopes(scope)
        .handler(call -> ToolResult.text(answer)).build();
  }

  private static String ask(TestGatehouse gatehouse, String token, String tool) {
    return McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token).call(tool).result()
        .get("content").asArray().get(0).asObject().getString("text", null);
  }
}
