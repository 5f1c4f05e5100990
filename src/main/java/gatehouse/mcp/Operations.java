package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.guard.Challenge;
import gatehouse.http.Events;
import gatehouse.http.HttpError;
import gatehouse.http.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The methods that this server has: the table, and how a request goes through it.
 *
 * <p>Dispatch, "method not found" and the declared capabilities all derive from the table, so they
 * cannot disagree (2026-07-28, {@code server/discover}). Both eras use it; what only sessions have
 * ({@code initialize}, {@code ping} …) stands in the legacy folder.
 *
 * <p>It is also the one translator of {@link JsonRpcError} into HTTP. It does not look at the
 * envelope; requests arrive admitted.
 */
public final class Operations {
  /** How soon a hang-up is noticed while a handler works; a comment is three bytes. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

  private static final int SECRET_BYTES = 32;

  private final McpServer server;
  private final Challenge challenge;
  private final Seal seal;
  private final Deadlines deadlines = new Deadlines();
  private final Streams streams = new Streams();
  private final Map<String, Method> table = new LinkedHashMap<>();

  /**
   * The methods of a server that hands out state under a secret of its own: what it gave away
   * before a restart, it does not take back after it.
   */
  public Operations(McpServer server, Challenge challenge, ToolLog log) {
    this(server, challenge, log,
        new Seal(Secrets.random(SECRET_BYTES), Clock.systemUTC()), Clock.systemUTC());
  }

  /**
   * The methods of a server.
   *
   * @param challenge words the answer to a token with too few scopes
   * @param log is told of every tool call
   * @param seal protects cursors and the state of requests on their way through the client
   */
  public Operations(
      McpServer server, Challenge challenge, ToolLog log, Seal seal, Clock clock) {
    this.server = server;
    this.challenge = challenge;
    this.seal = seal;
    Pagination pages = new Pagination(seal, server.pageSize());
    Discover discover = new Discover(server, this);
    Tasks tasks = new Tasks(server, deadlines, clock);
    server.changes().listen(change -> {
      if (change.kind() == Change.Kind.CLOSING) {
        deadlines.close();
      }
    });
    Tools tools = new Tools(server, pages, log, tasks);
    Resources resources = new Resources(server, pages);
    Prompts prompts = new Prompts(server, pages);
    Completion completion = new Completion(server);
    Skills skills = new Skills(server, pages);
    Subscriptions changes = new Subscriptions(server, tasks, deadlines, clock);
    //   method                  modern only Mcp-Name  capability        asks   handler
    row("server/discover",          true,  null,     null,             false, discover::discover);
    row("tools/list",               false, null,     "tools",          false, tools::list);
    row("tools/call",               false, "name",   "tools",          true,  tools::call);
    row("resources/list",           false, null,     "resources",      false, resources::list);
    row("resources/templates/list", false, null,     "resources",      false, resources::templates);
    row("resources/read",           false, "uri",    "resources",      true,  resources::read);
    row("prompts/list",             false, null,     "prompts",        false, prompts::list);
    row("prompts/get",              false, "name",   "prompts",        true,  prompts::get);
    row("completion/complete",      false, null,     "completions",    false, completion::complete);
    row("subscriptions/listen",     true,  null,     null,             false, changes::listen);
    row("skills/list",              true,  null,     Skills.EXTENSION, false, skills::list);
    row("skills/get",               true,  null,     Skills.EXTENSION, false, skills::get);
    row("resources/directory/read", true,  null,     Skills.EXTENSION, false, skills::directory);
    row("tasks/get",                true,  "taskId", Tasks.EXTENSION,  false, tasks::get);
    row("tasks/update",             true,  "taskId", Tasks.EXTENSION,  false, tasks::update);
    row("tasks/cancel",             true,  "taskId", Tasks.EXTENSION,  false, tasks::cancel);
  }

  private void row(String name, boolean modernOnly, String nameSource, String capability,
      boolean mayAsk, Method.Handler handler) {
    table.put(name, new Method(name, modernOnly, nameSource, capability, mayAsk, handler));
  }

  /** The server whose methods these are. */
  public McpServer server() {
    return server;
  }

  /** The method, or null if that revision has none of this name or the server does not offer it. */
  Method find(String name, Revision revision) {
    Method method = table.get(name);
    boolean exists = method != null && (revision.isModern() || !method.modernOnly())
        && (method.capability() == null || server.catalog().offers(method.capability()));
    return exists ? method : null;
  }

  /** The method, or an error if a session of that revision has none of this name. */
  public Method need(String name, Revision revision) {
    Method method = find(name, revision);
    if (method == null) {
      throw JsonRpcError.methodNotFound();
    }
    return method;
  }

  /** What the server can do, as that revision declares it. */
  public JsonObject capabilities(Revision revision) {
    JsonObject capabilities = new JsonObject();
    JsonObject extensions = new JsonObject();
    for (Method method : table.values()) {
      String capability = method.capability();
      if (capability != null && server.catalog().offers(capability)) {
        // SEP-2133: extensions have names with a prefix, and a place of their own.
        (capability.indexOf('/') < 0 ? capabilities : extensions)
            .set(capability, Capabilities.details(capability));
      }
    }
    capabilities.add("logging", new JsonObject());
    return extensions.isEmpty() || !revision.isModern() ? capabilities
        : capabilities.add("extensions", extensions);
  }

  /** Answers a request of 2026-07-28 from beginning to end. */
  Response answer(Exchange exchange) {
    JsonValue id = exchange.message().id();
    try {
      Method.Work work = prepare(exchange);
      Questions questions = Faults.guarded(exchange, () -> exchange.method().mayAsk()
          ? new InputRequired(exchange, seal) : Questions.NONE);
      if (streams(exchange, work)) {
        return streams.open(exchange.access(), work.stream() != null ? work.stream()
            : events -> stream(exchange, work, questions, events));
      }
      return Response.json(200, JsonRpc.result(id,
          run(exchange, work, new Run(Channel.NONE, questions, cancellation()))));
    } catch (JsonRpcError e) {
      return refuse(id, e, exchange.access());
    }
  }

  /**
   * Whether to answer by a stream.
   *
   * @throws HttpError 406 if that is the only way, and the client does not want it
   */
  public boolean streams(Exchange exchange, Method.Work work) {
    boolean wanted = work.streams() || work.notices() && exchange.wantsNotices()
        || !exchange.accepts().json();
    boolean accepted = exchange.accepts().events();
    if (wanted && !accepted && work.stream() != null) {
      throw new HttpError(406, "The answer is text/event-stream, which Accept rules out.");
    }
    return wanted && accepted;
  }

  /** The handler works on a thread of its own, this one writes: it notices when nobody reads. */
  private void stream(Exchange exchange, Method.Work work, Questions questions,
      Events events) throws IOException {
    JsonValue id = exchange.message().id();
    Outbox outbox = new Outbox();
    Cancellation cancellation = cancellation();
    cancellation.onCancel(() -> outbox.end(JsonRpc.error(id, JsonRpcError.timeout())));
    Threads.start(() -> outbox.end(
        message(exchange, work, new Run(outbox, questions, cancellation))));
    try {
      outbox.drain(events, KEEP_ALIVE);
    } finally {
      // MCP-45: closing the stream is the cancellation; after the end it means nothing.
      cancellation.cancel();
    }
  }

  /** The first step: everything that may refuse the request before work begins. */
  public Method.Work prepare(Exchange exchange) {
    return Faults.guarded(exchange, () -> exchange.method().handler().prepare(exchange));
  }

  /** The second step: the result, dressed as the revision wants it. */
  public JsonObject run(Exchange exchange, Method.Work work, Run run) {
    JsonObject result;
    try {
      result = Faults.guarded(exchange,
          () -> run.cancellation().during(() -> work.step().in(run)));
    } catch (Detour detour) {
      result = detour.result();
    }
    return exchange.revision().isModern() ? complete(result, exchange.revision()) : result;
  }

  /** The second step, with its result or error as a message for a stream. */
  public JsonObject message(Exchange exchange, Method.Work work, Run run) {
    JsonValue id = exchange.message().id();
    try {
      return JsonRpc.result(id, run(exchange, work, run));
    } catch (JsonRpcError e) {
      return JsonRpc.error(id, e);
    }
  }

  /** The end of a request that has just begun. */
  public Cancellation cancellation() {
    return new Cancellation(deadlines, server.handlerTimeout());
  }

  /** The answer that streams, unless the caller has too many already. */
  public Response stream(Access access, Response.Stream stream) {
    return streams.open(access, stream);
  }

  /** Refuses a caller who may not read what is at the URI, or if nothing is there. */
  public void checkReadable(String uri, Exchange exchange) {
    Resource resource = server.catalog().resource(uri);
    if (resource == null) {
      throw JsonRpcError.notFound(uri, exchange.revision());
    }
    resource.checkTerms(exchange);
  }

  /** An error as an answer. */
  public Response refuse(JsonValue id, JsonRpcError error, Access access) {
    Response response = Response.json(error.status(), JsonRpc.error(id, error));
    return error.scopes().isEmpty() ? response
        : challenge.insufficientScope(response, access, error.scopes());
  }

  /** MCP-06, MCP-36: every result says of which kind it is and who made it. */
  private JsonObject complete(JsonObject result, Revision revision) {
    if (result.get("resultType") == null) {
      result.add("resultType", "complete");
    }
    JsonValue meta = result.get("_meta");
    JsonObject ours = meta == null ? new JsonObject() : meta.asObject();
    return result.set("_meta", ours.set(RequestMeta.SERVER_INFO, server.info(revision)));
  }
}
