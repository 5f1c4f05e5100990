package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code skills/list}, {@code skills/get} and {@code resources/directory/read}.
 *
 * <p>SEP-2640, as of its draft: skills are resources with a table of contents. The contents
 * themselves are read by {@code resources/read}. Scopes hide a skill as a whole: to a token without
 * them it does not exist.
 */
final class Skills {
  static final String EXTENSION = "io.modelcontextprotocol/skills";

  /** A skill changes when somebody edits it. */
  private static final long TTL_MS = 60 * 1000;

  private static final String DIRECTORY = "inode/directory";

  private final McpServer server;
  private final Pagination pages;

  Skills(McpServer server, Pagination pages) {
    this.server = server;
    this.pages = pages;
  }

  Method.Work list(Exchange exchange) {
    return Method.Work.result(run -> {
      JsonObject result = new JsonObject();
      pages.add(result, "skills", visible(exchange), exchange, Caching.PRIVATE, Skill::uri,
          Skill::json);
      Caching.PRIVATE.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }

  Method.Work get(Exchange exchange) {
    String uri = exchange.params().needText("uri");
    return Method.Work.result(run -> {
      for (Skill skill : visible(exchange)) {
        if (skill.uri().equals(uri)) {
          JsonObject result = new JsonObject().add("skill", skill.json());
          Caching.PRIVATE.add(result, TTL_MS, exchange.revision());
          return result;
        }
      }
      throw JsonRpcError.notFound(uri, exchange.revision());
    });
  }

  Method.Work directory(Exchange exchange) {
    String given = exchange.params().needText("uri");
    String uri = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    return Method.Work.result(run -> {
      Map<String, JsonObject> children = children(uri, exchange);
      if (children.isEmpty()) {
        // No folder is empty here, so this is a file or nothing.
        throw JsonRpcError.notFound(given, exchange.revision());
      }
      JsonObject result = new JsonObject();
      pages.add(result, "resources", new ArrayList<>(children.values()), exchange,
          Caching.PRIVATE, child -> child.get("uri").asString(), child -> child);
      Caching.PRIVATE.add(result, TTL_MS, exchange.revision());
      return result;
    });
  }

  private Map<String, JsonObject> children(String directory, Exchange exchange) {
    Map<String, JsonObject> children = new LinkedHashMap<>();
    for (Skill skill : visible(exchange)) {
      for (Resource file : skill.files()) {
        if (file.uri().startsWith(directory + "/") && directory.startsWith(skill.directory())) {
          String rest = file.uri().substring(directory.length() + 1);
          int slash = rest.indexOf('/');
          String child = directory + "/" + (slash < 0 ? rest : rest.substring(0, slash));
          children.putIfAbsent(child, slash < 0 ? file.json(exchange.revision())
              : new JsonObject().add("uri", child).add("name", rest.substring(0, slash))
                  .add("mimeType", DIRECTORY));
        }
      }
    }
    return children;
  }

  private List<Skill> visible(Exchange exchange) {
    return server.catalog().skills.all().stream()
        .filter(skill -> exchange.access().permits(skill.main().scopes())).toList();
  }
}
