package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text for a model that the user picks, with blanks to fill in.
 *
 * <p>"Prompts" in every revision: arguments are strings, and come from whoever fills them in, so
 * what a handler puts into the messages may try to instruct the model.
 *
 * <p>Immutable. It does not say who may use it beyond the scopes it needs.
 */
public final class Prompt extends Offer {

  /** The code of a prompt. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Writes the messages. Required arguments are there, all of them are strings.
     *
     * @throws Exception if it fails: the caller learns only that, and a reference to the log
     */
    PromptResult handle(Call call) throws Exception;
  }

  /** A blank to fill in. */
  record Argument(String name, String description, boolean required) {
    JsonObject json() {
      JsonObject json = new JsonObject().add("name", name);
      if (description != null) {
        json.add("description", description);
      }
      return json.add("required", required);
    }
  }

  private final Map<String, Argument> arguments;
  private final Map<String, Completer> completers;
  private final Handler handler;

  private Prompt(Builder builder) {
    super(builder);
    this.arguments = builder.arguments;
    this.completers = builder.completers;
    this.handler = builder.handler;
  }

  /** Begins a prompt. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  Map<String, Argument> arguments() {
    return arguments;
  }

  Map<String, Completer> completers() {
    return completers;
  }

  Handler handler() {
    return handler;
  }

  /** An entry of {@code prompts/list}. */
  JsonObject json(Revision revision) {
    JsonObject json = entry(new JsonObject(), revision);
    JsonArray blanks = new JsonArray();
    arguments.values().forEach(argument -> blanks.add(argument.json()));
    return blanks.isEmpty() ? json : json.add("arguments", blanks);
  }

  /** Collects what a prompt is made of. */
  public static final class Builder extends Offer.Builder<Builder> {
    private final String name;
    private final Map<String, Argument> arguments = new LinkedHashMap<>();
    private final Map<String, Completer> completers = new LinkedHashMap<>();
    private Handler handler;

    private Builder(String name) {
      super(name);
      this.name = name;
    }

    @Override
    Builder self() {
      return this;
    }

    /** One more blank. */
    public Builder argument(String argument, String description, boolean required) {
      arguments.put(argument, new Argument(argument, description, required));
      return this;
    }

    /** Proposes values for an argument. */
    public Builder complete(String argument, Completer completer) {
      completers.put(argument, completer);
      return this;
    }

    /** The code. */
    public Builder handler(Handler code) {
      handler = code;
      return this;
    }

    /**
     * The prompt.
     *
     * @throws IllegalArgumentException if it has no handler, or completes what is no argument
     */
    public Prompt build() {
      if (handler == null || !arguments.keySet().containsAll(completers.keySet())) {
        throw new IllegalArgumentException("the prompt " + name
            + " has no handler, or completes an argument that it does not have");
      }
      return new Prompt(this);
    }
  }
}
