package gatehouse;

import gatehouse.guard.AuthorizationServer;
import gatehouse.html.Text;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /}: what runs here, and how to connect to it. The same commands are printed at start. */
final class HomePage {
  private final Pages pages;
  private final String issuer;
  private final String mcpUrl;
  private final String name;
  private final List<AuthorizationServer> others;

  /**
   * The page.
   *
   * @param others whose tokens are accepted; if there are none, our own
   */
  HomePage(Pages pages, String issuer, String mcpUrl, String name,
      List<AuthorizationServer> others) {
    this.pages = pages;
    this.issuer = issuer;
    this.mcpUrl = mcpUrl;
    this.name = name;
    this.others = List.copyOf(others);
  }

  /** Ready commands by client. */
  static Map<String, String> commands(String mcpUrl) {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("Claude Code", "claude mcp add --transport http gatehouse " + mcpUrl);
    commands.put("VS Code",
        "code --add-mcp '{\"name\":\"gatehouse\",\"type\":\"http\",\"url\":\"" + mcpUrl + "\"}'");
    commands.put("MCP Inspector",
        "npx @modelcontextprotocol/inspector --transport http --server-url " + mcpUrl);
    return commands;
  }

  /** GET. */
  Response show(Request request) {
    List<Map<String, String>> commands = new ArrayList<>();
    commands(mcpUrl).forEach((client, command) ->
        commands.add(Map.of("client", client, "command", command)));
    return pages.show(request, 200, "home.html", Map.of(
        "name", name,
        "mcp", mcpUrl,
        "commands", commands,
        "documents", documents()));
  }

  private List<Map<String, Object>> documents() {
    List<Map<String, Object>> documents = new ArrayList<>();
    documents.add(Map.of("title", Text.of("home.document.resource"),
        "url", Routes.resourceMetadata(issuer)));
    if (others.isEmpty()) {
      documents.add(Map.of("title", Text.of("home.document.server"),
          "url", issuer + "/.well-known/oauth-authorization-server"));
      documents.add(Map.of("title", Text.of("home.document.keys"), "url", issuer + "/jwks"));
    }
    others.forEach(server -> documents.add(
        Map.of("title", server.issuer(), "url", server.issuer())));
    return documents;
  }
}
