package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.mcp.Accepts;
import gatehouse.mcp.Exchange;
import gatehouse.mcp.JsonRpc;
import gatehouse.mcp.JsonRpcError;
import gatehouse.mcp.Method;
import gatehouse.mcp.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Several messages in one array.
 *
 * <p>2025-03-26, basic "Batching" (removed in 2025-06-18): requests are answered in an array,
 * anything else with 202; {@code initialize} is not allowed in one. JSON-RPC 2.0 §6.
 *
 * <p>All messages are checked before the first is run: one that the token is too small for makes
 * the whole POST a 403, and then none of it must have happened. They run one after the other.
 */
final class Batch {
  /** A client that has more to say can say it twice; each one may cost a tool call. */
  private static final int MAX_MESSAGES = 50;

  /** The answers come in one array, so none of them can stream. */
  private static final Accepts JSON = Accepts.of(List.of(Accepts.JSON));

  private final LegacyEndpoint endpoint;
  private final Operations operations;

  Batch(LegacyEndpoint endpoint, Operations operations) {
    this.endpoint = endpoint;
    this.operations = operations;
  }

  Response answer(LegacySession session, Access access, JsonArray messages) {
    if (!session.revision().batches()) {
      throw JsonRpcError.invalidRequest("this version takes one message at a time");
    }
    if (messages.size() > MAX_MESSAGES) {
      throw JsonRpcError.invalidRequest("more than " + MAX_MESSAGES + " messages at a time");
    }
    List<Supplier<JsonObject>> steps = new ArrayList<>();
    for (JsonValue message : messages) {
      prepare(session, access, message, steps);
    }
    JsonArray answers = new JsonArray();
    steps.forEach(step -> answers.add(step.get()));
    return answers.isEmpty() ? Response.empty(202) : Response.json(200, answers);
  }

  /** Checks one message; adds what is left to do, if it is a request. */
  private void prepare(LegacySession session, Access access, JsonValue value,
      List<Supplier<JsonObject>> steps) {
    try {
      JsonRpc message = JsonRpc.of(value);
      if ("initialize".equals(message.method())) {
        throw JsonRpcError.invalidRequest("'initialize' comes alone");
      }
      if (!message.isRequest()) {
        endpoint.take(session, message);
        return;
      }
      Exchange exchange = endpoint.exchange(session, message, access, JSON);
      Method.Work work = operations.prepare(exchange);
      steps.add(() -> endpoint.message(session, exchange, work));
    } catch (JsonRpcError e) {
      if (!e.scopes().isEmpty()) {
        throw e;
      }
      steps.add(() -> JsonRpc.error(JsonRpc.idOf(value), e));
    } catch (Fields.Malformed e) {
      JsonRpcError error = JsonRpcError.params(e.getMessage());
      steps.add(() -> JsonRpc.error(JsonRpc.idOf(value), error));
    }
  }
}
