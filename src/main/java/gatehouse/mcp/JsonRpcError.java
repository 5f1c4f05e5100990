package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.guard.Challenge;
import gatehouse.json.Fields;
import java.util.Set;

/**
 * A request that the protocol refuses: a code, a public text, and the HTTP status it travels with.
 *
 * <p>2026-07-28, basic, "Error Codes", and the status rules of its Streamable HTTP transport: what
 * is wrong with a request itself has a 4xx status; what is wrong with the thing asked for has 200,
 * because HTTP did its part. Each factory below is one line of that table.
 *
 * <p>The text goes to the client as it is. It names fields and headers, and never repeats a value.
 */
public final class JsonRpcError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int INTERNAL_ERROR = -32603;
  static final int HEADER_MISMATCH = -32020;
  static final int MISSING_CAPABILITY = -32021;
  static final int UNSUPPORTED_VERSION = -32022;

  /** Our own, so outside JSON-RPC's reserved range; it says the same as the status. */
  static final int INSUFFICIENT_SCOPE = 403;

  /** Our own as well: like HTTP's 429 and 499. */
  static final int TOO_MANY = 429;
  static final int CANCELLED = 499;

  /** Where older revisions say that there is no such resource. */
  private static final int LEGACY_NOT_FOUND = -32002;

  /** JSON-RPC 2.0 §5.1 keeps these codes for itself and for MCP. */
  private static final int RESERVED_FROM = -32768;
  private static final int RESERVED_TO = -32000;

  private final int status;
  private final int code;
  private final transient JsonObject data;
  private final transient Set<String> scopes;

  private JsonRpcError(
      int status, int code, String publicText, JsonObject data, Set<String> scopes) {
    super(publicText, null, false, false);
    this.status = status;
    this.code = code;
    this.data = data;
    this.scopes = scopes;
  }

  private JsonRpcError(int status, int code, String publicText) {
    this(status, code, publicText, null, Set.of());
  }

  /** The body is not JSON. */
  static JsonRpcError parse(String detail) {
    return new JsonRpcError(400, PARSE_ERROR, "Parse error: " + detail);
  }

  /** The body is JSON, but no message that can be taken here. */
  public static JsonRpcError invalidRequest(String detail) {
    return new JsonRpcError(400, INVALID_REQUEST, "Invalid request: " + detail);
  }

  /** A session that does not exist for this caller: the one error that must be a 404 (LEG-06). */
  public static JsonRpcError noSession() {
    return new JsonRpcError(404, INVALID_REQUEST, "Invalid request: no such session; initialize");
  }

  /** The required members of {@code _meta} are absent or of the wrong type. */
  static JsonRpcError envelope(String detail) {
    return new JsonRpcError(400, INVALID_PARAMS, "Invalid params: " + detail);
  }

  /** The parameters are not what the method wants. */
  public static JsonRpcError params(String detail) {
    return new JsonRpcError(200, INVALID_PARAMS, "Invalid params: " + detail);
  }

  /** No such method in 2026-07-28, where the status says it as well. */
  static JsonRpcError modernMethodNotFound() {
    return new JsonRpcError(404, METHOD_NOT_FOUND, "Method not found");
  }

  /** No such method in an earlier revision, where 404 would mean that the session is gone. */
  public static JsonRpcError methodNotFound() {
    return new JsonRpcError(200, METHOD_NOT_FOUND, "Method not found");
  }

  /** A header that is missing, malformed, or says something else than the body. */
  static JsonRpcError headerMismatch(String header, String detail) {
    return new JsonRpcError(400, HEADER_MISMATCH, "Header mismatch: " + header + " " + detail);
  }

  /** The request needs something that the client did not say it can do. */
  static JsonRpcError missingCapability(JsonObject required) {
    return new JsonRpcError(400, MISSING_CAPABILITY, "Missing required client capability",
        new JsonObject().add("requiredCapabilities", required), Set.of());
  }

  /** A version without a handshake that we do not serve. */
  static JsonRpcError unsupportedVersion(String requested) {
    return new JsonRpcError(400, UNSUPPORTED_VERSION, "Unsupported protocol version",
        new JsonObject().add("supported", Fields.array(Revision.MODERN))
            .add("requested", requested), Set.of());
  }

  /** The same in a session, whose codes must not look like 2026-07-28 (ERA-15). */
  static JsonRpcError missingInSession(JsonObject required) {
    return new JsonRpcError(200, INVALID_PARAMS, "Invalid params: the client did not declare the"
        + " capability that this needs", new JsonObject().add("requiredCapabilities", required),
        Set.of());
  }

  /** There is nothing to read at the URI (SEP-2164; LEG-27). */
  static JsonRpcError notFound(String uri, Revision revision) {
    return new JsonRpcError(200, revision.isModern() ? INVALID_PARAMS : LEGACY_NOT_FOUND,
        "Resource not found", new JsonObject().add("uri", uri), Set.of());
  }

  /** The caller has as much of it as one caller can have. */
  public static JsonRpcError tooMany(String what) {
    return new JsonRpcError(429, TOO_MANY, "Too many " + what + " at the same time");
  }

  /** The answer to a request that its client has cancelled, where there must be one. */
  public static JsonRpcError cancelled() {
    return new JsonRpcError(200, CANCELLED, "Cancelled");
  }

  /** It took too long. */
  public static JsonRpcError timeout() {
    return new JsonRpcError(200, INTERNAL_ERROR, "Internal error: the handler took too long");
  }

  /**
   * An error of the application's own.
   *
   * @param code outside of -32768 to -32000, which belong to JSON-RPC and MCP
   */
  public static JsonRpcError of(int code, String publicText) {
    if (code >= RESERVED_FROM && code <= RESERVED_TO) {
      throw new IllegalArgumentException("the code " + code + " is reserved");
    }
    return new JsonRpcError(200, code, publicText);
  }

  /** The token may not do this. */
  static JsonRpcError insufficientScope(Access access, Set<String> needed) {
    return new JsonRpcError(403, INSUFFICIENT_SCOPE, Challenge.scopeSentence(access, needed),
        null, needed);
  }

  /** Our fault. The log knows more under the reference. */
  static JsonRpcError internal(String reference) {
    return new JsonRpcError(200, INTERNAL_ERROR, "Internal error, reference " + reference);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The JSON-RPC code. */
  public int code() {
    return code;
  }

  /** What goes into {@code data}, or null. */
  public JsonObject data() {
    return data;
  }

  /** The scopes that the operation needs, if those are what is missing; else empty. */
  public Set<String> scopes() {
    return scopes;
  }
}
