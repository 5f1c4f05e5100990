package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.json.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tasks that are under way or not yet forgotten, and {@code tasks/get}, {@code tasks/update},
 * {@code tasks/cancel}.
 *
 * <p>SEP-2663. An id is unguessable, and found only together with the user and client that started
 * the task; an unknown, expired or foreign one is all the same to the caller. A task can be got as
 * soon as its id has been given away.
 *
 * <p>They live in memory, as the handlers do that work on them: a restart ends them.
 */
final class Tasks {
  static final String EXTENSION = "io.modelcontextprotocol/tasks";

  /** From the beginning of a task until nobody need remember it. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Each works on a thread of its own, and on an open endpoint all callers are one. */
  private static final int MAX_AT_WORK = 100;

  /** With a few kilobytes of result each, a few megabytes per caller. */
  private static final int MAX_KEPT = 1_000;

  private final McpServer server;
  private final Deadlines deadlines;
  private final Clock clock;
  private final Map<String, Task> tasks = new ConcurrentHashMap<>();

  Tasks(McpServer server, Deadlines deadlines, Clock clock) {
    this.server = server;
    this.deadlines = deadlines;
    this.clock = clock;
    server.changes().listen(change -> {
      if (change.kind() == Change.Kind.CLOSING) {
        tasks.values().forEach(Task::cancel);
      }
    });
  }

  /** Begins a task, with which the call is answered: this method does not return. */
  ToolResult begin(Exchange exchange, Method.Step work) {
    String principal = exchange.access().principal();
    tasks.values().removeIf(Tasks::endedByTime);
    long kept = tasks.values().stream().filter(t -> t.principal().equals(principal)).count();
    long atWork = tasks.values().stream()
        .filter(t -> t.principal().equals(principal) && t.isAtWork()).count();
    if (atWork >= MAX_AT_WORK || kept >= MAX_KEPT) {
      throw JsonRpcError.tooMany("tasks");
    }
    String id = Secrets.handle();
    Task task = new Task(id, principal, LIFETIME, clock, new Cancellation(deadlines, LIFETIME),
        () -> server.changes().tell(new Change(Change.Kind.TASK, id)));
    JsonObject seed = task.seed().add("resultType", "task");
    tasks.put(id, task);
    // A question that nobody answers would keep its thread for ever.
    deadlines.after(LIFETIME, () -> {
      tasks.remove(id);
      task.cancel();
    });
    Threads.start(() -> work(exchange, task, work));
    throw new Detour(seed);
  }

  private static boolean endedByTime(Task task) {
    if (!task.isExpired()) {
      return false;
    }
    task.cancel();
    return true;
  }

  private static void work(Exchange exchange, Task task, Method.Step work) {
    try {
      Run run = new Run(task, task, task.cancellation());
      task.complete(Faults.guarded(exchange,
          () -> run.cancellation().during(() -> work.in(run))).add("resultType", "complete"));
    } catch (JsonRpcError e) {
      task.fail(e);
    }
  }

  /** The task, or null if this caller has none of this id. */
  Task find(Access access, String id) {
    Task task = tasks.get(id);
    return task != null && task.principal().equals(access.principal()) && !task.isExpired()
        ? task : null;
  }

  Method.Work get(Exchange exchange) {
    Task task = need(exchange);
    return Method.Work.result(run -> task.json());
  }

  Method.Work update(Exchange exchange) {
    Task task = need(exchange);
    Fields responses = exchange.params().object("inputResponses");
    if (responses == null) {
      throw JsonRpcError.params("'inputResponses' is required");
    }
    return Method.Work.result(run -> {
      task.answer(responses.json());
      return new JsonObject();
    });
  }

  Method.Work cancel(Exchange exchange) {
    Task task = need(exchange);
    return Method.Work.result(run -> {
      task.cancel();
      return new JsonObject();
    });
  }

  private Task need(Exchange exchange) {
    exchange.need(ClientFeature.TASKS);
    Task task = find(exchange.access(), exchange.params().needText("taskId"));
    if (task == null) {
      throw JsonRpcError.params("there is no task of this id");
    }
    return task;
  }
}
