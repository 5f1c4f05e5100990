package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an MCP server is made of: its name, and its tools, resources, prompts and skills in the
 * order in which they were given.
 *
 * <p>They may be added and removed while it runs; whoever has subscribed is told ("List Changed
 * Notification" of each). Safe for use by many threads.
 *
 * <p>It speaks no protocol; that is {@link McpEndpoint}.
 */
public final class McpServer implements AutoCloseable {
  private final String name;
  private final String title;
  private final String version;
  private final String instructions;
  private final int pageSize;
  private final boolean listsEverything;
  private final Duration handlerTimeout;
  private final Catalog catalog = new Catalog();
  private final Changes changes = new Changes();

  private McpServer(Builder builder) {
    this.name = builder.name;
    this.title = builder.title;
    this.version = builder.version;
    this.instructions = builder.instructions;
    this.pageSize = builder.pageSize;
    this.listsEverything = builder.listsEverything;
    this.handlerTimeout = builder.handlerTimeout;
    builder.tools.forEach(this::add);
    builder.resources.forEach(this::add);
    builder.prompts.forEach(this::add);
    builder.skills.forEach(this::add);
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
  public void add(Tool tool) {
    catalog.tools.add(tool.name(), tool);
    toolsChanged();
  }

  /**
   * Adds a resource or a template at the end.
   *
   * @throws IllegalArgumentException if there is one of the same URI
   */
  public void add(Resource resource) {
    catalog.resources.add(resource.uri(), resource);
    resourcesChanged();
  }

  /**
   * Adds a prompt at the end.
   *
   * @throws IllegalArgumentException if there is one of the same name
   */
  public void add(Prompt prompt) {
    catalog.prompts.add(prompt.name(), prompt);
    promptsChanged();
  }

  /**
   * Adds a skill at the end, with its files as resources.
   *
   * @throws IllegalArgumentException if there is one of the same name
   */
  public void add(Skill skill) {
    catalog.skills.add(skill.uri(), skill);
    resourcesChanged();
  }

  /** Removes the tool; whether there was one. */
  public boolean remove(String tool) {
    boolean removed = catalog.tools.remove(tool) != null;
    toolsChanged();
    return removed;
  }

  /** Removes the resource or template; whether there was one. */
  public boolean removeResource(String uri) {
    boolean removed = catalog.resources.remove(uri) != null;
    resourcesChanged();
    return removed;
  }

  /** Removes the prompt; whether there was one. */
  public boolean removePrompt(String prompt) {
    boolean removed = catalog.prompts.remove(prompt) != null;
    promptsChanged();
    return removed;
  }

  /** Removes the skill; whether there was one. */
  public boolean removeSkill(String uri) {
    boolean removed = catalog.skills.remove(uri) != null;
    resourcesChanged();
    return removed;
  }

  /** Tells subscribers that the list of tools is not what it was. */
  public void toolsChanged() {
    changes.tell(Change.of(Change.Kind.TOOLS));
  }

  /** Tells subscribers that the list of resources is not what it was. */
  public void resourcesChanged() {
    changes.tell(Change.of(Change.Kind.RESOURCES));
  }

  /** Tells subscribers that the list of prompts is not what it was. */
  public void promptsChanged() {
    changes.tell(Change.of(Change.Kind.PROMPTS));
  }

  /** Tells those who watch the resource that reading it again is worth while. */
  public void resourceUpdated(String uri) {
    changes.tell(new Change(Change.Kind.RESOURCE, uri));
  }

  /** Ends every subscription with a last message, and every task. Call it before HTTP stops. */
  @Override
  public void close() {
    changes.tell(Change.of(Change.Kind.CLOSING));
  }

  /** Every scope that anything here needs, in alphabetical order. */
  public Set<String> scopes() {
    return catalog.scopes();
  }

  /** The tools as they are now; the list does not change later. */
  public List<Tool> tools() {
    return catalog.tools.all();
  }

  Catalog catalog() {
    return catalog;
  }

  /** What happens while it runs. */
  public Changes changes() {
    return changes;
  }

  /** Whether lists show also what the token may not use. */
  boolean listsEverything() {
    return listsEverything;
  }

  /** How many entries a page of a list has. */
  int pageSize() {
    return pageSize;
  }

  /** How long a handler may take. */
  Duration handlerTimeout() {
    return handlerTimeout;
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

    /** Longer than any client that we know waits; what takes longer should be a task. */
    private static final Duration HANDLER_TIMEOUT = Duration.ofMinutes(5);

    private final String name;
    private String title;
    private String version = "0";
    private String instructions;
    private int pageSize = PAGE_SIZE;
    private Duration handlerTimeout = HANDLER_TIMEOUT;
    private boolean listsEverything;
    private final List<Tool> tools = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<Skill> skills = new ArrayList<>();

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

    /** One more resource or template. */
    public Builder resource(Resource resource) {
      resources.add(resource);
      return this;
    }

    /** One more prompt. */
    public Builder prompt(Prompt prompt) {
      prompts.add(prompt);
      return this;
    }

    /** One more skill. */
    public Builder skill(Skill skill) {
      skills.add(skill);
      return this;
    }

    /** Changes which scopes tools need, by their names; refuses a name that no tool has. */
    public Builder toolScopes(Map<String, Set<String>> scopes) {
      scopes.forEach((tool, needed) -> {
        if (tools.stream().noneMatch(known -> known.name().equals(tool))) {
          throw new IllegalArgumentException("there is no tool " + tool);
        }
        tools.replaceAll(known -> known.name().equals(tool) ? known.withScopes(needed) : known);
      });
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

    /** How long a handler may work, not counting the time in which it waits for an answer. */
    public Builder handlerTimeout(Duration limit) {
      handlerTimeout = limit;
      return this;
    }

    /** Lists show also what the token may not use, so that a client learns what it could ask for. */
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
