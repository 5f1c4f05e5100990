package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.Map;

/**
 * {@code resources/list}, {@code resources/templates/list} and {@code resources/read}.
 *
 * <p>"Resources" of every revision. What is not declared is not there, whatever its scheme; so is
 * what a handler says is not there. Who lacks a scope is told so only for what is declared, which
 * the lists may show anyway.
 */
final class Resources {
  /** A list that depends on the token is out of date as soon as the user grants more. */
  private static final long TTL_MS = 60 * 1000;

  /** Only the handler knows how long its contents last; subscribing tells, guessing does not. */
  private static final long CONTENTS_TTL_MS = 0;

  private final McpServer server;
  private final Pagination pages;

  Resources(McpServer server, Pagination pages) {
    this.server = server;
    this.pages = pages;
  }

  Method.Work list(Exchange exchange) {
    return list(exchange, "resources", false);
  }

  Method.Work templates(Exchange exchange) {
    return list(exchange, "resourceTemplates", true);
  }

  private Method.Work list(Exchange exchange, String member, boolean templates) {
    return Method.Work.result(run -> {
      JsonObject result = new JsonObject();
      Caching caching = Caching.ofLists(server);
      pages.add(result, member, Catalog.visible(server.catalog().resources(templates),
          exchange.access(), server.listsEverything()), exchange, caching, Resource::uri,
          resource -> resource.json(exchange.revision()));
      caching.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }

  Method.Work read(Exchange exchange) {
    String uri = exchange.params().needText("uri");
    Resource resource = server.catalog().resource(uri);
    if (resource == null) {
      throw JsonRpcError.notFound(uri, exchange.revision());
    }
    resource.checkTerms(exchange);
    boolean streams = resource.streams() || resource.asks() && !exchange.revision().isModern();
    return Method.Work.handler(streams, run -> read(resource, uri, exchange, run));
  }

  private JsonObject read(Resource resource, String uri, Exchange exchange, Run run)
      throws Exception {
    JsonObject variables = new JsonObject();
    Map<String, String> values = resource.match(uri);
    if (values != null) {
      values.forEach(variables::add);
    }
    ResourceResult result = resource.handler().handle(
        new Call(exchange, server, resource, Fields.of(variables), run, null));
    if (result.isEmpty()) {
      throw JsonRpcError.notFound(uri, exchange.revision());
    }
    JsonObject json = new JsonObject().add("contents", result.json(uri, resource.mimeType()));
    Caching.PRIVATE.add(json, CONTENTS_TTL_MS, exchange.revision());
    return json;
  }
}
