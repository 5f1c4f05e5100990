package gatehouse.mcp;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.json.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One call of a tool, prompt or resource, as its handler sees it; the same in every revision.
 *
 * <p>The caller is {@link #access()}, which comes from the verified token and from nowhere else. An
 * argument that names a user is a wish, not an identity.
 *
 * <p>What is sent through it before the result ("Progress", "Logging") goes to this caller alone,
 * and nowhere if the caller did not ask for it. A call belongs to one handler and one thread,
 * except for {@link #progress}, {@link #log} and what concerns cancellation.
 */
public final class Call {
  /** A handler that logs in a loop should not fill the client's screen ("Logging": rate limit). */
  private static final int MAX_LOG_MESSAGES = 1_000;

  private final Exchange exchange;
  private final McpServer server;
  private final Offer offer;
  private final Fields arguments;
  private final Run run;
  private final Later later;
  private final Map<String, Answer> answered = new LinkedHashMap<>();
  private JsonObject kept;
  private final Object lock = new Object();
  private double reported = Double.NEGATIVE_INFINITY;
  private int logged;

  /** How a tool goes on later: as a task, or after all at once. */
  @FunctionalInterface
  interface Later {
    ToolResult run(Call call, Tool.Handler work) throws Exception;
  }

  Call(Exchange exchange, McpServer server, Offer offer, Fields arguments, Run run, Later later) {
    this.exchange = exchange;
    this.server = server;
    this.offer = offer;
    this.arguments = arguments;
    this.run = run;
    this.later = later;
    this.kept = run.questions().kept();
  }

  /** The same call, going on in other surroundings. */
  Call in(Run other) {
    return new Call(exchange, server, offer, arguments, other, null);
  }

  /** Who is calling, and with which scopes. */
  public Access access() {
    return exchange.access();
  }

  /**
   * The arguments; empty if none were given. Those of a tool conform to its input schema, those of
   * a prompt are strings, those of a resource are the variables of its template.
   */
  public Fields arguments() {
    return arguments;
  }

  /** The URI that is being read, or null if this is not about a resource. */
  public String uri() {
    JsonValue uri = exchange.params().value("uri");
    return uri != null && uri.isString() ? uri.asString() : null;
  }

  /** The server that was called. */
  public McpServer server() {
    return server;
  }

  /** The trace that the request belongs to. */
  public TraceContext trace() {
    return exchange.meta().trace();
  }

  /** Reports progress towards an end that is not known. */
  public void progress(double done) {
    progress(done, 0, null);
  }

  /** Reports progress. */
  public void progress(double done, double total) {
    progress(done, total, null);
  }

  /**
   * Reports progress, in words too. A report that is no progress is dropped.
   *
   * @param total 0 if it is not known
   * @param message for people, or null
   */
  public void progress(double done, double total, String message) {
    JsonValue token = exchange.meta().progressToken();
    if (token == null && !run.channel().takesAllProgress()) {
      return;
    }
    JsonObject params = new JsonObject();
    if (token != null) {
      params.add("progressToken", token);
    }
    params.add("progress", number(done));
    if (total > 0) {
      params.add("total", number(total));
    }
    if (message != null) {
      params.add("message", message);
    }
    // "Progress": it must increase with every notification, whichever thread sends it.
    synchronized (lock) {
      if (done <= reported) {
        return;
      }
      reported = done;
      run.channel().send("notifications/progress", params);
    }
  }

  /** Tells the client a text for its log. */
  public void log(LogLevel level, String text) {
    log(level, null, Json.value(text));
  }

  /**
   * Tells the client something for its log: nothing secret, and nothing about other users.
   *
   * @param logger which part of the server says so, or null
   */
  public void log(LogLevel level, String logger, JsonValue data) {
    // "Logging": nothing at all to those who did not ask.
    if (!level.isAtLeast(exchange.meta().logLevel())) {
      return;
    }
    JsonObject params = new JsonObject().add("level", level.text());
    if (logger != null) {
      params.add("logger", logger);
    }
    synchronized (lock) {
      if (++logged > MAX_LOG_MESSAGES) {
        return;
      }
    }
    run.channel().send("notifications/message", params.add("data", data));
  }

  /** Whether nobody waits for the result any more. The handler's thread is interrupted as well. */
  public boolean isCancelled() {
    return run.cancellation().isCancelled();
  }

  /** Calls back once nobody waits for the result any more; at once if that is so already. */
  public void onCancel(Runnable callback) {
    run.cancellation().onCancel(callback);
  }

  /** Whether the client can do it. */
  public boolean supports(ClientFeature feature) {
    return exchange.supports(feature);
  }

  /** Goes on only if the client can do it: the request is refused otherwise. */
  public void need(ClientFeature feature) {
    exchange.need(feature);
  }

  /** Asks one question; see {@link #ask(Map)}. */
  public Answer ask(String key, Ask question) throws InterruptedException {
    return ask(Map.of(key, question)).get(key);
  }

  /**
   * Asks questions, under keys that are unique within the call.
   *
   * <p>With 2026-07-28 this ends the run of the handler, and when the answers are there, the
   * handler runs again from its beginning, where the same questions then have answers. So nothing
   * may be changed before all is asked. In a session or a task it waits instead.
   *
   * @throws JsonRpcError if the client can not be asked this
   */
  public Map<String, Answer> ask(Map<String, Ask> questions) throws InterruptedException {
    if (!offer.asks()) {
      throw new IllegalStateException(offer.name() + " asks, but is not declared to");
    }
    Map<String, Ask> open = new LinkedHashMap<>(questions);
    open.keySet().removeAll(answered.keySet());
    open.values().forEach(question -> need(question.feature()));
    if (!open.isEmpty()) {
      answered.putAll(run.cancellation().waiting(() -> run.questions().ask(open, kept)));
    }
    Map<String, Answer> answers = new LinkedHashMap<>(answered);
    answers.keySet().retainAll(questions.keySet());
    return answers;
  }

  /** Keeps state of the handler's own for its next run, should it have to ask. */
  public void keep(JsonObject state) {
    kept = state;
  }

  /** What was kept; empty in the first run. */
  public Fields kept() {
    return Fields.of(kept);
  }

  /**
   * Goes on later: as a task, if the client knows tasks, and otherwise here and now.
   *
   * @throws IllegalStateException if this is not a tool that declared {@code tasks()}
   */
  public ToolResult later(Tool.Handler work) throws Exception {
    if (later == null || !(offer instanceof Tool tool && tool.tasks())) {
      throw new IllegalStateException(offer.name() + " goes on later, but is not declared to");
    }
    return later.run(this, work);
  }

  /**
   * Ends the connection while the work goes on, if the client would come back for the result: one
   * of 2025-11-25 does (SEP-1699). Does nothing otherwise.
   */
  public void hangUp() {
    run.channel().hangUp();
  }

  private static JsonValue number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Json.value((long) value) : Json.value(value);
  }
}
