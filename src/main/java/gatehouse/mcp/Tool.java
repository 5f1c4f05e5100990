package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.Set;

/**
 * A function that a model may call: a name, schemas of what goes in and comes out, and the code.
 *
 * <p>2026-07-28, "Tools": names have 1 to 128 characters of {@code A–Z a–z 0–9 _ . -} (SEP-986),
 * the input schema is an object's, {@code x-mcp-header} follows its rules. All of that is checked
 * when the tool is built, so that a mistake fails at start and not in some client.
 *
 * <p>Immutable. It does not say who may call it beyond the scopes it needs; what a caller may see
 * is decided by the handler from {@link Call#access()}.
 */
public final class Tool extends Offer {
  private static final int MAX_NAME = 128;

  private final JsonSchema input;
  private final JsonSchema output;
  private final ParamHeaders headers;
  private final JsonObject annotations;
  private final boolean tasks;
  private final Handler handler;

  /** The code of a tool. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Does the work. The arguments were checked against the input schema.
     *
     * @throws Exception if it fails: the caller learns only that, and a reference to the log. What
     *     a model should read about a failure is a {@link ToolResult#error}.
     */
    ToolResult handle(Call call) throws Exception;
  }

  private Tool(Builder builder) {
    super(builder);
    this.input = builder.input;
    this.output = builder.output;
    this.headers = ParamHeaders.of(builder.input.json());
    this.annotations = new JsonObject(builder.annotations);
    this.tasks = builder.tasks;
    this.handler = builder.handler;
  }

  private Tool(Tool other, Set<String> scopes) {
    super(other, scopes);
    this.input = other.input;
    this.output = other.output;
    this.headers = other.headers;
    this.annotations = other.annotations;
    this.tasks = other.tasks;
    this.handler = other.handler;
  }

  /** The same tool for tokens with these scopes, instead of those it was built with. */
  public Tool withScopes(Set<String> scopes) {
    return new Tool(this, scopes);
  }

  /**
   * Begins a tool.
   *
   * @throws IllegalArgumentException if the name is not one that every client can use
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  JsonSchema input() {
    return input;
  }

  /** What structured results conform to, or null. */
  JsonSchema output() {
    return output;
  }

  /** The arguments that modern clients repeat in headers. */
  ParamHeaders headers() {
    return headers;
  }

  /** Whether a call may go on as a task. */
  boolean tasks() {
    return tasks;
  }

  /** Whether it says of itself that it changes nothing. */
  public boolean isReadOnly() {
    return annotations.getBoolean("readOnlyHint", false);
  }

  /** Hints for the client's user interface; empty if none were given. */
  JsonObject annotations() {
    return annotations;
  }

  Handler handler() {
    return handler;
  }

  /** Collects what a tool is made of. */
  public static final class Builder extends Offer.Builder<Builder> {
    private static final JsonSchema NO_ARGUMENTS =
        JsonSchema.of("{\"type\":\"object\",\"additionalProperties\":false}");

    private final String name;
    private JsonSchema input = NO_ARGUMENTS;
    private JsonSchema output;
    private final JsonObject annotations = new JsonObject();
    private boolean tasks;
    private Handler handler;

    private Builder(String name) {
      super(name);
      description("");
      boolean usable = !name.isEmpty() && name.length() <= MAX_NAME;
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        usable &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == '.' || c == '-';
      }
      if (!usable) {
        throw new IllegalArgumentException("a tool's name has 1 to 128 of A-Z a-z 0-9 _ . -");
      }
      this.name = name;
    }

    @Override
    Builder self() {
      return this;
    }

    /** The schema of the arguments; without one, the tool takes none. */
    public Builder input(JsonObject schema) {
      return input(schema.toString());
    }

    /** The schema of the arguments, as JSON text. */
    public Builder input(String schema) {
      JsonSchema read = JsonSchema.of(schema);
      if (!"object".equals(Fields.of(read.json()).text("type"))) {
        throw new IllegalArgumentException("an input schema has \"type\":\"object\" at its root");
      }
      input = read;
      return this;
    }

    /** The schema of structured results. */
    public Builder output(JsonObject schema) {
      return output(schema.toString());
    }

    /** The schema of structured results, as JSON text. */
    public Builder output(String schema) {
      output = JsonSchema.of(schema);
      return this;
    }

    /** Hint: it changes nothing. */
    public Builder readOnly() {
      annotations.set("readOnlyHint", true);
      return this;
    }

    /** Hint: whether it may remove or overwrite something. Clients assume so. */
    public Builder destructive(boolean yes) {
      annotations.set("destructiveHint", yes);
      return this;
    }

    /** Hint: calling it twice does no more than calling it once. */
    public Builder idempotent() {
      annotations.set("idempotentHint", true);
      return this;
    }

    /** Hint: whether it deals with things outside of this server. Clients assume so. */
    public Builder openWorld(boolean yes) {
      annotations.set("openWorldHint", yes);
      return this;
    }

    /** The handler may go on {@linkplain Call#later later}, as a task, and ask meanwhile. */
    public Builder tasks() {
      tasks = true;
      return asks();
    }

    /** The code. */
    public Builder handler(Handler code) {
      handler = code;
      return this;
    }

    /**
     * The tool.
     *
     * @throws IllegalArgumentException if it has no handler, or misuses {@code x-mcp-header}
     */
    public Tool build() {
      if (handler == null) {
        throw new IllegalArgumentException("the tool " + name + " has no handler");
      }
      return new Tool(this);
    }
  }
}
