package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.mcp.Cancellation;
import gatehouse.mcp.Change;
import gatehouse.mcp.Changes;
import gatehouse.mcp.JsonRpcError;
import gatehouse.mcp.LogLevel;
import gatehouse.mcp.Revision;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was agreed on in {@code initialize}, for as long as the client comes back to it; and what is
 * going on meanwhile.
 *
 * <p>2025-03-26 to 2025-11-25, "Session Management". It is no credential: it is found only together
 * with the principal who opened it (security best practices, "Session Hijacking"), so it outlives a
 * token but not a change of user or client.
 */
final class LegacySession {
  /** Each is compared with every update. */
  private static final int MAX_WATCHED = 1_000;

  private final Revision revision;
  private final JsonObject capabilities;
  private final EventLog log = new EventLog();
  private final ServerRequests requests = new ServerRequests();
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private final Map<String, Cancellation> running = new ConcurrentHashMap<>();
  private volatile Instant used;
  private volatile LogLevel logLevel;
  private EventStream standalone;
  private Runnable leave = () -> { };

  LegacySession(Revision revision, JsonObject capabilities, Instant now) {
    this.revision = revision;
    this.capabilities = capabilities;
    this.used = now;
  }

  /** The revision that was agreed on. */
  Revision revision() {
    return revision;
  }

  /** What the client said it can do. */
  JsonObject capabilities() {
    return capabilities;
  }

  /** When it was last used. */
  Instant used() {
    return used;
  }

  void use(Instant now) {
    used = now;
  }

  /** The least severe level that the client wants to hear, or null for none at all. */
  LogLevel logLevel() {
    return logLevel;
  }

  void logLevel(LogLevel level) {
    logLevel = level;
  }

  ServerRequests requests() {
    return requests;
  }

  EventLog log() {
    return log;
  }

  /** A stream for the answer to one request. */
  EventStream stream() {
    return log.open(revision.primesStreams());
  }

  void watch(String uri) {
    if (watched.size() >= MAX_WATCHED) {
      throw JsonRpcError.tooMany("subscriptions");
    }
    watched.add(uri);
  }

  void unwatch(String uri) {
    watched.remove(uri);
  }

  /**
   * The stream for what belongs to no request. From the first time it is asked for, it hears what
   * changes: LEG-34.
   */
  synchronized EventStream standalone(Changes changes) {
    if (standalone == null) {
      EventStream stream = stream();
      standalone = stream;
      leave = changes.listen(change -> {
        switch (change.kind()) {
          case CLOSING -> stream.end();
          case TASK -> { } // 2026-07-28 only
          case RESOURCE -> {
            if (watched.contains(change.subject())) {
              stream.send(change.kind().method(), change.params());
            }
          }
          default -> stream.send(change.kind().method(), change.params());
        }
      });
    }
    return standalone;
  }

  /** A request begins, and can be cancelled until {@link #ended}. */
  void begun(JsonValue id, Cancellation cancellation) {
    running.put(id.toString(), cancellation);
  }

  void ended(JsonValue id) {
    running.remove(id.toString());
  }

  /** The client has lost its interest; in a request that has ended, without consequence. */
  void cancel(JsonValue id) {
    Cancellation cancellation = id == null ? null : running.get(id.toString());
    if (cancellation != null) {
      cancellation.cancel();
    }
  }

  /** Ends everything that is still going on. */
  synchronized void close() {
    leave.run();
    running.values().forEach(Cancellation::cancel);
    log.close();
  }
}
