package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;

/**
 * {@code server/discover}: what the server speaks and offers, in one answer.
 *
 * <p>2026-07-28, "Discovery". It is optional for clients: no other method depends on it. The
 * versions are those that a client can use without a handshake; the older ones are found by trying
 * {@code initialize}.
 */
final class Discover {
  /** Capabilities change when the program changes, and a restart may be that. */
  private static final long TTL_MS = 5 * 60 * 1000;

  private final McpServer server;
  private final Operations operations;

  Discover(McpServer server, Operations operations) {
    this.server = server;
    this.operations = operations;
  }

  Method.Work discover(Exchange exchange) {
    return Method.Work.result(run -> {
      JsonObject result = new JsonObject()
          .add("supportedVersions", Fields.array(Revision.MODERN))
          .add("capabilities", operations.capabilities(exchange.revision()));
      if (server.instructions() != null) {
        result.add("instructions", server.instructions());
      }
      Caching.PUBLIC.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }
}
