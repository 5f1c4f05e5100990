package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks: SEP-2663. */
class TasksTest {
  private static final String ID = Tasks.EXTENSION;
  private static final String ABLE = "{\"elicitation\":{},\"extensions\":{\"" + ID + "\":{}}}";
  private static final String FORM = "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":"
      + "\"boolean\"}},\"required\":[\"ok\"]}";
  private static final String YES = "{\"action\":\"accept\",\"content\":{\"ok\":true}}";

  private final TestClock clock = new TestClock();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private final McpServer server = McpServer.named("t")
      .tool(Tool.named("slow").tasks().handler(call -> call.later(task -> {
        task.progress(1, 2, "half");
        go.await();
        return ToolResult.text("done by " + task.access().subject());
      })).build())
      .tool(Tool.named("sad").tasks().needs(ClientFeature.TASKS)
          .handler(call -> call.later(task -> ToolResult.error("no"))).build())
      .tool(Tool.named("broken").tasks().handler(call -> call.later(task -> {
        throw JsonRpcError.of(7, "broken");
      })).build())
      .tool(Tool.named("asks").tasks().handler(call -> call.later(task -> {
        Map<String, Answer> all = task.ask(
            Map.of("a", Ask.form("a?", FORM), "b", Ask.form("b?", FORM)));
        return ToolResult.text(all.size() + "" + task.ask("c", Ask.form("c?", FORM)).accepted());
      })).build())
      .tool(Tool.named("first").tasks().handler(call -> {
        call.ask("a", Ask.form("a?", FORM));
        return call.later(task -> ToolResult.text("after"));
      }).build())
      .tool(Tool.named("hangs").tasks().handler(call -> call.later(task -> {
        try {
          new CountDownLatch(1).await();
        } finally {
          interrupted.countDown();
        }
        return null;
      })).build())
      .build();
  private final Posts posts = new Posts(server, clock);

  private Response send(Access access, String method, String params) {
    return posts.modern(access, method, params, ABLE, "{}");
  }

  private JsonObject start(String tool) {
    return Posts.result(send(Posts.ALICE, "tools/call", "{\"name\":\"" + tool + "\"}"));
  }

  private JsonObject get(String id) {
    return Posts.result(send(Posts.ALICE, "tasks/get", "{\"taskId\":\"" + id + "\"}"));
  }

  /** Hears of the task what subscribers hear, until it is in that state. */
  private JsonObject until(String id, String status) throws InterruptedException {
    Listener listener = Listener.to(send(Posts.ALICE, "subscriptions/listen",
        "{\"notifications\":{\"taskIds\":[\"" + id + "\"]}}"));
    assertEquals("[\"" + id + "\"]", at(listener.message(), "params", "notifications", "taskIds"));
    JsonObject task = get(id);
    while (!status.equals(at(task, "status"))) {
      task = listener.message().get("params").asObject();
    }
    listener.hangUp();
    return task;
  }

  @Test
  void aTaskIsFlatAndCanBeGotAtOnce() throws InterruptedException {
    JsonObject seed = start("slow");
    assertEquals("task", at(seed, "resultType"));
    String id = at(seed, "taskId");
    assertEquals("3600000", at(seed, "ttlMs"));
    assertNull(seed.get("requestState"));
    assertEquals("complete", at(get(id), "resultType"));
    go.countDown();
    JsonObject done = until(id, "completed");
    assertTrue(at(done, "result", "content").contains("done by alice"));
    assertEquals("half", at(done, "statusMessage"));
    assertNull(done.get("error"));
  }

  @Test
  void withoutTheExtensionTheCallWaits() {
    go.countDown();
    JsonObject result = Posts.result(
        posts.modern(Posts.ALICE, "tools/call", "{\"name\":\"slow\"}"));
    assertEquals("complete", at(result, "resultType"));
    assertNull(result.get("taskId"));
    Response refused = posts.modern(Posts.ALICE, "tools/call", "{\"name\":\"sad\"}");
    assertEquals(400, refused.status());
    assertEquals("{\"" + ID + "\":{}}", at(Posts.json(refused).asObject(), "error", "data",
        "requiredCapabilities", "extensions"));
  }

  @Test
  void aToolThatFailsCompletesAndAProtocolErrorFails() throws InterruptedException {
    JsonObject sad = until(at(start("sad"), "taskId"), "completed");
    assertEquals("true", at(sad, "result", "isError"));
    JsonObject broken = until(at(start("broken"), "taskId"), "failed");
    assertEquals("{\"code\":7,\"message\":\"broken\"}", at(broken, "error"));
    assertNull(broken.get("result"));
  }

  @Test
  void questionsAreAnsweredOneByOne() throws InterruptedException {
    String id = at(start("asks"), "taskId");
    assertEquals(2, until(id, "input_required").get("inputRequests").asObject().size());
    assertEquals("complete", at(update(id, "{\"a\":" + YES + ",\"x\":" + YES + "}"), "resultType"));
    assertEquals("[b]", get(id).get("inputRequests").asObject().names().toString());
    update(id, "{\"b\":7}");
    assertEquals("input_required", at(get(id), "status"), "that was no answer");
    update(id, "{\"b\":" + YES + "}");
    JsonObject next = until(id, "input_required");
    assertEquals("[c]", next.get("inputRequests").asObject().names().toString());
    update(id, "{\"c\":" + YES + "}");
    assertTrue(at(until(id, "completed"), "result", "content").contains("2true"));
  }

  private JsonObject update(String id, String responses) {
    return Posts.result(send(Posts.ALICE, "tasks/update",
        "{\"taskId\":\"" + id + "\",\"inputResponses\":" + responses + "}"));
  }

  @Test
  void whatIsAskedBeforeTheTaskIsAskedByTheCall() throws InterruptedException {
    JsonObject asked = start("first");
    assertEquals("input_required", at(asked, "resultType"));
    assertNull(asked.get("taskId"));
    JsonObject seed = Posts.result(send(Posts.ALICE, "tools/call",
        "{\"name\":\"first\",\"inputResponses\":{\"a\":" + YES + "},\"requestState\":\""
            + at(asked, "requestState") + "\"}"));
    assertEquals("task", at(seed, "resultType"));
    assertNull(seed.get("inputRequests"));
    until(at(seed, "taskId"), "completed");
  }

  @Test
  void cancellingInterruptsAndMayBeRepeated() throws InterruptedException {
    String id = at(start("hangs"), "taskId");
    String params = "{\"taskId\":\"" + id + "\"}";
    assertNull(Posts.result(send(Posts.ALICE, "tasks/cancel", params)).get("status"));
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    assertEquals("cancelled", at(get(id), "status"));
    assertEquals(200, send(Posts.ALICE, "tasks/cancel", params).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void nobodyElseFindsATask(String method) throws InterruptedException {
    String id = at(start("slow"), "taskId");
    String params = "{\"taskId\":\"" + id + "\",\"inputResponses\":{}}";
    assertEquals(-32602, Posts.code(send(Posts.BOB, method, params)));
    Access otherClient =
        new Access("alice", "other", null, Set.of(), Posts.ALICE.expires());
    assertEquals(-32602, Posts.code(send(otherClient, method, params)));
    assertEquals(-32602, Posts.code(send(Posts.ALICE, method,
        "{\"taskId\":\"no\",\"inputResponses\":{}}")));
    assertEquals(-32021, Posts.code(posts.modern(Posts.ALICE, method, params)));
    JsonObject ack = Listener.to(send(Posts.BOB, "subscriptions/listen",
        "{\"notifications\":{\"taskIds\":[\"" + id + "\"]}}")).message();
    assertEquals("{}", at(ack, "params", "notifications"));
    go.countDown();
    assertNotNull(until(id, "completed"));
  }

  @Test
  void anOldTaskIsForgotten() throws InterruptedException {
    go.countDown();
    String id = at(start("slow"), "taskId");
    until(id, "completed");
    clock.advance(Duration.ofMinutes(59));
    assertEquals("completed", at(get(id), "status"));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(-32602, Posts.code(
        send(Posts.ALICE, "tasks/get", "{\"taskId\":\"" + id + "\"}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/list", "tasks/result"})
  void methodsOfTheExperimentDoNotExist(String method) {
    assertEquals(-32601, Posts.code(send(Posts.ALICE, method, "{\"taskId\":\"x\"}")));
  }

  @Test
  void theExtensionIsDeclaredAsOne() {
    JsonObject capabilities = Posts.result(
        posts.modern(Posts.ALICE, "server/discover", "{}")).get("capabilities").asObject();
    assertEquals("{}", at(capabilities, "extensions", ID));
    assertFalse(capabilities.names().contains("tasks"));
  }
}
