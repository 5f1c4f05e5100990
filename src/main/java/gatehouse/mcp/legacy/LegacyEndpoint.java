package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.mcp.Exchange;
import gatehouse.mcp.JsonRpc;
import gatehouse.mcp.JsonRpcError;
import gatehouse.mcp.LegacyRevisions;
import gatehouse.mcp.Operations;
import java.time.Clock;
import java.util.List;

/**
 * The MCP URL for clients of 2025-03-26, 2025-06-18 and 2025-11-25: everything happens in a
 * session.
 *
 * <p>"Streamable HTTP" and "Lifecycle" of those revisions. The session's revision counts; the
 * version header was compared with the list of served ones before it came here, and its absence is
 * fine, as 2025-03-26 had none. Errors in a session travel with status 200, because 404 would mean
 * that the session is gone.
 *
 * <p>It offers no stream of its own on GET, which the revisions leave to the server.
 */
public final class LegacyEndpoint implements LegacyRevisions {
  static final String SESSION = "Mcp-Session-Id";

  private final Operations operations;
  private final LegacySessions sessions;
  private final Initialize initialize;

  /** An endpoint with no sessions yet. */
  public LegacyEndpoint(Operations operations, Clock clock) {
    this.operations = operations;
    this.sessions = new LegacySessions(clock);
    this.initialize = new Initialize(operations, sessions, clock);
  }

  @Override
  public Response post(Request request, Access access, JsonValue body) {
    if (body.isArray()) {
      return new Batch(this, operations).answer(session(request, access), access, body.asArray());
    }
    JsonRpc message = JsonRpc.of(body);
    try {
      if (message.isRequest() && message.method().equals("initialize")) {
        return initialize.answer(message, access);
      }
      LegacySession session = session(request, access);
      // A notification or an answer of the client's: taken, and nothing to say (LEG-04).
      if (!message.isRequest()) {
        return Response.empty(202);
      }
      if (message.method().equals("ping")) {
        return Response.json(200, JsonRpc.result(message.id(), new JsonObject()));
      }
      return operations.answer(exchange(session, message, access));
    } catch (Fields.Malformed e) {
      return operations.refuse(message.id(), JsonRpcError.params(e.getMessage()), access);
    }
  }

  @Override
  public Response get(Request request, Access access) {
    return Response.empty(405).with("Allow", "POST, DELETE");
  }

  @Override
  public Response delete(Request request, Access access) {
    if (!sessions.close(access.principal(), sessionId(request))) {
      throw JsonRpcError.noSession();
    }
    return Response.empty(204);
  }

  /** A request within a session, or an error if the revision has no such method. */
  Exchange exchange(LegacySession session, JsonRpc message, Access access) {
    return Exchange.inSession(operations.need(message.method(), session.revision()),
        session.revision(), message, session.capabilities(), access);
  }

  private LegacySession session(Request request, Access access) {
    LegacySession session = sessions.find(access.principal(), sessionId(request));
    if (session == null) {
      throw JsonRpcError.noSession();
    }
    return session;
  }

  private static String sessionId(Request request) {
    List<String> ids = request.headers(SESSION);
    if (ids.size() != 1) {
      throw JsonRpcError.invalidRequest("one " + SESSION + " header is required");
    }
    return ids.get(0);
  }
}
