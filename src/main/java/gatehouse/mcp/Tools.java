package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
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
  private final ToolLog log;

  Tools(McpServer server, ToolLog log) {
    this.server = server;
    this.log = log;
  }

  Method.Work list(Exchange exchange) {
    return () -> {
      JsonObject result = new JsonObject();
      Pagination.add(result, "tools", visible(exchange.access()),
          exchange.params().text("cursor"), server.pageSize(), Tool::name,
          tool -> ToolWire.tool(tool, exchange.revision()));
      Caching caching = server.listsEverything() ? Caching.PUBLIC : Caching.PRIVATE;
      caching.add(result, TTL_MS, exchange.revision());
      return result;
    };
  }

  private List<Tool> visible(Access access) {
    List<Tool> all = server.tools();
    return server.listsEverything() ? all
        : all.stream().filter(tool -> access.permits(tool.scopes())).toList();
  }

  Method.Work call(Exchange exchange) {
    String name = exchange.params().needText("name");
    Access access = exchange.access();
    Tool tool = server.tool(name);
    if (tool == null) {
      log.called(access, name.length() > MAX_LOGGED_NAME
          ? name.substring(0, MAX_LOGGED_NAME) : name, ToolLog.Outcome.UNKNOWN);
      throw JsonRpcError.params("there is no tool of this name");
    }
    // RFC 6750 §3.1, MCP authorization "Scope Challenge Handling": all that is missing, at once.
    if (!access.permits(tool.scopes())) {
      log.called(access, name, ToolLog.Outcome.FORBIDDEN);
      throw JsonRpcError.insufficientScope(access, tool.scopes());
    }
    Fields given = exchange.params().object("arguments");
    Fields arguments = given == null ? Fields.of(new JsonObject()) : given;
    if (exchange.revision().isModern()) {
      tool.headers().check(exchange.headers(), arguments.json());
    }
    return () -> run(tool, exchange, arguments);
  }

  private JsonObject run(Tool tool, Exchange exchange, Fields arguments) {
    List<String> problems = tool.input().problems(arguments.json());
    if (!problems.isEmpty()) {
      log.called(exchange.access(), tool.name(), ToolLog.Outcome.INVALID);
      String text = "The arguments are not valid: " + String.join("; ", problems);
      if (!exchange.revision().invalidArgumentsAreResults()) {
        throw JsonRpcError.params(text);
      }
      return ToolWire.result(ToolResult.error(text), exchange.revision());
    }
    ToolResult result;
    ToolLog.Outcome outcome;
    try {
      result = checked(tool, tool.handler().handle(new Call(exchange, arguments)));
      outcome = result.isError() ? ToolLog.Outcome.ERROR : ToolLog.Outcome.OK;
    } catch (JsonRpcError e) {
      log.called(exchange.access(), tool.name(), ToolLog.Outcome.ERROR);
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      // Whatever the tool threw stays here: its message was not written for the caller.
      String reference = Operations.logged("the tool " + tool.name() + " failed", e);
      result = ToolResult.error("The tool failed. Reference: " + reference);
      outcome = ToolLog.Outcome.FAILED;
    }
    log.called(exchange.access(), tool.name(), outcome);
    return ToolWire.result(result, exchange.revision());
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
