package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listing and calling tools, in every revision. */
class ToolsTest {
  private static final String NUMBER =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";

  private final List<Integer> ran = new ArrayList<>();

  private final Posts posts = new Posts(McpServer.named("t").pageSize(2)
      .tool(tool("free").handler(call -> ToolResult.text("hi")).build())
      .tool(tool("read").scopes("account:read").input(NUMBER).handler(call -> {
        ran.add((int) call.arguments().number("n", 0));
        return ToolResult.text(call.access().subject());
      }).build())
      .tool(tool("write").scopes("account:read", "account:write").input(NUMBER)
          .handler(call -> ToolResult.text("")).build())
      .tool(tool("throws").handler(call -> {
        throw new IllegalStateException("jdbc:secret");
      }).build())
      .tool(tool("nothing").handler(call -> null).build())
      .tool(tool("sad").handler(call -> ToolResult.error("no luck")).build())
      .tool(tool("list").output("{\"type\":\"array\"}")
          .handler(call -> ToolResult.structured(new JsonArray().add(1))).build())
      .tool(tool("object").output("{\"type\":\"object\"}")
          .handler(call -> ToolResult.structured(new JsonObject().add("a", 1))).build())
      .tool(tool("liar").output("{\"type\":\"object\"}")
          .handler(call -> ToolResult.structured(Json.value(7))).build())
      .tool(tool("link").handler(call -> ToolResult.of(Content.link("test://x", "x"))).build())
      .build());

  private static Tool.Builder tool(String name) {
    return Tool.named(name).title("T");
  }

  private Response call(String tool, String arguments) {
    return posts.modern(Posts.ALICE, "tools/call",
        "{\"name\":\"" + tool + "\"" + (arguments == null ? "" : ",\"arguments\":" + arguments)
            + "}");
  }

  private Response callIn(String revision, String tool, String arguments) {
    String session = posts.initialize(Posts.ALICE, revision);
    return posts.post(Posts.ALICE, Posts.message("tools/call",
        "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}"),
        "Mcp-Session-Id", session);
  }

  @Test
  void aToolRunsForTheCaller() {
    JsonObject result = Posts.result(call("read", "{\"n\":1}"));
    assertEquals("[{\"type\":\"text\",\"text\":\"alice\"}]", result.get("content").toString());
    assertEquals("complete", result.getString("resultType", ""));
    assertEquals(List.of("alice read OK"), posts.calls);
  }

  @Test
  void absentArgumentsAreAnEmptyObject() {
    assertNull(Posts.result(call("free", null)).get("isError"));
  }

  @Test
  void theListShowsWhatTheTokenMayUseAndPagesWithoutAGap() {
    List<String> names = new ArrayList<>();
    String cursor = null;
    do {
      JsonObject page = Posts.result(posts.modern(Posts.ALICE, "tools/list",
          cursor == null ? "{}" : "{\"cursor\":\"" + cursor + "\"}"));
      page.get("tools").asArray().forEach(t -> names.add(t.asObject().getString("name", "")));
      assertEquals("private", page.getString("cacheScope", ""));
      cursor = page.getString("nextCursor", null);
    } while (cursor != null);
    assertEquals(List.of("free", "read", "throws", "nothing", "sad", "list", "object", "liar",
        "link"), names);
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "d3JpdGU"})
  void aCursorThatIsNotOursIsInvalid(String cursor) {
    Response response = posts.modern(Posts.ALICE, "tools/list", "{\"cursor\":\"" + cursor + "\"}");
    assertEquals(200, response.status());
    assertEquals(-32602, Posts.code(response));
  }

  @ParameterizedTest
  @CsvSource({"2026-07-28", "2025-11-25", "2025-03-26"})
  void aMissingScopeIs403BeforeTheArgumentsAreLookedAt(String revision) {
    Response response = revision.equals(Posts.MODERN)
        ? call("write", "{\"n\":\"wrong\"}") : callIn(revision, "write", "{\"n\":\"wrong\"}");
    assertEquals(403, response.status());
    assertEquals(7, Posts.json(response).asObject().getInt("id", 0));
    int code = Posts.code(response);
    assertTrue(code > -32000 || code < -32768);
    String challenge = response.header("WWW-Authenticate");
    assertTrue(challenge.startsWith("Bearer error=\"insufficient_scope\""), challenge);
    assertTrue(challenge.contains("scope=\"account:read account:write\""), challenge);
    assertTrue(new String(response.body(), StandardCharsets.UTF_8).contains("account:write"));
    assertEquals(List.of("alice write FORBIDDEN"), posts.calls);
  }

  @Test
  void anUnknownToolIsAProtocolError() {
    Response response = call("none", "{}");
    assertEquals(200, response.status());
    assertEquals(-32602, Posts.code(response));
    assertEquals(List.of("alice none UNKNOWN"), posts.calls);
  }

  @ParameterizedTest
  @CsvSource({"2026-07-28,true", "2025-11-25,true", "2025-06-18,false", "2025-03-26,false"})
  void invalidArgumentsAreAResultOrAnErrorAndTheToolDoesNotRun(String revision, boolean result) {
    Response response = revision.equals(Posts.MODERN)
        ? call("read", "{\"n\":\"x\"}") : callIn(revision, "read", "{\"n\":\"x\"}");
    assertEquals(200, response.status());
    if (result) {
      assertTrue(Posts.result(response).getBoolean("isError", false));
    } else {
      assertEquals(-32602, Posts.code(response));
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertTrue(text.contains("/n' must be of type integer"), text);
    assertEquals(List.of(), ran);
  }

  @ParameterizedTest
  @CsvSource({"throws", "nothing", "liar"})
  void aFaultInAToolCostsOneCallAndTellsNothing(String tool) {
    Response response = call(tool, "{}");
    assertEquals(200, response.status());
    assertTrue(Posts.result(response).getBoolean("isError", false));
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertFalse(text.contains("secret") || text.contains("Exception"), text);
    assertTrue(text.contains("Reference"), text);
    assertEquals(List.of("alice " + tool + " FAILED"), posts.calls);
  }

  @Test
  void aFailureThatTheToolExplainsReachesTheModel() {
    JsonObject result = Posts.result(call("sad", "{}"));
    assertTrue(result.getBoolean("isError", false));
    assertTrue(result.get("content").toString().contains("no luck"));
    assertEquals(List.of("alice sad ERROR"), posts.calls);
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(nullValues = "-", value = {
      "list,2026-07-28,[1]", "list,2025-11-25,-", "list,2025-03-26,-",
      "object,2025-06-18,{\"a\":1}", "object,2025-03-26,-"})
  void structuredOutputIsGivenWhereTheRevisionKnowsItAndTextAlways(
      String tool, String revision, String expected) {
    JsonObject result = Posts.result(revision.equals(Posts.MODERN)
        ? call(tool, "{}") : callIn(revision, tool, "{}"));
    assertEquals(expected, result.get("structuredContent") == null
        ? null : result.get("structuredContent").toString());
    assertTrue(result.get("content").toString().contains("\"type\":\"text\""));
  }

  @Test
  void anOldRevisionGetsALinkAsText() {
    assertTrue(Posts.result(callIn("2025-03-26", "link", "{}")).get("content").toString()
        .contains("x: test://x"));
    assertTrue(Posts.result(callIn("2025-06-18", "link", "{}")).get("content").toString()
        .contains("resource_link"));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26,false,false", "2025-06-18,true,true"})
  void anOldRevisionListsNoTitlesAndNoOutputSchemas(
      String revision, boolean titles, boolean schemas) {
    String session = posts.initialize(Posts.ALICE, revision);
    StringBuilder all = new StringBuilder();
    String cursor = null;
    do {
      JsonObject page = Posts.result(posts.post(Posts.ALICE, Posts.message("tools/list",
          cursor == null ? "{}" : "{\"cursor\":\"" + cursor + "\"}"), "Mcp-Session-Id", session));
      all.append(page);
      cursor = page.getString("nextCursor", null);
    } while (cursor != null);
    assertEquals(titles, all.toString().contains("\"title\""));
    assertEquals(schemas, all.toString().contains("\"outputSchema\":{\"type\":\"object\""));
    assertFalse(all.toString().contains("\"outputSchema\":{\"type\":\"array\""));
    assertFalse(all.toString().contains("resultType") || all.toString().contains("ttlMs"));
  }
}
