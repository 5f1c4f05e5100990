package gatehouse.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.support.McpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code notifications/tasks} (SEP-2663), which the suite means to test and skips, in its scenario
 * {@code tasks-status-notifications}.
 */
@DisplayName("Whoever listens to a task")
class TaskNotificationsTest {
  private static final String META = "io.modelcontextprotocol/";
  private static Gatehouse gatehouse;

  @BeforeAll
  static void start() {
    gatehouse = ConformanceServer.open().start();
  }

  @AfterAll
  static void stop() {
    gatehouse.close();
  }

  @Test
  @DisplayName("is told of each of its states, with the whole task, and of no other task")
  void is_told() throws IOException, InterruptedException {
    String task = begin();
    String other = begin();
    try (Stream<String> lines = listen("{\"taskIds\":[\"" + task + "\",\"unknown\"]}")) {
      Iterator<JsonObject> messages = messages(lines);
      JsonObject acknowledged = messages.next();
      assertEquals("notifications/subscriptions/acknowledged",
          acknowledged.getString("method", null));
      assertEquals(new JsonArray().add(task), params(acknowledged).get("notifications")
          .asObject().get("taskIds"));

      answer(other);
      answer(task);

      JsonObject told = messages.next();
      while (!"completed".equals(params(told).getString("status", null))) {
        assertIsAbout(task, told);
        told = messages.next();
      }
      assertIsAbout(task, told);
      assertEquals("Deleted a.txt", params(told).get("result").asObject().get("content").asArray()
          .get(0).asObject().getString("text", null));
    }
  }

  @Test
  @DisplayName("has to know of tasks")
  void has_to_know() throws IOException, InterruptedException {
    JsonObject params = params("{\"notifications\":{\"taskIds\":[\"any\"]}}");
    params.get("_meta").asObject().set(META + "clientCapabilities", new JsonObject());
    assertEquals(-32021, client().send(client().message("subscriptions/listen", params),
        "MCP-Protocol-Version", McpClient.NEWEST, "Mcp-Method", "subscriptions/listen")
        .expect(400).error().getInt("code", 0));
  }

  private static void assertIsAbout(String task, JsonObject told) {
    assertEquals("notifications/tasks", told.getString("method", null));
    assertEquals(task, params(told).getString("taskId", null));
    assertEquals("listening", params(told).get("_meta").asObject()
        .getString(META + "subscriptionId", null));
    assertNull(told.get("id"));
    assertFalse(params(told).getString("lastUpdatedAt", "").isEmpty());
  }

  /** A task that waits for its user. */
  private static String begin() {
    JsonObject task = request("tools/call", "confirm_delete",
        "{\"name\":\"confirm_delete\",\"arguments\":{\"filename\":\"a.txt\"}}");
    assertEquals("task", task.getString("resultType", null));
    return task.getString("taskId", null);
  }

  /** Says yes to whatever the task asks, as soon as it asks. */
  private static void answer(String task) throws InterruptedException {
    String id = "{\"taskId\":\"" + task + "\"}";
    JsonObject state = request("tasks/get", task, id);
    while (state.get("inputRequests") == null) {
      Thread.sleep(10);
      state = request("tasks/get", task, id);
    }
    JsonObject yes = Json.parse("{\"action\":\"accept\",\"content\":{\"confirm\":true}}")
        .asObject();
    JsonObject answers = new JsonObject();
    state.get("inputRequests").asObject().names().forEach(key -> answers.add(key, yes));
    request("tasks/update", task, new JsonObject()
        .add("taskId", task).add("inputResponses", answers).toString());
  }

  private static JsonObject request(String method, String name, String params) {
    return client().send(client().message(method, params(params)),
        "MCP-Protocol-Version", McpClient.NEWEST, "Mcp-Method", method, "Mcp-Name", name)
        .expect(200).result();
  }

  /** The lines of a stream that stays open. */
  private static Stream<String> listen(String filter) throws IOException, InterruptedException {
    String body = client().message("subscriptions/listen",
        params("{\"notifications\":" + filter + "}")).set("id", "listening").toString();
    return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(gatehouse.mcpUrl()))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", McpClient.NEWEST)
        .header("Mcp-Method", "subscriptions/listen")
        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofLines()).body();
  }

  private static Iterator<JsonObject> messages(Stream<String> lines) {
    return lines.filter(line -> line.startsWith("data:"))
        .map(line -> Json.parse(line.substring("data:".length()).strip()).asObject()).iterator();
  }

  private static McpClient client() {
    return McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl());
  }

  private static JsonObject params(JsonObject message) {
    return message.get("params").asObject();
  }

  /** Parameters of a client that knows tasks and has a user. */
  private static JsonObject params(String json) {
    JsonObject meta = client().meta().set(META + "clientCapabilities", Json.parse(
        "{\"elicitation\":{},\"extensions\":{\"" + META + "tasks\":{}}}"));
    return Json.parse(json).asObject().set("_meta", meta);
  }
}
