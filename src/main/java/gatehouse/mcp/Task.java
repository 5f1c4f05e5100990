package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work whose client comes back for the result.
 *
 * <p>SEP-2663, "Tasks":
 *
 * <pre>
 *   WORKING &lt;--- all answered --- INPUT_REQUIRED
 *      |  `------- asks ------------^
 *      +--&gt; COMPLETED (a result, also one that says isError)
 *      +--&gt; FAILED    (an error of the protocol)
 *      +--&gt; CANCELLED (at once, whatever the handler still does)
 * </pre>
 *
 * <p>For the handler it is what a stream is elsewhere: progress becomes the status message, and
 * questions wait here until {@code tasks/update} answers them. Log messages have no place in it.
 */
final class Task implements Channel, Questions {
  /** Often enough for a person who waits, seldom enough for a server with a thousand tasks. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private enum Status { WORKING, INPUT_REQUIRED, COMPLETED, FAILED, CANCELLED }

  private final String id;
  private final String principal;
  private final Instant created;
  private final Duration lifetime;
  private final Clock clock;
  private final Cancellation cancellation;
  private final Runnable changed;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private final Map<String, Ask> open = new LinkedHashMap<>();
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private Status status = Status.WORKING;
  private Instant updated;
  private String message;
  private JsonObject result;
  private JsonObject error;

  Task(String id, String principal, Duration lifetime, Clock clock, Cancellation cancellation,
      Runnable changed) {
    this.id = id;
    this.principal = principal;
    this.lifetime = lifetime;
    this.clock = clock;
    this.cancellation = cancellation;
    this.changed = changed;
    this.created = clock.instant();
    this.updated = created;
  }

  String id() {
    return id;
  }

  String principal() {
    return principal;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  boolean isExpired() {
    return !clock.instant().isBefore(created.plus(lifetime));
  }

  boolean isAtWork() {
    lock.lock();
    try {
      return status == Status.WORKING || status == Status.INPUT_REQUIRED;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean takesAllProgress() {
    return true;
  }

  @Override
  public void send(String method, JsonObject params) {
    String words = params.getString("message", null);
    if (method.equals("notifications/progress") && words != null) {
      change(() -> message = words);
    }
  }

  @Override
  public Map<String, Answer> ask(Map<String, Ask> asks, JsonObject kept)
      throws InterruptedException {
    boolean asked = change(() -> {
      open.putAll(asks);
      status = Status.INPUT_REQUIRED;
    });
    if (!asked) {
      throw new InterruptedException("the task has ended");
    }
    lock.lock();
    try {
      while (!open.isEmpty()) {
        answered.await();
      }
      Map<String, Answer> found = new LinkedHashMap<>(answers);
      found.keySet().retainAll(asks.keySet());
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is an answer to an open question, and passes over everything else. */
  void answer(JsonObject responses) {
    change(() -> {
      for (JsonObject.Member response : responses) {
        Ask ask = open.get(response.getName());
        Answer answer = ask == null ? null : Answer.of(ask, response.getValue());
        if (answer != null) {
          answers.put(response.getName(), answer);
          open.remove(response.getName());
        }
      }
      if (open.isEmpty()) {
        status = Status.WORKING;
        answered.signalAll();
      }
    });
  }

  void complete(JsonObject value) {
    change(() -> {
      status = Status.COMPLETED;
      result = value;
    });
  }

  void fail(JsonRpcError problem) {
    change(() -> {
      status = Status.FAILED;
      error = JsonRpc.error(null, problem).get("error").asObject();
    });
  }

  /** Ends the task, unless it has ended already: what is done is not undone. */
  void cancel() {
    if (change(() -> status = Status.CANCELLED)) {
      cancellation.cancel();
    }
  }

  /** Does it unless the task has ended, which it does once and for all; whether it did. */
  private boolean change(Runnable change) {
    lock.lock();
    try {
      if (!isAtWork()) {
        return false;
      }
      change.run();
      updated = clock.instant();
    } finally {
      lock.unlock();
    }
    changed.run();
    return true;
  }

  /** What {@code tools/call} is answered with: what the task is, and nothing of what it brings. */
  JsonObject seed() {
    lock.lock();
    try {
      JsonObject json = new JsonObject().add("taskId", id)
          .add("status", status.name().toLowerCase(Locale.ROOT));
      if (message != null) {
        json.add("statusMessage", message);
      }
      return json.add("createdAt", created.toString()).add("lastUpdatedAt", updated.toString())
          .add("ttlMs", lifetime.toMillis()).add("pollIntervalMs", POLL_INTERVAL.toMillis());
    } finally {
      lock.unlock();
    }
  }

  /** Everything, as {@code tasks/get} shows it. */
  JsonObject json() {
    lock.lock();
    try {
      JsonObject json = seed();
      switch (status) {
        case COMPLETED -> json.add("result", result);
        case FAILED -> json.add("error", error);
        case INPUT_REQUIRED -> json.add("inputRequests", questions());
        default -> { }
      }
      return json;
    } finally {
      lock.unlock();
    }
  }

  private JsonValue questions() {
    JsonObject questions = new JsonObject();
    open.forEach((key, ask) -> questions.add(key, ask.json()));
    return questions;
  }
}
