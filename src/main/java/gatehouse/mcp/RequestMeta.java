package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;

/**
 * What a request says about its sender in {@code params._meta}.
 *
 * <p>2026-07-28, basic, "Per-request protocol fields": version and capabilities are required on
 * every request and hold for it alone. Client name and version are for display; nothing here acts
 * on them, so they are not even kept.
 *
 * <p>In a legacy session the capabilities are those of its {@code initialize}.
 *
 * @param capabilities what the client can do for us during this request
 * @param progressToken a string or an integer, or null if no progress is wanted
 * @param logLevel the least severe level that is wanted, or null for no log messages
 * @param trace the trace that the request belongs to
 */
public record RequestMeta(JsonObject capabilities, JsonValue progressToken, LogLevel logLevel,
    TraceContext trace) {
  private static final String OURS = "io.modelcontextprotocol/";
  static final String VERSION = OURS + "protocolVersion";
  static final String CAPABILITIES = OURS + "clientCapabilities";
  static final String SERVER_INFO = OURS + "serverInfo";
  static final String SUBSCRIPTION = OURS + "subscriptionId";
  private static final String LOG_LEVEL = OURS + "logLevel";
  private static final String PROGRESS_TOKEN = "progressToken";

  /** The version that a message claims in its body, whatever its type; null if it claims none. */
  static JsonValue claim(JsonValue message) {
    JsonValue params = member(message, "params");
    return member(member(params, "_meta"), VERSION);
  }

  /**
   * Reads a request of 2026-07-28.
   *
   * @throws JsonRpcError -32602 with status 400 if something required is absent or misshapen
   */
  static RequestMeta modern(Fields params) {
    try {
      Fields meta = params.object("_meta");
      if (meta == null || !meta.has(VERSION)) {
        throw JsonRpcError.envelope("_meta must have '" + VERSION + "'");
      }
      meta.text(VERSION);
      Fields capabilities = meta.object(CAPABILITIES);
      if (capabilities == null) {
        throw JsonRpcError.envelope("_meta must have '" + CAPABILITIES + "'");
      }
      String level = meta.text(LOG_LEVEL);
      return new RequestMeta(capabilities.json(), progressToken(meta),
          level == null ? null : LogLevel.of(level), TraceContext.of(meta));
    } catch (Fields.Malformed e) {
      throw JsonRpcError.envelope("in _meta, " + e.getMessage());
    }
  }

  /** Reads a request within a session, which knows the rest from before. */
  static RequestMeta legacy(Fields params, JsonObject capabilities, LogLevel logLevel) {
    Fields meta = params.object("_meta");
    return new RequestMeta(capabilities, meta == null ? null : progressToken(meta), logLevel,
        TraceContext.of(meta));
  }

  private static JsonValue progressToken(Fields meta) {
    JsonValue token = meta.value(PROGRESS_TOKEN);
    if (token != null && !token.isString() && !JsonRpc.isInteger(token)) {
      throw new Fields.Malformed("'" + PROGRESS_TOKEN + "' must be a string or an integer");
    }
    return token;
  }

  private static JsonValue member(JsonValue value, String name) {
    return value == null || !value.isObject() ? null : value.asObject().get(name);
  }
}
