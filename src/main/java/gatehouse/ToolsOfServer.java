package gatehouse;

import gatehouse.mcp.McpServer;
import gatehouse.mcp.Tool;
import gatehouse.oauth.ScopeTools;
import java.util.List;
import java.util.Set;

/**
 * What the scopes open, read off the tools themselves: what a tool says of itself to clients, it
 * says to people as well. One that does not say it is read-only changes something.
 */
record ToolsOfServer(McpServer server) implements ScopeTools {

  @Override
  public List<String> titles(String scope) {
    return server.tools().stream().filter(tool -> tool.scopes().contains(scope))
        .map(tool -> tool.title() == null ? tool.name() : tool.title()).toList();
  }

  @Override
  public boolean change(Set<String> scopes) {
    for (Tool tool : server.tools()) {
      if (!tool.isReadOnly() && scopes.containsAll(tool.scopes())) {
        return true;
      }
    }
    return false;
  }
}
