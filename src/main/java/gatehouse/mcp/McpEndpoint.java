package gatehouse.mcp;

import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;

/**
 * The one URL of an MCP server: takes HTTP apart, tells the eras from each other, and answers
 * 2026-07-28.
 *
 * <p>2026-07-28, Streamable HTTP, "Sending Messages". Every message is a POST of its own; a request
 * is answered in JSON or by a stream, a notification with 202. GET and DELETE belong to older
 * revisions.
 *
 * <p>Who is calling has been settled by the guard in front, {@code Origin} and {@code Host} and the
 * size of the body by the HTTP server. Nothing is remembered between two requests.
 */
public final class McpEndpoint {
  private final Operations operations;
  private final Admission admission;
  private final LegacyRevisions legacy;

  /** An endpoint that speaks 2026-07-28 only. */
  public McpEndpoint(Operations operations) {
    this(operations, null);
  }

  /**
   * An endpoint that also speaks earlier revisions.
   *
   * @param legacy what answers those, or null
   */
  public McpEndpoint(Operations operations, LegacyRevisions legacy) {
    this.operations = operations;
    this.admission = new Admission(operations);
    this.legacy = legacy;
  }

  /**
   * Answers a request.
   *
   * @param access who is calling, as the guard found out
   * @throws HttpError 415 or 406 if the media types do not fit
   */
  public Response handle(Request request, Access access) {
    return switch (request.method()) {
      case "POST" -> post(request, access);
      case "GET", "DELETE" -> withoutBody(request, access);
      default -> notAllowed();
    };
  }

  private Response post(Request request, Access access) {
    if (!request.hasMediaType(Accepts.JSON)) {
      throw new HttpError(415, "The body must be application/json.");
    }
    // A client must accept both. Which of them it gets, its request and the method decide.
    Accepts accepts = Accepts.of(request.headers("Accept"));
    if (!accepts.json() && !accepts.events()) {
      throw new HttpError(406, "The answer is application/json or text/event-stream.");
    }
    JsonValue body = null;
    try {
      body = read(request);
      RequestHeaders headers = new RequestHeaders(request);
      if (Era.of(body, headers.version()) == Era.MODERN) {
        return modern(body, headers, accepts, access);
      }
      if (legacy == null) {
        // "Versioning" asks for the versions served: older clients can show nothing else.
        throw JsonRpcError.invalidRequest("only served are versions " + Revision.MODERN);
      }
      return legacy.post(request, access, body);
    } catch (JsonRpcError e) {
      return operations.refuse(JsonRpc.idOf(body), e, access);
    }
  }

  private Response modern(
      JsonValue body, RequestHeaders headers, Accepts accepts, Access access) {
    JsonRpc message = JsonRpc.of(body);
    if (message.isRequest()) {
      return operations.answer(admission.admit(message, headers, accepts, access));
    }
    // No notification means anything here (a cancellation is a closed connection), and an unknown
    // one is to be ignored.
    admission.admitNotification(message, RequestMeta.claim(body), headers);
    return Response.empty(202);
  }

  private Response withoutBody(Request request, Access access) {
    try {
      if (Era.ofHeader(new RequestHeaders(request).version()) == Era.MODERN || legacy == null) {
        return notAllowed();
      }
      return request.method().equals("GET")
          ? legacy.get(request, access) : legacy.delete(request, access);
    } catch (JsonRpcError e) {
      return operations.refuse(null, e, access);
    }
  }

  private static Response notAllowed() {
    return Response.empty(405).with("Allow", "POST");
  }

  private static JsonValue read(Request request) {
    try {
      return Fields.read(request.body());
    } catch (Fields.Malformed e) {
      throw JsonRpcError.parse(e.getMessage());
    }
  }
}
