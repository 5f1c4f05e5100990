package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.Events;
import gatehouse.json.Fields;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * {@code subscriptions/listen}: a stream that says what has changed, for as long as both sides
 * like.
 *
 * <p>2026-07-28, "Subscriptions", and {@code taskIds} of SEP-2663. The first message says what will
 * be told; every message carries the id of the request that it belongs to. Streams know nothing of
 * each other, so the same id may be used on two.
 *
 * <p>What the caller may not read, it is not told about; and when its token has expired, nothing
 * more. The stream then ends as it does when the server stops: with a result.
 */
final class Subscriptions {
  /** Below the 60 s after which common proxies close what is silent. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** Each is looked at with every change; a client that watches more wants the whole list. */
  private static final int MAX_SUBJECTS = 1_000;

  private final McpServer server;
  private final Tasks tasks;
  private final Deadlines deadlines;
  private final Clock clock;

  /** What a stream tells about. */
  private record Filter(Set<Change.Kind> lists, Set<String> resources, Set<String> tasks) {
    boolean wants(Change change) {
      return switch (change.kind()) {
        case RESOURCE -> resources.contains(change.subject());
        case TASK -> tasks.contains(change.subject());
        default -> lists.contains(change.kind());
      };
    }
  }

  Subscriptions(McpServer server, Tasks tasks, Deadlines deadlines, Clock clock) {
    this.server = server;
    this.tasks = tasks;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  Method.Work listen(Exchange exchange) {
    Fields wanted = exchange.params().object("notifications");
    if (wanted == null) {
      throw JsonRpcError.params("'notifications' is required");
    }
    if (wanted.has("taskIds")) {
      exchange.need(ClientFeature.TASKS);
    }
    JsonObject accepted = new JsonObject();
    Filter filter = filter(wanted, exchange.access(), accepted);
    return Method.Work.stream(events -> stream(exchange, filter, accepted, events));
  }

  /** The part of what is wanted that there is, and that this caller may know of. */
  private Filter filter(Fields wanted, Access access, JsonObject accepted) {
    Set<Change.Kind> lists = new HashSet<>();
    list("toolsListChanged", "tools", Change.Kind.TOOLS, wanted, lists, accepted);
    list("promptsListChanged", "prompts", Change.Kind.PROMPTS, wanted, lists, accepted);
    list("resourcesListChanged", "resources", Change.Kind.RESOURCES, wanted, lists, accepted);
    List<String> uris = wanted.texts("resourceSubscriptions").stream()
        .filter(uri -> server.catalog().isReadable(uri, access)).toList();
    List<String> ids = wanted.texts("taskIds").stream()
        .filter(id -> tasks.find(access, id) != null).toList();
    if (uris.size() > MAX_SUBJECTS || ids.size() > MAX_SUBJECTS) {
      throw JsonRpcError.tooMany("subscriptions");
    }
    subjects("resourceSubscriptions", uris, accepted);
    subjects("taskIds", ids, accepted);
    return new Filter(lists, Set.copyOf(uris), Set.copyOf(ids));
  }

  private void list(String member, String capability, Change.Kind kind, Fields wanted,
      Set<Change.Kind> lists, JsonObject accepted) {
    if (wanted.flag(member, false) && server.catalog().offers(capability)) {
      lists.add(kind);
      accepted.add(member, true);
    }
  }

  private static void subjects(String member, List<String> subjects, JsonObject accepted) {
    if (!subjects.isEmpty()) {
      accepted.add(member, Fields.array(subjects));
    }
  }

  private void stream(Exchange exchange, Filter filter, JsonObject accepted, Events events)
      throws IOException {
    JsonValue id = exchange.message().id();
    Outbox outbox = new Outbox();
    outbox.send("notifications/subscriptions/acknowledged",
        with(id, new JsonObject().add("notifications", accepted)));
    JsonObject last = JsonRpc.result(id, with(id, new JsonObject().add("resultType", "complete")));
    Runnable leave = server.changes().listen(change -> {
      if (change.kind() == Change.Kind.CLOSING) {
        outbox.end(last);
      } else if (filter.wants(change)) {
        tell(exchange.access(), change, id, outbox);
      }
    });
    Future<?> expiry = atExpiry(exchange.access(), () -> outbox.end(last));
    try {
      outbox.drain(events, KEEP_ALIVE);
    } finally {
      leave.run();
      if (expiry != null) {
        expiry.cancel(false);
      }
    }
  }

  private void tell(Access access, Change change, JsonValue id, Outbox outbox) {
    JsonObject params = change.params();
    if (change.kind() == Change.Kind.RESOURCE
        && !server.catalog().isReadable(change.subject(), access)) {
      return; // It was when the stream began.
    }
    if (change.kind() == Change.Kind.TASK) {
      Task task = tasks.find(access, change.subject());
      if (task == null) {
        return;
      }
      params = task.json();
    }
    if (!outbox.offer(change.kind().method(), with(id, params))) {
      // Whoever has missed something has to begin anew to know that it did.
      outbox.end(null);
    }
  }

  private Future<?> atExpiry(Access access, Runnable end) {
    Instant now = clock.instant();
    // No stream lives that long, and the time until Instant.MAX cannot be told in milliseconds.
    return access.expires().isAfter(now.plus(Duration.ofDays(365))) ? null
        : deadlines.after(Duration.between(now, access.expires()), end);
  }

  private static JsonObject with(JsonValue id, JsonObject message) {
    return message.add("_meta", new JsonObject().add(RequestMeta.SUBSCRIPTION, id));
  }
}
