package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.List;
import java.util.Map;

/**
 * {@code completion/complete}: what the user may be about to type.
 *
 * <p>"Completion" of every revision. An unknown prompt or template is -32602, and so is an argument
 * that it does not have; one that nobody completes has no proposals. The terms of the prompt or
 * template hold here too, since proposals can tell as much as the thing itself.
 */
final class Completion {
  /** "Completion Results": a hundred at most. */
  private static final int MAX_VALUES = 100;

  private final McpServer server;

  Completion(McpServer server) {
    this.server = server;
  }

  Method.Work complete(Exchange exchange) {
    Fields ref = need(exchange.params(), "ref");
    Fields argument = need(exchange.params(), "argument");
    String name = argument.needText("name");
    String typed = argument.text("value", "");
    Offer offer;
    boolean known;
    Map<String, Completer> completers;
    switch (ref.needText("type")) {
      case "ref/prompt" -> {
        Prompt prompt = server.catalog().prompts.get(ref.needText("name"));
        offer = prompt;
        known = prompt != null && prompt.arguments().containsKey(name);
        completers = prompt == null ? Map.of() : prompt.completers();
      }
      case "ref/resource" -> {
        Resource resource = server.catalog().resources.get(ref.needText("uri"));
        offer = resource;
        known = resource != null && resource.variables().contains(name);
        completers = resource == null ? Map.of() : resource.completers();
      }
      default -> throw JsonRpcError.params("'ref' is of neither type that there is");
    }
    if (offer == null) {
      throw JsonRpcError.params("'ref' names nothing that there is");
    }
    offer.checkTerms(exchange);
    if (!known) {
      throw JsonRpcError.params("'argument' names none that there is");
    }
    Completer completer = completers.get(name);
    Fields context = exchange.params().object("context");
    Fields filled = context == null ? null : context.object("arguments");
    return Method.Work.result(run -> result(completer == null ? List.of() : completer.complete(
        new Call(exchange, server, offer, filled == null ? Fields.of(new JsonObject()) : filled,
            run, null), typed)));
  }

  private static JsonObject result(List<String> values) {
    return new JsonObject().add("completion", new JsonObject()
        .add("values", Fields.array(values.subList(0, Math.min(values.size(), MAX_VALUES))))
        .add("total", values.size())
        .add("hasMore", values.size() > MAX_VALUES));
  }

  private static Fields need(Fields params, String name) {
    Fields object = params.object(name);
    if (object == null) {
      throw JsonRpcError.params("'" + name + "' is required");
    }
    return object;
  }
}
