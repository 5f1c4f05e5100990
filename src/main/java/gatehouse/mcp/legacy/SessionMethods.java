package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import gatehouse.mcp.Exchange;
import gatehouse.mcp.LogLevel;
import gatehouse.mcp.Method;
import gatehouse.mcp.Operations;
import gatehouse.mcp.Revision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The methods that only sessions have, because they leave something behind in one.
 *
 * <p>{@code ping}, {@code logging/setLevel}, {@code resources/subscribe} and {@code
 * resources/unsubscribe} of the three revisions. Each is answered with an empty object and nothing
 * in it, which strict clients insist on.
 */
final class SessionMethods {
  private final Operations operations;
  private final Map<String, BiConsumer<LegacySession, Exchange>> table = new LinkedHashMap<>();

  SessionMethods(Operations operations) {
    this.operations = operations;
    table.put("ping", (session, exchange) -> { });
    table.put("logging/setLevel", (session, exchange) ->
        session.logLevel(LogLevel.of(exchange.message().params().needText("level"))));
    table.put("resources/subscribe", (session, exchange) -> {
      String uri = exchange.message().params().needText("uri");
      operations.checkReadable(uri, exchange);
      session.watch(uri);
    });
    table.put("resources/unsubscribe", (session, exchange) ->
        session.unwatch(exchange.message().params().needText("uri")));
  }

  /** The method of this name, which both eras may have, or which works on the session. */
  Method find(String name, LegacySession session) {
    Revision revision = session.revision();
    BiConsumer<LegacySession, Exchange> own = table.get(name);
    if (own == null) {
      return operations.need(name, revision);
    }
    if (name.startsWith("resources/")) {
      operations.need("resources/read", revision); // or there is nothing to subscribe to
    }
    return new Method(name, false, null, null, false, exchange -> {
      own.accept(session, exchange);
      return Method.Work.result(run -> new JsonObject());
    });
  }
}
