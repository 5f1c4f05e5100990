package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and completion, in every revision. */
class ResourcesTest {
  private final Posts posts = new Posts(McpServer.named("t").pageSize(2)
      .resource(Resource.at("test://text").name("text").title("T").mimeType("text/plain")
          .description("d").text("hi").build())
      .resource(Resource.at("test://bytes").mimeType("image/png").bytes(new byte[] {1, 2}).build())
      .resource(Resource.at("test://write").scopes("account:write").text("w").build())
      .resource(Resource.at("test://gone").handler(call -> ResourceResult.notFound()).build())
      .resource(Resource.at("test://broken").handler(call -> {
        throw new IllegalStateException("jdbc:secret");
      }).build())
      .resource(Resource.template("test://of/{id}/data").name("of").mimeType("application/json")
          .complete("id", Completer.of("123", "124", "9"))
          .handler(call -> ResourceResult.text(call.arguments().needText("id") + call.uri())
              .and("test://more", "text/plain", "more")).build())
      .prompt(Prompt.named("args").description("d").argument("a", "first", true)
          .argument("b", null, false).complete("a", (call, typed) -> {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
              many.add(typed + i + call.arguments().text("b", ""));
            }
            return many;
          })
          .handler(call -> PromptResult.user(call.arguments().needText("a"))
              .andAssistant(call.arguments().text("b", "none")).describedAs("D")).build())
      .prompt(Prompt.named("write").scopes("account:write")
          .handler(call -> PromptResult.user("w")).build())
      .build());

  private Response send(String method, String params) {
    return posts.modern(Posts.ALICE, method, params);
  }

  private JsonObject read(String uri) {
    return Posts.result(send("resources/read", "{\"uri\":\"" + uri + "\"}"));
  }

  @Test
  void listsShowWhatTheTokenMayReadInPages() {
    JsonObject first = Posts.result(send("resources/list", "{}"));
    assertEquals("[{\"uri\":\"test://text\",\"name\":\"text\",\"title\":\"T\","
        + "\"description\":\"d\",\"mimeType\":\"text/plain\"},{\"uri\":"
        + "\"test://bytes\",\"name\":\"test://bytes\","
        + "\"mimeType\":\"image/png\",\"size\":2}]", at(first, "resources"));
    assertEquals("private", at(first, "cacheScope"));
    String cursor = "{\"cursor\":\"" + at(first, "nextCursor") + "\"}";
    JsonObject second = Posts.result(send("resources/list", cursor));
    assertEquals(2, second.get("resources").asArray().size());
    assertFalse(second.toString().contains("test://write"));
    // A cursor is of one list and one caller.
    assertEquals(-32602, Posts.code(posts.modern(Posts.BOB, "resources/list", cursor)));
    assertEquals(-32602, Posts.code(send("tools/list", cursor)));
    assertEquals("of", Posts.result(send("resources/templates/list", "{}"))
        .get("resourceTemplates").asArray().get(0).asObject().getString("name", ""));
  }

  @Test
  void textsBytesAndTemplatesAreRead() {
    assertEquals("[{\"uri\":\"test://text\",\"mimeType\":\"text/plain\",\"text\":\"hi\"}]",
        at(read("test://text"), "contents"));
    assertEquals("[{\"uri\":\"test://bytes\",\"mimeType\":\"image/png\",\"blob\":\"AQI=\"}]",
        at(read("test://bytes"), "contents"));
    assertEquals("[{\"uri\":\"test://of/1%202/data\",\"mimeType\":\"application/json\","
        + "\"text\":\"1 2test://of/1%202/data\"},{\"uri\":\"test://more\",\"mimeType\":"
        + "\"text/plain\",\"text\":\"more\"}]", at(read("test://of/1%202/data"), "contents"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test://none", "test://gone", "test://of//data", "test://of/%2e%2e/data",
      "test://of/{id}/data", "file:///etc/passwd", "test://of/a/b/data", "TEST://text"})
  void whatIsNotThereIsNotFound(String uri) {
    Response response = send("resources/read", "{\"uri\":\"" + uri + "\"}");
    assertEquals(200, response.status());
    assertEquals(-32602, Posts.code(response));
    assertEquals(uri, at(Posts.json(response).asObject(), "error", "data", "uri"));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26,false", "2025-06-18,true", "2025-11-25,true"})
  void sessionsHaveTheSameWithAnotherCode(String revision, boolean titles) {
    String session = posts.initialize(Posts.ALICE, revision);
    assertEquals(-32002, Posts.code(posts.post(Posts.ALICE, Posts.message("resources/read",
        "{\"uri\":\"test://none\"}"), "Mcp-Session-Id", session)));
    JsonObject list = Posts.result(posts.post(Posts.ALICE, Posts.message("resources/list", "{}"),
        "Mcp-Session-Id", session));
    assertEquals(titles, list.toString().contains("\"title\""));
    assertFalse(list.toString().contains("ttlMs"));
  }

  @Test
  void aScopeThatIsMissingIsAChallenge() {
    Response resource = send("resources/read", "{\"uri\":\"test://write\"}");
    Response prompt = send("prompts/get", "{\"name\":\"write\"}");
    for (Response response : List.of(resource, prompt)) {
      assertEquals(403, response.status());
      assertTrue(response.header("WWW-Authenticate").contains("account:write"));
    }
  }

  @Test
  void whatAHandlerThrowsStaysHere() {
    String body = Posts.json(send("resources/read", "{\"uri\":\"test://broken\"}")).toString();
    assertTrue(body.contains("-32603"));
    assertFalse(body.contains("jdbc"));
  }

  @Test
  void promptsAreListedAndFilledIn() {
    assertEquals("[{\"name\":\"args\",\"description\":\"d\",\"arguments\":[{\"name\":\"a\","
        + "\"description\":\"first\",\"required\":true},{\"name\":\"b\",\"required\":false}]}]",
        at(Posts.result(send("prompts/list", "{}")), "prompts"));
    assertEquals("[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"x\"}},{\"role\":"
        + "\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"none\"}}]", at(Posts.result(send(
            "prompts/get", "{\"name\":\"args\",\"arguments\":{\"a\":\"x\",\"z\":\"?\"}}")),
            "messages"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"none\"}", "{\"name\":\"args\"}", "{}",
      "{\"name\":\"args\",\"arguments\":{\"a\":7}}", "{\"name\":\"args\",\"arguments\":[]}"})
  void promptsRefuseWhatDoesNotFit(String params) {
    Response response = send("prompts/get", params);
    assertTrue(Posts.code(response) == -32602 || response.status() == 400);
  }

  private JsonObject complete(String ref, String argument, String more) {
    return Posts.result(send("completion/complete", "{\"ref\":" + ref + ",\"argument\":{\"name\":\""
        + argument + "\",\"value\":\"12\"}" + more + "}")).get("completion").asObject();
  }

  @Test
  void completionProposesAHundredAtMost() {
    assertEquals("{\"values\":[\"123\",\"124\"],\"total\":2,\"hasMore\":false}", complete(
        "{\"type\":\"ref/resource\",\"uri\":\"test://of/{id}/data\"}", "id", "").toString());
    JsonObject many = complete("{\"type\":\"ref/prompt\",\"name\":\"args\"}", "a",
        ",\"context\":{\"arguments\":{\"b\":\"!\"}}");
    assertEquals(100, many.get("values").asArray().size());
    assertEquals("120!", many.get("values").asArray().get(0).asString());
    assertEquals("150", at(many, "total"));
    assertEquals("true", at(many, "hasMore"));
    assertEquals("[]", at(complete(
        "{\"type\":\"ref/prompt\",\"name\":\"args\"}", "b", ""), "values"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"ref/prompt\",\"name\":\"none\"}", "{\"type\":\"ref/x\"}",
      "{\"type\":\"ref/resource\",\"uri\":\"test://none\"}", "7", "{}",
      "{\"type\":\"ref/resource\",\"uri\":\"test://of/{id}/data\"}"})
  void completionOfWhatIsNotThereIsRefused(String ref) {
    assertEquals(-32602, Posts.code(send("completion/complete", "{\"ref\":" + ref
        + ",\"argument\":{\"name\":\"none\",\"value\":\"\"}}")));
  }

  @Test
  void completionNeedsWhatTheThingNeeds() {
    assertEquals(403, send("completion/complete", "{\"ref\":{\"type\":\"ref/prompt\",\"name\":"
        + "\"write\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}}").status());
  }
}
