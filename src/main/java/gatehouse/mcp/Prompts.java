package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;

/**
 * {@code prompts/list} and {@code prompts/get}.
 *
 * <p>"Prompts" of every revision. An unknown prompt, and an argument that is missing or no string,
 * are -32602; arguments that the prompt does not have are passed over.
 */
final class Prompts {
  /** A list that depends on the token is out of date as soon as the user grants more. */
  private static final long TTL_MS = 60 * 1000;

  private final McpServer server;
  private final Pagination pages;

  Prompts(McpServer server, Pagination pages) {
    this.server = server;
    this.pages = pages;
  }

  Method.Work list(Exchange exchange) {
    return Method.Work.result(run -> {
      JsonObject result = new JsonObject();
      Caching caching = Caching.ofLists(server);
      pages.add(result, "prompts", Catalog.visible(server.catalog().prompts.all(),
          exchange.access(), server.listsEverything()), exchange, caching, Prompt::name,
          prompt -> prompt.json(exchange.revision()));
      caching.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }

  Method.Work get(Exchange exchange) {
    Prompt prompt = server.catalog().prompts.get(exchange.params().needText("name"));
    if (prompt == null) {
      throw JsonRpcError.params("there is no prompt of this name");
    }
    prompt.checkTerms(exchange);
    Fields arguments = arguments(prompt, exchange.params().object("arguments"));
    boolean streams = prompt.streams() || prompt.asks() && !exchange.revision().isModern();
    return Method.Work.handler(streams, run -> prompt.handler()
        .handle(new Call(exchange, server, prompt, arguments, run, null))
        .json(exchange.revision()));
  }

  private static Fields arguments(Prompt prompt, Fields given) {
    JsonObject known = new JsonObject();
    for (Prompt.Argument argument : prompt.arguments().values()) {
      String value = given == null ? null : given.text(argument.name());
      if (value != null) {
        known.add(argument.name(), value);
      } else if (argument.required()) {
        throw JsonRpcError.params("the argument '" + argument.name() + "' is required");
      }
    }
    return Fields.of(known);
  }
}
