package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * That something is not as it was: what subscribers are told.
 *
 * <p>{@code notifications/…/list_changed} and {@code notifications/resources/updated} say no more
 * than that; the one who hears it asks again, with its own rights.
 *
 * @param subject the URI of a resource, the id of a task, or null for whole lists
 */
public record Change(Kind kind, String subject) {

  /** What changed. */
  public enum Kind {
    TOOLS("notifications/tools/list_changed"),
    PROMPTS("notifications/prompts/list_changed"),
    RESOURCES("notifications/resources/list_changed"),
    RESOURCE("notifications/resources/updated"),
    TASK("notifications/tasks"),
    /** The server stops. */
    CLOSING(null);

    private final String method;

    Kind(String method) {
      this.method = method;
    }

    /** The notification that tells it, or null. */
    public String method() {
      return method;
    }
  }

  static Change of(Kind kind) {
    return new Change(kind, null);
  }

  /** The parameters of the notification. */
  public JsonObject params() {
    return kind == Kind.RESOURCE ? new JsonObject().add("uri", subject) : new JsonObject();
  }
}
