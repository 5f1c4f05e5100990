package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * What came back for an {@link Ask}.
 *
 * <p>{@code ElicitResult}, {@code CreateMessageResult} and {@code ListRootsResult}. It comes from
 * the client, so it is checked for its shape and, if it is a form, against the schema that was
 * asked for; beyond that it is no more to be believed than an argument. Roots in particular are
 * claims about another computer's files.
 */
public final class Answer {

  /** What the user did with the question. */
  public enum Action { ACCEPT, DECLINE, CANCEL }

  /** A folder that the user is working in. */
  public record Root(String uri, String name) {
  }

  private final Action action;
  private final JsonObject json;

  private Answer(Action action, JsonObject json) {
    this.action = action;
    this.json = json;
  }

  /** The answer, or null if the value does not fit the question. */
  public static Answer of(Ask ask, JsonValue value) {
    if (!value.isObject()) {
      return null;
    }
    JsonObject json = value.asObject();
    Fields fields = Fields.of(json);
    try {
      return switch (ask.feature()) {
        case FORM, URL -> elicited(ask, fields);
        case SAMPLING, SAMPLING_TOOLS -> fields.has("role") && fields.has("content")
            ? new Answer(Action.ACCEPT, json) : null;
        default -> areFiles(fields) ? new Answer(Action.ACCEPT, json) : null;
      };
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  /** Nobody answered. */
  public static Answer none() {
    return new Answer(Action.CANCEL, new JsonObject());
  }

  private static Answer elicited(Ask ask, Fields fields) {
    for (Action action : Action.values()) {
      if (action.name().equalsIgnoreCase(fields.text("action"))) {
        boolean form = action == Action.ACCEPT && ask.schema() != null;
        Fields content = fields.object("content");
        return !form || content != null && ask.schema().problems(content.json()).isEmpty()
            ? new Answer(action, fields.json()) : null;
      }
    }
    return null;
  }

  private static boolean areFiles(Fields fields) {
    // "Roots": the scheme is file in all revisions so far.
    return fields.array("roots") != null && fields.objects("roots").stream()
        .allMatch(root -> root.needText("uri").startsWith("file://"));
  }

  /** What the user did; for sampling and roots, whether there is an answer at all. */
  public Action action() {
    return action;
  }

  /** Whether the user, or the client, did what was asked. */
  public boolean accepted() {
    return action == Action.ACCEPT;
  }

  /** What was filled in; empty unless a form was accepted. */
  public Fields content() {
    Fields content = accepted() && json.get("action") != null
        ? Fields.of(json).object("content") : null;
    return content == null ? Fields.of(new JsonObject()) : content;
  }

  /** The first text that the model wrote; empty if it wrote none. */
  public String text() {
    JsonValue content = json.get("content");
    if (content == null) {
      return "";
    }
    Iterable<JsonValue> blocks = content.isArray() ? content.asArray() : List.of(content);
    for (JsonValue block : blocks) {
      JsonValue text = block.isObject() ? block.asObject().get("text") : null;
      if (text != null && text.isString()) {
        return text.asString();
      }
    }
    return "";
  }

  /** The folders; empty if the question was another one. */
  public List<Root> roots() {
    List<Root> roots = new ArrayList<>();
    if (json.get("roots") != null) {
      Fields.of(json).objects("roots")
          .forEach(root -> roots.add(new Root(root.needText("uri"), root.text("name"))));
    }
    return roots;
  }

  /** Everything, as it was sent. */
  public JsonObject json() {
    return json;
  }
}
