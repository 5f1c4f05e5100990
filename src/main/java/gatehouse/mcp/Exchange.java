package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.json.Fields;

/**
 * One admitted request: what handlers get, the same for every revision.
 *
 * <p>It holds everything that may be known about the request, and nothing of any other: 2026-07-28
 * is stateless, and what a session knows was copied in when the request arrived.
 *
 * @param headers of a modern request; null for an older one, which does not repeat its body there
 */
public record Exchange(Revision revision, Method method, JsonRpc message, RequestMeta meta,
    RequestHeaders headers, Access access) {

  /**
   * A request within a session.
   *
   * @param capabilities what the client declared when the session began
   */
  public static Exchange inSession(Method method, Revision revision, JsonRpc message,
      JsonObject capabilities, Access access) {
    return new Exchange(revision, method, message,
        RequestMeta.legacy(message.params(), capabilities), null, access);
  }

  /** The parameters; an empty object if there were none. */
  Fields params() {
    return message.params();
  }
}
