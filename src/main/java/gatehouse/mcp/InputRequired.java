package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Questions of 2026-07-28: the request is answered with what has to be known first, and comes again
 * with the answers.
 *
 * <p>"Multi Round-Trip Requests". Nothing is remembered here between two rounds. What earlier
 * rounds brought travels in {@code requestState}, which the client hands back unread:
 *
 * <pre>
 *   seal( {"answers": {"name": {…}}, "kept": {…}} )
 *     for user and client, method, name, arguments, URI
 * </pre>
 *
 * <p>So it is hostile until the seal opens: altered, expired, another user's or another request's
 * is an error and no new question. It can be replayed within its lifetime; a handler whose effect
 * must happen only once has to see to that itself. Answers may also come without state, since a
 * client could always have given them as they are.
 */
final class InputRequired implements Questions {
  /** Time for a person to find the answer to a form; they can start over. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Seal seal;
  private final Exchange exchange;
  private final Map<String, JsonValue> answers = new LinkedHashMap<>();
  private final JsonObject used = new JsonObject();
  private JsonObject kept = new JsonObject();

  /**
   * Reads what a request brings back.
   *
   * @throws JsonRpcError -32602 if its state is not one that was made for it
   */
  InputRequired(Exchange exchange, Seal seal) {
    this.seal = seal;
    this.exchange = exchange;
    Fields params = exchange.params();
    String state = params.text("requestState");
    if (state != null) {
      String opened = seal.open(purpose(), state);
      if (opened == null) {
        throw JsonRpcError.params("'requestState' is not the one of this request, or has expired");
      }
      JsonObject json = Fields.readObject(opened).json();
      json.get("answers").asObject().forEach(m -> answers.put(m.getName(), m.getValue()));
      kept = json.get("kept").asObject();
    }
    if (params.json().get("inputResponses") != null) {
      // MCP-68: null is not "none".
      Fields responses = params.object("inputResponses");
      if (responses == null) {
        throw JsonRpcError.params("'inputResponses' must be an object");
      }
      responses.json().forEach(m -> answers.put(m.getName(), m.getValue()));
    }
  }

  @Override
  public JsonObject kept() {
    return kept;
  }

  @Override
  public Map<String, Answer> ask(Map<String, Ask> asks, JsonObject keep) {
    Map<String, Answer> found = new LinkedHashMap<>();
    JsonObject open = new JsonObject();
    for (Map.Entry<String, Ask> ask : asks.entrySet()) {
      JsonValue given = answers.get(ask.getKey());
      Answer answer = given == null ? null : Answer.of(ask.getValue(), given);
      if (answer == null) {
        // Missing or unusable is asked again, unknown keys are ignored ("Error Handling").
        open.add(ask.getKey(), ask.getValue().json());
      } else {
        found.put(ask.getKey(), answer);
        used.add(ask.getKey(), answer.json());
      }
    }
    if (open.isEmpty()) {
      return found;
    }
    JsonObject state = new JsonObject().add("answers", used).add("kept", keep);
    throw new Detour(new JsonObject().add("resultType", "input_required")
        .add("inputRequests", open)
        .add("requestState", seal.seal(purpose(), state.toString(), LIFETIME)));
  }

  /** What must be the same when the request comes again. Its id must differ, _meta may. */
  private String purpose() {
    JsonObject salient = new JsonObject();
    for (String name : new String[] {"name", "arguments", "uri"}) {
      JsonValue value = exchange.params().value(name);
      if (value != null) {
        salient.add(name, value);
      }
    }
    return "mcp/requestState\n" + exchange.access().principal() + "\n" + exchange.method().name()
        + "\n" + Secrets.hash(JsonValues.canonical(salient));
  }
}
