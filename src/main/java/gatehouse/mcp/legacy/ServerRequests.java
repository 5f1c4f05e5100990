package gatehouse.mcp.legacy;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Secrets;
import gatehouse.mcp.Answer;
import gatehouse.mcp.Ask;
import gatehouse.mcp.JsonRpc;
import gatehouse.mcp.Questions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that go the other way: the server asks on a stream, the client answers by a POST.
 *
 * <p>"Elicitation", "Sampling" and "Roots" of the three revisions, and basic, "Requests": ids are
 * unique within the session. A client that answers with an error, with something that does not fit,
 * or not at all, counts as somebody who did not want to answer.
 */
final class ServerRequests {
  /** Time for a person to find the answer to a form. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, CompletableFuture<JsonRpc>> open = new ConcurrentHashMap<>();

  /** Questions that travel on the stream. */
  Questions on(EventStream stream) {
    return (asks, kept) -> ask(stream, asks);
  }

  private Map<String, Answer> ask(EventStream stream, Map<String, Ask> asks)
      throws InterruptedException {
    Map<String, String> ids = new LinkedHashMap<>();
    Map<String, CompletableFuture<JsonRpc>> waiting = new LinkedHashMap<>();
    asks.forEach((key, ask) -> {
      String id = "gatehouse-" + lastId.incrementAndGet();
      ids.put(key, id);
      CompletableFuture<JsonRpc> answer = new CompletableFuture<>();
      open.put(id, answer);
      waiting.put(key, answer);
      stream.send(JsonRpc.request(id, ask.method(), params(ask)));
    });
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      Map<String, Answer> answers = new LinkedHashMap<>();
      for (Map.Entry<String, Ask> ask : asks.entrySet()) {
        answers.put(ask.getKey(), wait(waiting.get(ask.getKey()), ask.getValue(), end));
      }
      return answers;
    } finally {
      waiting.forEach((key, answer) -> {
        if (open.remove(ids.get(key)) != null && !answer.isDone()) {
          // "Timeouts": whoever gives up waiting says so.
          stream.send("notifications/cancelled", new JsonObject().add("requestId", ids.get(key)));
        }
      });
    }
  }

  private static Answer wait(CompletableFuture<JsonRpc> answer, Ask ask, long end)
      throws InterruptedException {
    try {
      JsonRpc message = answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      JsonValue result = message.params().json().get("result");
      Answer given = result == null ? null : Answer.of(ask, result);
      return given == null ? Answer.none() : given;
    } catch (TimeoutException | ExecutionException e) {
      return Answer.none();
    }
  }

  /** Takes a client's answer; one to nothing that was asked is passed over. */
  void answered(JsonRpc message) {
    JsonValue id = message.id();
    CompletableFuture<JsonRpc> waiting = id.isString() ? open.get(id.asString()) : null;
    if (waiting != null) {
      waiting.complete(message);
    }
  }

  /** 2025-11-25 wants an id for what happens on a web page; nothing later refers to it. */
  private static JsonObject params(Ask ask) {
    if (!"url".equals(ask.params().getString("mode", ""))) {
      return ask.params();
    }
    return new JsonObject(ask.params()).add("elicitationId", Json.value(Secrets.handle()));
  }
}
