package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.mcp.JsonRpc;
import gatehouse.mcp.Operations;
import gatehouse.mcp.Revision;
import java.time.Clock;

/**
 * {@code initialize}: agrees on a revision and opens a session.
 *
 * <p>2025-03-26 to 2025-11-25, "Lifecycle": the version that the client asks for if we serve it,
 * else the newest that has a handshake; the client leaves if it cannot live with that. Never
 * 2026-07-28, which has none.
 *
 * <p>{@code clientInfo} is not kept: it proves nothing and changes nothing.
 */
final class Initialize {
  private final Operations operations;
  private final LegacySessions sessions;
  private final Clock clock;

  Initialize(Operations operations, LegacySessions sessions, Clock clock) {
    this.operations = operations;
    this.sessions = sessions;
    this.clock = clock;
  }

  Response answer(JsonRpc message, Access access) {
    Revision asked = Revision.of(message.params().needText("protocolVersion"));
    Revision revision = asked == null || asked.isModern() ? Revision.NEWEST_LEGACY : asked;
    Fields capabilities = message.params().object("capabilities");
    String id = sessions.open(access.principal(), new LegacySession(revision,
        capabilities == null ? new JsonObject() : capabilities.json(), clock.instant()));

    JsonObject result = new JsonObject()
        .add("protocolVersion", revision.text())
        .add("capabilities", operations.capabilities(revision))
        .add("serverInfo", operations.server().info(revision));
    if (operations.server().instructions() != null) {
      result.add("instructions", operations.server().instructions());
    }
    return Response.json(200, JsonRpc.result(message.id(), result))
        .with(LegacyEndpoint.SESSION, id);
  }
}
