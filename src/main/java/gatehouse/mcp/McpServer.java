package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an MCP server is made of: its name, and its tools in the order in which they were given.
 *
 * <p>Tools may be added and removed while it runs. Every request sees one consistent snapshot,
 * which is never altered, only replaced. Safe for use by many threads.
 *
 * <p>It speaks no protocol; that is {@link McpEndpoint}.
 */
public final class McpServer {
  private final String name;
  private final String title;
  private final String version;
  private final String instructions;
  private final int pageSize;
  private final boolean listsEverything;
  private volatile Map<String, Tool> tools;

  private McpServer(Builder builder) {
    this.name = builder.name;
    this.title = builder.title;
    this.version = builder.version;
    this.instructions = builder.instructions;
    this.pageSize = builder.pageSize;
    this.listsEverything = builder.listsEverything;
    this.tools = Map.of();
    builder.tools.forEach(this::add);
  }

  /** Begins a server with the name that it tells its clients. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Adds a tool at the end.
   *
   * @throws IllegalArgumentException if there is one of the same name
   */
  public synchronized void add(Tool tool) {
    Map<String, Tool> next = new LinkedHashMap<>(tools);
    if (next.putIfAbsent(tool.name(), tool) != null) {
      throw new IllegalArgumentException("there is already a tool named " + tool.name());
    }
    tools = Collections.unmodifiableMap(next);
  }

  /** Removes the tool; whether there was one. */
  public synchronized boolean remove(String tool) {
    Map<String, Tool> next = new LinkedHashMap<>(tools);
    boolean removed = next.remove(tool) != null;
    tools = Collections.unmodifiableMap(next);
    return removed;
  }

  /** Every scope that any of the tools needs, in alphabetical order. */
  public Set<String> scopes() {
    Set<String> scopes = new TreeSet<>();
    tools.values().forEach(tool -> scopes.addAll(tool.scopes()));
    return scopes;
  }

  /** The tools as they are now; the list does not change later. */
  public List<Tool> tools() {
    return List.copyOf(tools.values());
  }

  /** The tool, or null. */
  Tool tool(String named) {
    return tools.get(named);
  }

  /** Whether the capability is there. A server with no tools yet still has the list of them. */
  boolean offers(String capability) {
    return capability.equals("tools");
  }

  /** Whether lists show also what the token may not use. */
  boolean listsEverything() {
    return listsEverything;
  }

  /** How many entries a page of a list has. */
  int pageSize() {
    return pageSize;
  }

  /** What a model should know about the server as a whole, or null. */
  public String instructions() {
    return instructions;
  }

  /** The {@code Implementation} object by which the server names itself. */
  public JsonObject info(Revision revision) {
    JsonObject info = new JsonObject().add("name", name).add("version", version);
    if (title != null && revision.titles()) {
      info.add("title", title);
    }
    return info;
  }

  /** Collects what a server is made of. */
  public static final class Builder {
    /** Enough for every server we know to answer in one page, and a page stays under 100 KB. */
    private static final int PAGE_SIZE = 100;

    private final String name;
    private String title;
    private String version = "0";
    private String instructions;
    private int pageSize = PAGE_SIZE;
    private boolean listsEverything;
    private final List<Tool> tools = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** The name for people. */
    public Builder title(String text) {
      title = text;
      return this;
    }

    /** The version of the server, for display. */
    public Builder version(String text) {
      version = text;
      return this;
    }

    /** What a model should know about the server as a whole. */
    public Builder instructions(String text) {
      instructions = text;
      return this;
    }

    /** One more tool. */
    public Builder tool(Tool tool) {
      tools.add(tool);
      return this;
    }

    /** More tools. */
    public Builder tools(List<Tool> more) {
      tools.addAll(more);
      return this;
    }

    /** How many entries a page of a list has. */
    public Builder pageSize(int entries) {
      if (entries < 1) {
        throw new IllegalArgumentException("a page has at least one entry");
      }
      pageSize = entries;
      return this;
    }

    /**
     * Lists show also what the token may not use, so that a client can learn what more it could ask
     * for. The list is then the same for everybody.
     */
    public Builder listEverything() {
      listsEverything = true;
      return this;
    }

    /** The server. */
    public McpServer build() {
      return new McpServer(this);
    }
  }
}
