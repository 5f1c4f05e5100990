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
 * @param accepts what the client is willing to read
 */
public record Exchange(Revision revision, Method method, JsonRpc message, RequestMeta meta,
    RequestHeaders headers, Accepts accepts, Access access) {

  /**
   * A request within a session.
   *
   * @param capabilities what the client declared when the session began
   * @param logLevel what the client set in the session, or null
   */
  public static Exchange inSession(Method method, Revision revision, JsonRpc message,
      JsonObject capabilities, LogLevel logLevel, Accepts accepts, Access access) {
    return new Exchange(revision, method, message,
        RequestMeta.legacy(message.params(), capabilities, logLevel), null, accepts, access);
  }

  /** The parameters; an empty object if there were none. */
  Fields params() {
    return message.params();
  }

  /** Whether the client wants to hear something before the result. */
  boolean wantsNotices() {
    return meta.progressToken() != null || meta.logLevel() != null;
  }

  /** Whether the client can do it. */
  boolean supports(ClientFeature feature) {
    return feature.isIn(meta.capabilities(), revision);
  }

  /** Refuses the request if the client cannot do it. */
  void need(ClientFeature feature) {
    if (!supports(feature)) {
      throw revision.isModern() ? JsonRpcError.missingCapability(feature.declaration())
          : JsonRpcError.missingInSession(feature.declaration());
    }
  }
}
