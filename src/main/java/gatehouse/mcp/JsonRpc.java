package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;

/**
 * A JSON-RPC 2.0 message as it came in, and the form of the answers to it.
 *
 * <p>MCP narrows JSON-RPC (basic, "Messages"): an id is a string or an integer and never null,
 * parameters are an object. The id stays the JSON value it was, so it goes back with its type and
 * all of its digits.
 *
 * <p>It knows no methods: whether the method exists is {@link Operations}' business.
 *
 * @param id null for a notification
 * @param method null for an answer
 * @param params an empty object if there were none
 */
public record JsonRpc(Kind kind, JsonValue id, String method, Fields params) {

  /** What a message is, told from which members it has. */
  public enum Kind {
    /** Has a method and an id: wants an answer. */
    REQUEST,
    /** Has a method and no id. */
    NOTIFICATION,
    /** Has an id and a result or an error: answers something that we asked. */
    ANSWER
  }

  /**
   * Reads a message.
   *
   * @throws JsonRpcError -32600 if it is none
   */
  public static JsonRpc of(JsonValue value) {
    if (!value.isObject()) {
      throw JsonRpcError.invalidRequest("a message is a JSON object");
    }
    Fields fields = Fields.of(value.asObject());
    JsonValue id = value.asObject().get("id");
    if (id != null && idOf(value) == null) {
      throw JsonRpcError.invalidRequest("'id' must be a string or an integer");
    }
    try {
      if (!"2.0".equals(fields.text("jsonrpc"))) {
        throw JsonRpcError.invalidRequest("'jsonrpc' must be \"2.0\"");
      }
      if (!fields.has("method") && id != null && (fields.has("error") || has(value, "result"))) {
        return new JsonRpc(Kind.ANSWER, id, null, fields);
      }
      Fields params = fields.object("params");
      return new JsonRpc(id == null ? Kind.NOTIFICATION : Kind.REQUEST, id,
          fields.needText("method"), params == null ? Fields.of(new JsonObject()) : params);
    } catch (Fields.Malformed e) {
      throw JsonRpcError.invalidRequest(e.getMessage());
    }
  }

  /** The id of what may be a broken message, or null if it has none that could be sent back. */
  public static JsonValue idOf(JsonValue value) {
    JsonValue id = value != null && value.isObject() ? value.asObject().get("id") : null;
    return id != null && (id.isString() || isInteger(id)) ? id : null;
  }

  /** Whether the value is a number written without fraction and exponent. */
  static boolean isInteger(JsonValue value) {
    if (!value.isNumber()) {
      return false;
    }
    String digits = value.toString();
    for (int i = digits.startsWith("-") ? 1 : 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether it wants an answer. */
  public boolean isRequest() {
    return kind == Kind.REQUEST;
  }

  /** A notification of ours. */
  public static JsonObject notification(String method, JsonObject params) {
    JsonObject message = new JsonObject().add("jsonrpc", "2.0").add("method", method);
    return params.isEmpty() ? message : message.add("params", params);
  }

  /** A request of ours. */
  public static JsonObject request(String id, String method, JsonObject params) {
    JsonObject message = new JsonObject().add("jsonrpc", "2.0").add("id", id).add("method", method);
    return params.isEmpty() ? message : message.add("params", params);
  }

  /** The answer to the request with this id. */
  public static JsonObject result(JsonValue id, JsonObject result) {
    return new JsonObject().add("jsonrpc", "2.0").add("id", id).add("result", result);
  }

  /** The answer that refuses; without an id if none could be read, and never with a null one. */
  public static JsonObject error(JsonValue id, JsonRpcError error) {
    JsonObject body = new JsonObject()
        .add("code", error.code()).add("message", error.getMessage());
    if (error.data() != null) {
      body.add("data", error.data());
    }
    JsonObject answer = new JsonObject().add("jsonrpc", "2.0");
    if (id != null) {
      answer.add("id", id);
    }
    return answer.add("error", body);
  }

  private static boolean has(JsonValue value, String name) {
    return value.asObject().get(name) != null;
  }
}
