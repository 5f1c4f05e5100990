package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonValue;

/**
 * The two ways of speaking MCP over one URL, and how to tell them apart.
 *
 * <p>2026-07-28, "Versioning": a modern request says its version in the body, an older client opens
 * a session with {@code initialize}. The body decides; the header decides only where the body has
 * nothing to say. Refusals on the older side must not use the codes -32020 to -32022, by which a
 * client that speaks both would take us for a modern server that it had merely misaddressed.
 *
 * <p>Nothing of one era reaches the other: what a session knows is never used for a modern request.
 */
enum Era {
  MODERN, LEGACY;

  /**
   * Tells the era of one message or of an array of them.
   *
   * @param body what was posted
   * @param header the version header, or null
   * @throws JsonRpcError if it belongs to neither
   */
  static Era of(JsonValue body, String header) {
    Revision named = Revision.of(header);
    boolean modernHeader = named != null && named.isModern();
    if (body.isArray()) {
      return ofArray(body.asArray(), modernHeader, header);
    }
    JsonRpc message = JsonRpc.of(body);
    boolean initialize = "initialize".equals(message.method());
    JsonValue claim = RequestMeta.claim(body);
    // ERA-01: a claim makes it modern, also a wrong one, which then gets a modern refusal. Only
    // initialize needs a claim that holds, because it is how an older client begins (ERA-04).
    if (claim != null && (!initialize || namesModern(claim))) {
      return MODERN;
    }
    if (modernHeader) {
      if (message.kind() == JsonRpc.Kind.ANSWER) {
        // Streamable HTTP, "Sending Messages" 4: we never ask, so there is nothing to answer.
        throw JsonRpcError.invalidRequest("this version takes no answers");
      }
      if (initialize) {
        throw JsonRpcError.headerMismatch(RequestHeaders.VERSION, "names a version without it");
      }
      if (message.isRequest()) {
        // ERA-02: the header alone is not enough, and guessing would be legacy handling.
        throw JsonRpcError.envelope("_meta must have '" + RequestMeta.VERSION + "'");
      }
      return MODERN;
    }
    return legacy(header);
  }

  /** The era of a request without a body. */
  static Era ofHeader(String header) {
    Revision named = Revision.of(header);
    return named != null && named.isModern() ? MODERN : legacy(header);
  }

  private static Era ofArray(JsonArray array, boolean modernHeader, String header) {
    if (array.isEmpty()) {
      throw JsonRpcError.invalidRequest("an empty array");
    }
    for (JsonValue element : array) {
      if (modernHeader || RequestMeta.claim(element) != null) {
        throw JsonRpcError.invalidRequest("this version takes one message at a time");
      }
    }
    return legacy(header);
  }

  /** ERA-03: 2025-03-26 had no header, so none is fine; an unknown one is not. */
  private static Era legacy(String header) {
    if (header != null && Revision.of(header) == null) {
      throw JsonRpcError.invalidRequest("MCP-Protocol-Version names a version not served here");
    }
    return LEGACY;
  }

  private static boolean namesModern(JsonValue claim) {
    Revision revision = claim.isString() ? Revision.of(claim.asString()) : null;
    return revision != null && revision.isModern();
  }
}
