package gatehouse.mcp.legacy;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.HttpError;
import gatehouse.http.Response;
import gatehouse.mcp.Ask;
import gatehouse.mcp.Content;
import gatehouse.mcp.Listener;
import gatehouse.mcp.LogLevel;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Posts;
import gatehouse.mcp.Resource;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of sessions: questions, notifications, coming back for what was missed. */
class LegacyStreamsTest {
  private static final String ALL = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
  private static final String FORM =
      "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"string\"}},\"required\":[\"v\"]}";

  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final McpServer server = McpServer.named("t").handlerTimeout(Duration.ofSeconds(20))
      .tool(Tool.named("asks").asks().handler(call -> ToolResult.text(
          call.ask("q", Ask.form("Who?", FORM)).content().text("v", "nobody"))).build())
      .tool(Tool.named("page").asks().handler(call ->
          ToolResult.text("" + call.ask("q", Ask.url("Go", "https://x.example/")).accepted()))
          .build())
      .tool(Tool.named("slow").streams().handler(call -> {
        call.onCancel(stopped::countDown);
        go.await();
        return ToolResult.text("slow");
      }).build())
      .tool(Tool.named("polls").streams().handler(call -> {
        call.hangUp();
        go.await();
        return ToolResult.text("polled");
      }).build())
      .tool(Tool.named("logs").handler(call -> {
        call.log(LogLevel.INFO, "heard");
        return ToolResult.text("");
      }).build())
      .tool(Tool.named("large").streams()
          .handler(call -> ToolResult.of(Content.text("x".repeat(400_000)))).build())
      .resource(Resource.at("test://a").text("a").build())
      .resource(Resource.at("test://b").scopes("account:write").text("b").build())
      .build();
  private final Posts posts = new Posts(server);

  private final String session = posts.initialize(Posts.ALICE, "2025-11-25", ALL);

  private Response post(Access access, String id, String body) {
    return posts.post(access, body, "Mcp-Session-Id", id);
  }

  private Response call(String id, String tool) {
    return post(Posts.ALICE, id,
        Posts.message("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{}}"));
  }

  private Response get(Access access, String id, String last) {
    return posts.send(access, "GET", "", "Mcp-Session-Id", id, "Last-Event-ID", last);
  }

  private static String answer(JsonObject question, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"" + at(question, "id") + "\"," + result + "}";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"result\":{\"action\":\"accept\",\"content\":{\"v\":\"Ann\"}} | Ann",
      "\"result\":{\"action\":\"decline\"}                            | nobody",
      "\"result\":{\"action\":\"accept\",\"content\":{\"v\":7}}       | nobody",
      "\"error\":{\"code\":-1,\"message\":\"no\"}                     | nobody"})
  void aHandlerAsksOnItsStream(String reply, String text) throws InterruptedException {
    Listener listener = Listener.to(call(session, "asks"));
    JsonObject question = listener.message();
    assertEquals("elicitation/create", at(question, "method"));
    assertEquals("Who?", at(question, "params", "message"));
    Response taken = post(Posts.ALICE, session, answer(question, reply));
    assertEquals(202, taken.status());
    assertEquals(0, taken.body().length);
    assertTrue(listener.message().toString().contains("\"" + text + "\""));
    listener.end();
  }

  @Test
  void nobodyElseAnswersAQuestion() throws InterruptedException {
    Listener listener = Listener.to(call(session, "asks"));
    JsonObject question = listener.message();
    String reply = "\"result\":{\"action\":\"accept\",\"content\":{\"v\":\"Eve\"}}";
    assertEquals(404, post(Posts.BOB, session, answer(question, reply)).status());
    String own = posts.initialize(Posts.BOB, "2025-11-25");
    assertEquals(202, post(Posts.BOB, own, answer(question, reply)).status());
    post(Posts.ALICE, session, answer(question, reply.replace("Eve", "Ann")));
    assertTrue(listener.message().toString().contains("Ann"));
  }

  @Test
  void onlyWhatTheClientDeclaredIsAsked() throws InterruptedException {
    String plain = posts.initialize(Posts.ALICE, "2025-11-25");
    String refused = Listener.to(call(plain, "asks")).message().toString();
    assertTrue(refused.contains("-32602"), refused);
    assertFalse(refused.contains("-32021"), "a code of another era");
    String oldest = posts.initialize(Posts.ALICE, "2025-03-26", ALL);
    assertTrue(Listener.to(call(oldest, "asks")).message().toString().contains("-32602"));
  }

  @Test
  void aPageHasAnIdInTheOneRevisionThatWantsOne() throws InterruptedException {
    String able = posts.initialize(Posts.ALICE, "2025-11-25", "{\"elicitation\":{\"url\":{}}}");
    JsonObject question = Listener.to(call(able, "page")).message();
    assertTrue(question.get("params").asObject().getString("elicitationId", "").length() > 20);
    String older = posts.initialize(Posts.ALICE, "2025-06-18", "{\"elicitation\":{\"url\":{}}}");
    assertTrue(Listener.to(call(older, "page")).message().toString().contains("-32602"));
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26,false", "2025-06-18,false", "2025-11-25,true"})
  void onlyTheNewestIsPrimed(String revision, boolean primed) throws InterruptedException {
    Listener listener = Listener.to(call(posts.initialize(Posts.ALICE, revision), "large"));
    if (primed) {
      assertEquals("retry: 500", listener.event());
      assertEquals("id: 1-0\ndata:", listener.event());
    }
    assertTrue(listener.event().startsWith("id: 1-1\ndata: {"));
    listener.end();
  }

  @Test
  void losingTheConnectionLosesNothing() throws InterruptedException {
    Listener listener = Listener.to(call(session, "slow"));
    listener.event();
    assertEquals("id: 1-0\ndata:", listener.event());
    listener.hangUp();
    Listener again = Listener.to(get(Posts.ALICE, session, "1-0"));
    go.countDown();
    assertTrue(again.message().toString().contains("slow"));
    again.end();
    // The stream is over, and still there for who lost the connection a second time.
    Listener third = Listener.to(get(Posts.ALICE, session, "1-0"));
    assertTrue(third.message().toString().contains("slow"));
    third.end();
    assertEquals(1, stopped.getCount(), "it was not cancelled");
  }

  @Test
  void aHandlerMaySendItsClientAway() throws InterruptedException {
    Listener listener = Listener.to(call(session, "polls"));
    assertEquals("retry: 500", listener.event());
    assertEquals("id: 1-0\ndata:", listener.event());
    listener.end();
    go.countDown();
    assertTrue(Listener.to(get(Posts.ALICE, session, "1-0")).message().toString()
        .contains("polled"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-0", "x", "-", "1", "", "99999999999999999999-1"})
  void unknownEventsAreRefused(String id) {
    assertEquals(400, get(Posts.ALICE, session, id).status());
  }

  @Test
  void streamsAreOfOneSessionAndOneUser() throws InterruptedException {
    Listener.to(call(session, "large")).message();
    assertEquals(404, get(Posts.BOB, session, "1-0").status());
    assertEquals(404, get(Posts.BOB, session, null).status());
    String other = posts.initialize(Posts.BOB, "2025-11-25");
    assertEquals(400, get(Posts.BOB, other, "1-0").status());
  }

  @Test
  void aCancelledRequestGetsNoAnswer() throws InterruptedException {
    Listener listener = Listener.to(call(session, "slow"));
    listener.event();
    String cancel = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
        + "\"params\":{\"requestId\":7}}";
    String other = posts.initialize(Posts.BOB, "2025-11-25");
    assertEquals(202, post(Posts.BOB, other, cancel).status());
    assertEquals(1, stopped.getCount());
    assertEquals(202, post(Posts.ALICE, session, cancel).status());
    assertTrue(stopped.await(10, TimeUnit.SECONDS));
    assertEquals("id: 1-0\ndata:", listener.event());
    listener.end();
    assertEquals(202, post(Posts.ALICE, session, cancel).status(), "it has ended: no matter");
  }

  @Test
  void logMessagesComeOnceALevelIsSet() throws InterruptedException {
    assertEquals(200, call(session, "logs").status());
    assertEquals("{}", Posts.result(post(Posts.ALICE, session,
        Posts.message("logging/setLevel", "{\"level\":\"info\"}"))).toString());
    Listener listener = Listener.to(call(session, "logs"));
    assertEquals("{\"level\":\"info\",\"data\":\"heard\"}", at(listener.message(), "params"));
    assertEquals("7", at(listener.message(), "id"));
    assertEquals(-32602, Posts.code(post(Posts.ALICE, session,
        Posts.message("logging/setLevel", "{\"level\":\"loud\"}"))));
  }

  @Test
  void theOpenStreamHearsWhatChanges() throws InterruptedException {
    Listener alice = Listener.to(get(Posts.ALICE, session, null));
    alice.event(); // retry
    alice.event(); // priming: the stream is there
    assertEquals("{}", Posts.result(post(Posts.ALICE, session,
        Posts.message("resources/subscribe", "{\"uri\":\"test://a\"}"))).toString());
    server.resourceUpdated("test://b");
    server.resourceUpdated("test://a");
    server.add(Tool.named("new").handler(call -> ToolResult.text("")).build());
    assertEquals("test://a", at(alice.message(), "params", "uri"));
    assertEquals("notifications/tools/list_changed", at(alice.message(), "method"));
    post(Posts.ALICE, session, Posts.message("resources/unsubscribe", "{\"uri\":\"test://a\"}"));
    server.resourceUpdated("test://a");
    server.promptsChanged();
    assertEquals("notifications/prompts/list_changed", at(alice.message(), "method"));
    server.close();
    alice.end();
  }

  @Test
  void whatMayNotBeReadIsNotWatched() {
    assertEquals(403, post(Posts.ALICE, session,
        Posts.message("resources/subscribe", "{\"uri\":\"test://b\"}")).status());
    assertEquals(-32002, Posts.code(post(Posts.ALICE, session,
        Posts.message("resources/subscribe", "{\"uri\":\"test://none\"}"))));
  }

  @Test
  void aSecondStreamReplacesTheFirst() throws InterruptedException {
    Listener first = Listener.to(get(Posts.ALICE, session, null));
    first.event();
    first.event();
    Listener second = Listener.to(get(Posts.ALICE, session, null));
    second.event();
    second.event();
    first.end();
    server.toolsChanged();
    assertEquals("notifications/tools/list_changed", at(second.message(), "method"));
  }

  @Test
  void endingTheSessionEndsItsStreams() throws InterruptedException {
    Listener open = Listener.to(get(Posts.ALICE, session, null));
    open.event();
    Listener slow = Listener.to(call(session, "slow"));
    slow.event();
    slow.event();
    open.event();
    assertEquals(204, posts.send(Posts.ALICE, "DELETE", "", "Mcp-Session-Id", session).status());
    open.end();
    slow.end();
    assertTrue(stopped.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aStreamMustBeAccepted() {
    assertEquals(406, assertThrows(HttpError.class, () -> posts.send(Posts.ALICE, "GET", "",
        "Mcp-Session-Id", session, "Accept", "application/json")).status());
  }

  @Test
  void theLogIsBoundedAndKeepsResults() throws InterruptedException {
    for (int i = 1; i <= 20; i++) {
      Listener listener = Listener.to(call(session, "large"));
      listener.message();
      listener.end();
    }
    assertEquals(400, get(Posts.ALICE, session, "1-0").status(), "forgotten");
    assertTrue(Listener.to(get(Posts.ALICE, session, "20-0")).message().toString().contains("xx"));
  }
}
