package gatehouse.conformance;

import gatehouse.mcp.McpServer;
import gatehouse.mcp.Tool;
import java.util.Base64;

/** All fixtures, and what they have in common. */
final class Fixtures {
  /** The one scope of the guarded server; whoever has it may use everything. */
  static final String SCOPE = "fixtures";

  /** A picture of one pixel. */
  static final byte[] PNG = Base64.getDecoder().decode(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5E"
      + "rkJggg==");

  /** A sound of one sample. */
  static final byte[] WAV = Base64.getDecoder().decode(
      "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=");

  private Fixtures() {
  }

  /** Puts them on a server. The first tool is one that needs nothing, which the suite relies on. */
  static void on(McpServer.Builder server) {
    server.instructions("Fixtures of the MCP conformance suite; nothing here is of use.")
        .tools(ContentTools.all())
        .tools(AskingTools.all())
        .tools(ConversationTools.all())
        .tools(TaskTools.all())
        .skill(Skills.demo());
    Resources.all().forEach(server::resource);
    Prompts.all().forEach(server::prompt);
  }

  /** Begins a tool. */
  static Tool.Builder tool(String name, String description) {
    return Tool.named(name).description(description).scopes(SCOPE);
  }

  /** The time a fixture takes for one step, so that a client can tell its messages apart. */
  static void work() throws InterruptedException {
    Thread.sleep(50);
  }
}
