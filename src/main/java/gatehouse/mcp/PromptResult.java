package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a prompt, in their order ("Prompts", PromptMessage).
 *
 * <p>Immutable; every method gives a new one.
 */
public final class PromptResult {
  private record Message(String role, Content content) {
  }

  private final String description;
  private final List<Message> messages;

  private PromptResult(String description, List<Message> messages) {
    this.description = description;
    this.messages = messages;
  }

  /** Begins with something that the user says. */
  public static PromptResult user(String text) {
    return user(Content.text(text));
  }

  /** Begins with something that the user says or shows. */
  public static PromptResult user(Content content) {
    return new PromptResult(null, List.of()).andUser(content);
  }

  /** Begins with something that the model is supposed to have said. */
  public static PromptResult assistant(String text) {
    return new PromptResult(null, List.of()).andAssistant(Content.text(text));
  }

  /** Goes on with something that the user says. */
  public PromptResult andUser(String text) {
    return andUser(Content.text(text));
  }

  /** Goes on with something that the user says or shows. */
  public PromptResult andUser(Content content) {
    return with(new Message("user", content));
  }

  /** Goes on with something that the model is supposed to have said. */
  public PromptResult andAssistant(String text) {
    return andAssistant(Content.text(text));
  }

  /** Goes on with something that the model is supposed to have said or shown. */
  public PromptResult andAssistant(Content content) {
    return with(new Message("assistant", content));
  }

  /** The same with a description of its own. */
  public PromptResult describedAs(String text) {
    return new PromptResult(text, messages);
  }

  private PromptResult with(Message message) {
    List<Message> more = new ArrayList<>(messages);
    more.add(message);
    return new PromptResult(description, more);
  }

  JsonObject json(Revision revision) {
    JsonObject json = new JsonObject();
    if (description != null) {
      json.add("description", description);
    }
    JsonArray array = new JsonArray();
    for (Message message : messages) {
      array.add(new JsonObject().add("role", message.role())
          .add("content", message.content().json(revision)));
    }
    return json.add("messages", array);
  }
}
