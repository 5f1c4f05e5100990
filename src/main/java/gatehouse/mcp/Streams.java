package gatehouse.mcp;

import gatehouse.guard.Access;
import gatehouse.http.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event streams that are open, counted by whoever opened them.
 *
 * <p>A stream holds a thread and a connection for as long as the client likes, so how many one
 * caller can have is bounded (2026-07-28, basic, "Timeouts", and Streamable HTTP, security).
 */
final class Streams {
  /**
   * On an open endpoint all callers are one, and a test may open a thousand. It is half of what
   * the JDK before 21 has threads for, so that one caller alone cannot take them all.
   */
  static final int MAX_PER_PRINCIPAL = 1_024;

  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** The answer that streams, or an error if the caller has too many already. */
  Response open(Access access, Response.Stream stream) {
    String principal = access.principal();
    if (open.getOrDefault(principal, 0) >= MAX_PER_PRINCIPAL) {
      throw JsonRpcError.tooMany("streams");
    }
    return Response.events(events -> {
      // Counted when it begins, since only then it is sure to end.
      open.merge(principal, 1, Integer::sum);
      try {
        stream.run(events);
      } finally {
        open.computeIfPresent(principal, (name, count) -> count == 1 ? null : count - 1);
      }
    });
  }
}
