package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.List;

/**
 * {@code tools/list} and {@code tools/call}, for every revision.
 *
 * <p>"Tools" of 2026-07-28 and before. The list may depend on the token but on nothing else of the
 * connection. A call for which the token is too small is answered with 403 before its arguments are
 * looked at, so that nobody learns a schema from error messages. An unknown tool is a protocol
 * error; what goes wrong inside a tool is a result.
 *
 * <p>How tools and results look on the wire is {@link ToolWire}.
 */
final class Tools {
  /** A list that depends on the token is out of date as soon as the user grants more. */
  private static final long TTL_MS = 60 * 1000;

  /** Nobody has a longer name, so more of it would only fill the audit trail. */
  private static final int MAX_LOGGED_NAME = 128;

  private final McpServer server;
  private final Pagination pages;
  private final ToolLog log;
  private final Tasks tasks;

  Tools(McpServer server, Pagination pages, ToolLog log, Tasks tasks) {
    this.server = server;
    this.pages = pages;
    this.log = log;
    this.tasks = tasks;
  }

  Method.Work list(Exchange exchange) {
    return Method.Work.result(run -> {
      JsonObject result = new JsonObject();
      Caching caching = Caching.ofLists(server);
      pages.add(result, "tools", Catalog.visible(server.catalog().tools.all(), exchange.access(),
          server.listsEverything()), exchange, caching, Tool::name,
          tool -> ToolWire.tool(tool, exchange.revision()));
      caching.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }

  Method.Work call(Exchange exchange) {
    String name = exchange.params().needText("name");
    Tool tool = server.catalog().tools.get(name);
    if (tool == null) {
      logged(exchange, name.length() > MAX_LOGGED_NAME
          ? name.substring(0, MAX_LOGGED_NAME) : name, ToolLog.Outcome.UNKNOWN);
      throw JsonRpcError.params("there is no tool of this name");
    }
    try {
      tool.checkTerms(exchange);
    } catch (JsonRpcError e) {
      logged(exchange, name, e.scopes().isEmpty()
          ? ToolLog.Outcome.ERROR : ToolLog.Outcome.FORBIDDEN);
      throw e;
    }
    Fields given = exchange.params().object("arguments");
    Fields arguments = given == null ? Fields.of(new JsonObject()) : given;
    if (exchange.revision().isModern()) {
      tool.headers().check(exchange.headers(), arguments.json());
    }
    // In a session, questions need a stream to travel on.
    boolean streams = tool.streams() || tool.asks() && !exchange.revision().isModern();
    return Method.Work.handler(streams, run -> run(tool, exchange, arguments, run));
  }

  private JsonObject run(Tool tool, Exchange exchange, Fields arguments, Run run) {
    List<String> problems = tool.input().problems(arguments.json());
    if (!problems.isEmpty()) {
      logged(exchange, tool.name(), ToolLog.Outcome.INVALID);
      String text = "The arguments are not valid: " + String.join("; ", problems);
      if (!exchange.revision().invalidArgumentsAreResults()) {
        throw JsonRpcError.params(text);
      }
      return ToolWire.result(ToolResult.error(text), exchange.revision());
    }
    // SEP-2663: whether a call becomes a task is the server's decision, if the client knows tasks.
    Call.Later later = (call, work) -> exchange.supports(ClientFeature.TASKS)
        ? tasks.begin(exchange, inTask -> result(tool, exchange, call.in(inTask), work))
        : work.handle(call);
    return result(tool, exchange,
        new Call(exchange, server, tool, arguments, run, later), tool.handler());
  }

  /** Runs a handler, and makes a result of whatever comes out of it. */
  private JsonObject result(Tool tool, Exchange exchange, Call call, Tool.Handler handler) {
    ToolResult result;
    ToolLog.Outcome outcome;
    try {
      result = checked(tool, handler.handle(call));
      outcome = result.isError() ? ToolLog.Outcome.ERROR : ToolLog.Outcome.OK;
    } catch (JsonRpcError e) {
      logged(exchange, tool.name(), ToolLog.Outcome.ERROR);
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      if (call.isCancelled()) {
        result = ToolResult.error("The tool was stopped before it had finished.");
      } else {
        // Whatever the tool threw stays here: its message was not written for the caller.
        String reference = Faults.logged(
            "the tool " + tool.name() + " failed", exchange.meta().trace(), e);
        result = ToolResult.error("The tool failed. Reference: " + reference);
      }
      outcome = ToolLog.Outcome.FAILED;
    }
    logged(exchange, tool.name(), outcome);
    return ToolWire.result(result, exchange.revision());
  }

  private void logged(Exchange exchange, String tool, ToolLog.Outcome outcome) {
    log.called(exchange.access(), tool, outcome, exchange.meta().trace());
  }

  /** "Output Schema": a server must not send structured content that does not conform. */
  private static ToolResult checked(Tool tool, ToolResult result) {
    if (result == null) {
      throw new IllegalStateException("the handler returned null");
    }
    if (tool.output() == null || result.isError()) {
      return result;
    }
    if (result.structured() == null) {
      throw new IllegalStateException("there is an output schema, but no structured result");
    }
    List<String> problems = tool.output().problems(result.structured());
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the result does not conform: " + problems);
    }
    return result;
  }
}
