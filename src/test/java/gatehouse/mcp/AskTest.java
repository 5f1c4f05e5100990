package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multi round-trip requests of 2026-07-28: what handlers ask, and what comes back. */
class AskTest {
  private static final String FORM = "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":"
      + "\"string\"}},\"required\":[\"v\"]}";
  private static final String ALL = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
  private static final String ALICE =
      "{\"name\":{\"action\":\"accept\",\"content\":{\"v\":\"A\"}}}";

  private final TestClock clock = new TestClock();
  private final Posts posts = new Posts(McpServer.named("t")
      .tool(asking("greet", call -> ToolResult.text("Hello, " + word(call, "name"))))
      .tool(asking("two", call ->
          ToolResult.text(word(call, "name") + " likes " + word(call, "color"))))
      .tool(asking("keeps", call -> {
        int round = (int) call.kept().number("round", 0);
        call.keep(new JsonObject().add("round", round + 1));
        return ToolResult.text(word(call, "name") + round);
      }))
      .tool(asking("all", call -> {
        Map<String, Answer> answers = call.ask(Map.of("name", Ask.form("?", FORM),
            "model", Ask.sampling("Capital?", 100), "roots", Ask.roots()));
        return ToolResult.text(answers.get("model").text() + answers.get("roots").roots());
      }))
      .tool(asking("page", call -> {
        call.ask("page", Ask.url("Go there", "https://example.com/"));
        return ToolResult.text("went");
      }))
      .tool(Tool.named("undeclared").handler(call -> ToolResult.text(word(call, "name"))).build())
      .tool(Tool.named("needs").needs(ClientFeature.SAMPLING)
          .handler(call -> ToolResult.text("Success")).build())
      .prompt(Prompt.named("p").description("d").asks()
          .handler(call -> PromptResult.user(word(call, "name"))).build())
      .resource(Resource.at("test://r").asks()
          .handler(call -> ResourceResult.text(word(call, "name"))).build())
      .build(), clock);

  private static Tool asking(String name, Tool.Handler handler) {
    return Tool.named(name).input("{\"type\":\"object\"}").asks().handler(handler).build();
  }

  private static String word(Call call, String key) throws InterruptedException {
    Answer answer = call.ask(key, Ask.form(key + "?", FORM));
    return answer.accepted() ? answer.content().needText("v") : answer.action().name();
  }

  private Response send(Access access, String tool, String rest) {
    return posts.modern(access, "tools/call", "{\"name\":\"" + tool + "\"" + rest + "}", ALL, "{}");
  }

  private JsonObject call(String tool, String rest) {
    return Posts.result(send(Posts.ALICE, tool, rest));
  }

  private static String retry(String answers, String state) {
    return ",\"inputResponses\":" + answers
        + (state == null ? "" : ",\"requestState\":\"" + state + "\"");
  }

  private static String text(JsonObject result) {
    return result.get("content").asArray().get(0).asObject().getString("text", "");
  }

  @Test
  void theFirstRoundIsAnsweredWithTheQuestion() {
    JsonObject result = call("greet", "");
    assertEquals("input_required", at(result, "resultType"));
    assertEquals("elicitation/create", at(result, "inputRequests", "name", "method"));
    assertEquals("name?", at(result, "inputRequests", "name", "params", "message"));
    assertNotNull(at(result, "requestState"));
    assertNull(result.get("ttlMs"));
    assertNotNull(result.get("_meta"));
  }

  @Test
  void theSecondRoundHasTheAnswer() {
    JsonObject first = call("greet", "");
    assertEquals("Hello, A", text(call("greet", retry(ALICE, at(first, "requestState")))));
    assertEquals("Hello, A", text(call("greet", retry(ALICE, null))), "state is not needed");
  }

  @Test
  void answersOfEarlierRoundsTravelInTheState() {
    String one = at(call("two", ""), "requestState");
    JsonObject second = call("two", retry(ALICE, one));
    assertEquals("[color]", second.get("inputRequests").asObject().names().toString());
    String two = at(second, "requestState");
    assertNotEquals(one, two);
    assertEquals("A likes red", text(call("two",
        retry("{\"color\":{\"action\":\"accept\",\"content\":{\"v\":\"red\"}}}", two))));
  }

  @Test
  void whatAHandlerKeepsComesBack() {
    assertEquals("A1", text(call("keeps", retry(ALICE, at(call("keeps", ""), "requestState")))));
  }

  @Test
  void severalQuestionsAreAskedAtOnce() {
    JsonObject result = call("all", "");
    assertEquals(3, result.get("inputRequests").asObject().size());
    assertEquals("{}", at(result, "inputRequests", "roots", "params"));
    assertEquals("Paris[Root[uri=file:///a, name=A]]", text(call("all", retry("{\"name\":"
        + "{\"action\":\"decline\"},\"model\":{\"role\":\"assistant\",\"model\":\"m\",\"content\":"
        + "{\"type\":\"text\",\"text\":\"Paris\"}},\"roots\":{\"roots\":[{\"uri\":\"file:///a\","
        + "\"name\":\"A\"}]}}", at(result, "requestState")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DECLINE", "CANCEL"})
  void usersMayRefuse(String action) {
    assertEquals("Hello, " + action, text(call("greet",
        retry("{\"name\":{\"action\":\"" + action.toLowerCase() + "\"}}", null))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"other\":1}", "{\"name\":12345}", "{\"name\":{}}",
      "{\"name\":{\"action\":\"accept\"}}", "{\"name\":{\"action\":\"accept\",\"content\":{}}}",
      "{\"name\":{\"action\":\"accept\",\"content\":{\"v\":7}}}", "{\"name\":null}"})
  void whatIsNoAnswerIsAskedAgain(String responses) {
    assertEquals("input_required", at(call("greet", retry(responses, null)), "resultType"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7"})
  void responsesThatAreNoObjectAreRefused(String responses) {
    assertEquals(-32602, Posts.code(send(Posts.ALICE, "greet", retry(responses, null))));
  }

  @Nested
  class StateIsHostile {
    private final String state = at(call("greet", ""), "requestState");

    private void refused(Access access, String tool, String rest) {
      assertEquals(-32602, Posts.code(send(access, tool, rest)));
    }

    @Test
    void altered() {
      refused(Posts.ALICE, "greet", retry(ALICE, state + "-TAMPERED"));
      refused(Posts.ALICE, "greet", retry(ALICE, state.substring(1)));
      refused(Posts.ALICE, "greet", retry(ALICE, "x"));
    }

    @Test
    void ofAnotherUser() {
      refused(Posts.BOB, "greet", retry(ALICE, state));
    }

    @Test
    void ofAnotherTool() {
      refused(Posts.ALICE, "two", retry(ALICE, state));
    }

    @Test
    void ofOtherArguments() {
      refused(Posts.ALICE, "greet", ",\"arguments\":{\"a\":1}" + retry(ALICE, state));
    }

    @Test
    void expired() {
      clock.advance(Duration.ofMinutes(11));
      refused(Posts.ALICE, "greet", retry(ALICE, state));
    }

    @Test
    void evenIfTheToolNeverAsks() {
      refused(Posts.ALICE, "needs", retry(ALICE, "x"));
    }
  }

  @Test
  void onlyWhatTheClientCanDoIsAsked() {
    Response none = posts.modern(Posts.ALICE, "tools/call", "{\"name\":\"greet\"}");
    assertEquals(400, none.status());
    assertEquals(-32021, Posts.code(none));
    assertEquals("{\"elicitation\":{\"form\":{}}}", at(Posts.json(none).asObject(),
        "error", "data", "requiredCapabilities"));
    assertEquals(-32021, Posts.code(send(Posts.ALICE, "page", "")), "{} means forms alone");
    assertEquals("url", at(Posts.result(posts.modern(Posts.ALICE, "tools/call",
        "{\"name\":\"page\"}", "{\"elicitation\":{\"url\":{}}}", "{}")),
        "inputRequests", "page", "params", "mode"));
  }

  @Test
  void aNeedIsCheckedBeforeTheHandlerRuns() {
    Response without = posts.modern(Posts.ALICE, "tools/call", "{\"name\":\"needs\"}");
    assertEquals(400, without.status());
    assertEquals("{\"sampling\":{}}", at(Posts.json(without).asObject(),
        "error", "data", "requiredCapabilities"));
    assertEquals("Success", text(call("needs", "")));
  }

  @Test
  void promptsAndResourcesAskToo() {
    assertEquals("input_required", at(Posts.result(posts.modern(Posts.ALICE, "prompts/get",
        "{\"name\":\"p\"}", ALL, "{}")), "resultType"));
    assertEquals("input_required", at(Posts.result(posts.modern(Posts.ALICE, "resources/read",
        "{\"uri\":\"test://r\"}", ALL, "{}")), "resultType"));
  }

  @Test
  void aToolThatDidNotSayThatItAsksFails() {
    assertEquals("true", at(call("undeclared", ""), "isError"));
  }

  @Test
  void formsThatClientsCannotShowAreRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> Ask.form("?", "{\"type\":\"object\","
        + "\"properties\":{\"a\":{\"type\":\"object\"}}}"));
    assertThrows(IllegalArgumentException.class, () -> Ask.url("?", "http://example.com/"));
    assertThrows(IllegalArgumentException.class, () -> Ask.url("?", "javascript:alert(1)"));
  }
}
