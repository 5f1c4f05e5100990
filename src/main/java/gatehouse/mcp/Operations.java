package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.guard.Challenge;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The methods that this server has: the table, and how a request goes through it.
 *
 * <p>Dispatch, "method not found" and the declared capabilities all derive from the table, so they
 * cannot disagree (2026-07-28, {@code server/discover}). Both eras use it; what only sessions have
 * ({@code initialize}, {@code ping} …) stands in the legacy folder.
 *
 * <p>It is also the one translator of {@link JsonRpcError} into HTTP, and the only place that logs
 * faults of ours. It does not look at the envelope; requests arrive admitted.
 */
public final class Operations {
  private static final System.Logger LOG = System.getLogger("gatehouse.mcp");

  /** Long enough to find one line in a day's log, short enough to read out on the phone. */
  private static final int REFERENCE_BYTES = 5;

  private final McpServer server;
  private final Challenge challenge;
  private final Map<String, Method> table = new LinkedHashMap<>();

  /**
   * The methods of a server.
   *
   * @param challenge words the answer to a token with too few scopes
   * @param log is told of every tool call
   */
  public Operations(McpServer server, Challenge challenge, ToolLog log) {
    this.server = server;
    this.challenge = challenge;
    Discover discover = new Discover(server, this);
    Tools tools = new Tools(server, log);
    //   method             modern only  Mcp-Name  capability  handler
    row("server/discover",  true,        null,     null,       discover::discover);
    row("tools/list",       false,       null,     "tools",    tools::list);
    row("tools/call",       false,       "name",   "tools",    tools::call);
  }

  private void row(String name, boolean modernOnly, String nameSource, String capability,
      Method.Handler handler) {
    table.put(name, new Method(name, modernOnly, nameSource, capability, handler));
  }

  /** The server whose methods these are. */
  public McpServer server() {
    return server;
  }

  /** The method, or null if that revision has none of this name or the server does not offer it. */
  Method find(String name, Revision revision) {
    Method method = table.get(name);
    boolean exists = method != null && (revision.isModern() || !method.modernOnly())
        && (method.capability() == null || server.offers(method.capability()));
    return exists ? method : null;
  }

  /** The method, or an error if a session of that revision has none of this name. */
  public Method need(String name, Revision revision) {
    Method method = find(name, revision);
    if (method == null) {
      throw JsonRpcError.methodNotFound();
    }
    return method;
  }

  /** What the server can do, as both eras declare it. */
  public JsonObject capabilities() {
    JsonObject capabilities = new JsonObject();
    for (Method method : table.values()) {
      if (method.capability() != null && server.offers(method.capability())) {
        capabilities.set(method.capability(), new JsonObject());
      }
    }
    return capabilities;
  }

  /** Answers a request from beginning to end. */
  public Response answer(Exchange exchange) {
    JsonValue id = exchange.message().id();
    try {
      return Response.json(200, JsonRpc.result(id, run(exchange, prepare(exchange))));
    } catch (JsonRpcError e) {
      return refuse(id, e, exchange.access());
    }
  }

  /** The first step: everything that may refuse the request before work begins. */
  public Method.Work prepare(Exchange exchange) {
    return guarded(() -> exchange.method().handler().prepare(exchange));
  }

  /** The second step: the result, dressed as the revision wants it. */
  public JsonObject run(Exchange exchange, Method.Work work) {
    JsonObject result = guarded(work::run);
    if (exchange.revision().isModern()) {
      complete(result, exchange.revision());
    }
    return result;
  }

  /** An error as an answer. */
  public Response refuse(JsonValue id, JsonRpcError error, Access access) {
    Response response = Response.json(error.status(), JsonRpc.error(id, error));
    return error.scopes().isEmpty() ? response
        : challenge.insufficientScope(response, access, error.scopes());
  }

  /** MCP-06, MCP-36: every result says of which kind it is and who made it. */
  private void complete(JsonObject result, Revision revision) {
    if (result.get("resultType") == null) {
      result.add("resultType", "complete");
    }
    JsonValue meta = result.get("_meta");
    JsonObject ours = meta == null ? new JsonObject() : meta.asObject();
    result.set("_meta", ours.set(RequestMeta.SERVER_INFO, server.info(revision)));
  }

  private static <T> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (Fields.Malformed e) {
      throw JsonRpcError.params(e.getMessage());
    } catch (JsonRpcError e) {
      throw e;
    } catch (RuntimeException e) {
      throw JsonRpcError.internal(logged("a request failed", e));
    }
  }

  /** Logs a fault and gives the reference under which a client may ask about it. */
  static String logged(String what, Throwable fault) {
    String reference = Encoding.hex(Secrets.random(REFERENCE_BYTES));
    LOG.log(System.Logger.Level.ERROR, what + ", reference " + reference, fault);
    return reference;
  }
}
