package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * That a handler ends here, and the request is answered with something else than its result: a
 * question, or a task.
 *
 * <p>An error and not an exception, so that a handler's {@code catch (Exception e)} lets it pass.
 */
final class Detour extends Error {
  private static final long serialVersionUID = 1L;

  private final transient JsonObject result;

  Detour(JsonObject result) {
    super("a handler was left on purpose", null, false, false);
    this.result = result;
  }

  /** What to answer. */
  JsonObject result() {
    return result;
  }
}
