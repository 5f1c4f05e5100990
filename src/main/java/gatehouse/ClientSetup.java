package gatehouse;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.WriterConfig;
import gatehouse.http.Urls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * How a client is told of this server: ready to be copied, in the form that the client's own manual
 * gives.
 *
 * @param id for texts and for the page; {@code home.how.ID} says where the text goes
 * @param client what people call it
 * @param text a command, or what goes into a file
 * @param link an address that the client opens itself, or null
 */
record ClientSetup(String id, String client, String text, String link) {
  /** What the server is called in a client's list. */
  private static final String NAME = "gatehouse";

  /** Those that are a command: printed at start as well. */
  static List<ClientSetup> commands(String mcpUrl) {
    return List.of(
        new ClientSetup("claude_code", "Claude Code",
            "claude mcp add --transport http " + NAME + " " + mcpUrl, null),
        new ClientSetup("vs_code", "VS Code",
            "code --add-mcp '" + vsCode(mcpUrl) + "'", null),
        new ClientSetup("inspector", "MCP Inspector",
            "npx @modelcontextprotocol/inspector --transport http --server-url " + mcpUrl, null));
  }

  /** All of them. */
  static List<ClientSetup> all(String mcpUrl) {
    List<ClientSetup> commands = commands(mcpUrl);
    JsonObject remote = new JsonObject().add("url", mcpUrl);
    JsonObject bridge = new JsonObject().add("command", "npx")
        .add("args", new JsonArray().add("-y").add("mcp-remote").add(mcpUrl));
    return List.of(
        commands.get(0),
        new ClientSetup("claude_desktop", "Claude Desktop", servers("mcpServers", bridge), null),
        new ClientSetup("vs_code", "VS Code",
            servers("servers", new JsonObject().add("type", "http").add("url", mcpUrl)),
            "vscode:mcp/install?" + encoded(vsCode(mcpUrl))),
        new ClientSetup("cursor", "Cursor", servers("mcpServers", remote),
            Urls.append("cursor://anysphere.cursor-deeplink/mcp/install?name=" + NAME, "config",
                Base64.getEncoder().encodeToString(
                    remote.toString().getBytes(StandardCharsets.UTF_8)))),
        commands.get(2),
        new ClientSetup("mcp_remote", "mcp-remote", "npx -y mcp-remote " + mcpUrl, null));
  }

  private static String vsCode(String mcpUrl) {
    return new JsonObject().add("name", NAME).add("type", "http").add("url", mcpUrl).toString();
  }

  private static String servers(String member, JsonObject server) {
    return new JsonObject().add(member, new JsonObject().add(NAME, server))
        .toString(WriterConfig.PRETTY_PRINT);
  }

  /** RFC 3986 §2.1, as encodeURIComponent does it: in a URI of no hierarchy, + is no space. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
