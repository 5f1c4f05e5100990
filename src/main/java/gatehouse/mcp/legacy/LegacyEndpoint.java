package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.Events;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.mcp.Accepts;
import gatehouse.mcp.Cancellation;
import gatehouse.mcp.Channel;
import gatehouse.mcp.Exchange;
import gatehouse.mcp.JsonRpc;
import gatehouse.mcp.JsonRpcError;
import gatehouse.mcp.LegacyRevisions;
import gatehouse.mcp.Method;
import gatehouse.mcp.Operations;
import gatehouse.mcp.Questions;
import gatehouse.mcp.Run;
import gatehouse.mcp.Threads;
import java.io.IOException;
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
 * <p>Losing a connection cancels nothing here (LEG-15); {@code notifications/cancelled} does.
 */
public final class LegacyEndpoint implements LegacyRevisions {
  static final String SESSION = "Mcp-Session-Id";

  private final Operations operations;
  private final LegacySessions sessions;
  private final Initialize initialize;
  private final SessionMethods methods;

  /** An endpoint with no sessions yet. */
  public LegacyEndpoint(Operations operations, Clock clock) {
    this.operations = operations;
    this.sessions = new LegacySessions(clock);
    this.initialize = new Initialize(operations, sessions, clock);
    this.methods = new SessionMethods(operations);
  }

  /** How many sessions there are. */
  public int sessions() {
    return sessions.count();
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
      if (!message.isRequest()) {
        take(session, message);
        return Response.empty(202);
      }
      Exchange exchange = exchange(
          session, message, access, Accepts.of(request.headers("Accept")));
      Method.Work work = operations.prepare(exchange);
      return operations.streams(exchange, work)
          ? operations.stream(access, events -> stream(session, exchange, work, events))
          : Response.json(200, message(session, exchange, work));
    } catch (Fields.Malformed e) {
      return operations.refuse(message.id(), JsonRpcError.params(e.getMessage()), access);
    }
  }

  @Override
  public Response get(Request request, Access access) {
    if (!Accepts.of(request.headers("Accept")).events()) {
      throw new HttpError(406, "The answer is text/event-stream, which Accept rules out.");
    }
    LegacySession session = session(request, access);
    String last = request.header("Last-Event-ID");
    EventStream stream = last == null
        ? session.standalone(operations.server().changes()) : session.log().find(last);
    if (stream == null) {
      throw JsonRpcError.invalidRequest("Last-Event-ID is not of a stream that is remembered");
    }
    long after = last == null ? stream.last() : EventLog.place(last);
    return operations.stream(access, events -> stream.serve(events, stream.connect(), after));
  }

  @Override
  public Response delete(Request request, Access access) {
    if (!sessions.close(access.principal(), sessionId(request))) {
      throw JsonRpcError.noSession();
    }
    return Response.empty(204);
  }

  /** A request within a session, or an error if the revision has no such method. */
  Exchange exchange(LegacySession session, JsonRpc message, Access access, Accepts accepts) {
    return Exchange.inSession(methods.find(message.method(), session), session.revision(), message,
        session.capabilities(), session.logLevel(), accepts, access);
  }

  /** Takes what wants no answer (LEG-04). */
  void take(LegacySession session, JsonRpc message) {
    if (message.kind() == JsonRpc.Kind.ANSWER) {
      session.requests().answered(message);
    } else if (message.method().equals("notifications/cancelled")) {
      session.cancel(message.params().value("requestId"));
    }
  }

  /** Does the work and gives the answer in one piece. */
  JsonObject message(LegacySession session, Exchange exchange, Method.Work work) {
    JsonValue id = exchange.message().id();
    Cancellation cancellation = operations.cancellation();
    session.begun(id, cancellation);
    try {
      JsonObject answer = operations.message(exchange, work,
          new Run(Channel.NONE, Questions.NONE, cancellation));
      // HTTP wants an answer even where MCP wants none.
      return cancellation.isCancelled() && !cancellation.isExpired()
          ? JsonRpc.error(id, JsonRpcError.cancelled()) : answer;
    } finally {
      session.ended(id);
    }
  }

  /** Lets the work begin on a thread of its own, and writes what it says as long as one listens. */
  private void stream(LegacySession session, Exchange exchange, Method.Work work, Events events)
      throws IOException {
    JsonValue id = exchange.message().id();
    EventStream stream = session.stream();
    Cancellation cancellation = operations.cancellation();
    session.begun(id, cancellation);
    cancellation.onCancel(() -> {
      if (cancellation.isExpired()) {
        stream.send(JsonRpc.error(id, JsonRpcError.timeout()));
      }
      stream.end(); // "Cancellation": a cancelled request gets no answer.
    });
    long connection = stream.connect();
    Threads.start(() -> {
      try {
        stream.send(operations.message(exchange, work,
            new Run(stream, session.requests().on(stream), cancellation)));
      } finally {
        stream.end();
        session.ended(id);
      }
    });
    stream.serve(events, connection, 0);
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
