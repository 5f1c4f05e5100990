package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.demo.Demo;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A body for the MCP endpoint, in either era: an answer of JSON-RPC to the id that it had, or an
 * acknowledgement; never anything that the endpoint did not foresee.
 */
public final class EndpointFuzz {
  private static final Posts POSTS =
      new Posts(McpServer.named("fuzz").tools(Demo.tools()).build());

  private EndpointFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String body = new String(data, StandardCharsets.UTF_8);
    JsonValue sent = null;
    try {
      sent = Fields.read(body);
    } catch (Fields.Malformed e) {
      // To be answered like all else.
    }
    POSTS.calls.clear();
    check(sent, POSTS.post(Posts.ALICE, body));
    JsonObject message = sent != null && sent.isObject() ? sent.asObject() : new JsonObject();
    JsonValue method = message.get("method");
    JsonValue params = message.get("params");
    JsonValue name = params != null && params.isObject() ? params.asObject().get("name") : null;
    check(sent, POSTS.post(Posts.ALICE, body, "MCP-Protocol-Version", Posts.MODERN,
        "Mcp-Method", method != null && method.isString() ? method.asString() : null,
        "Mcp-Name", name != null && name.isString() ? name.asString() : null));
  }

  private static void check(JsonValue sent, Response answer) {
    assertTrue(Set.of(200, 202, 400, 403, 404).contains(answer.status()), "" + answer.status());
    if (answer.stream() != null || answer.status() == 202 || answer.body().length == 0) {
      return;
    }
    JsonValue json = Fields.read(answer.body());
    if (json.isObject()) {
      assertEquals("2.0", json.asObject().getString("jsonrpc", null));
      assertTrue((json.asObject().get("result") == null) != (json.asObject().get("error") == null));
      JsonValue id = json.asObject().get("id");
      if (id != null && !id.isNull()) {
        assertEquals(sent.asObject().get("id"), id);
      }
      if (json.asObject().get("error") != null) {
        int code = json.asObject().get("error").asObject().getInt("code", 0);
        assertTrue(code != -32603, "an internal error: " + json);
      }
    }
  }
}
