package gatehouse.mcp;

import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;

/**
 * The checks that a message of 2026-07-28 passes before anything is done for it, in their order.
 *
 * <p>Streamable HTTP, "Server Validation", and basic, "Per-request protocol fields". The order
 * matters to clients, since a request with two faults has to get the same answer from every
 * server: envelope, headers that contradict, version, headers that are missing, method.
 *
 * <p>What only a method knows ({@code Mcp-Param-*}, scopes, parameters) comes after this, in the
 * method's own preparation.
 */
final class Admission {
  private final Operations operations;

  Admission(Operations operations) {
    this.operations = operations;
  }

  /** Lets a request in, or throws what is wrong with it first. */
  Exchange admit(JsonRpc message, RequestHeaders headers, Accepts accepts, Access access) {
    RequestMeta meta = RequestMeta.modern(message.params());
    String claimed = message.params().object("_meta").text(RequestMeta.VERSION);
    Revision revision = agreed(claimed, message, headers);

    headers.mustBePresent(RequestHeaders.VERSION);
    headers.mustBePresent(RequestHeaders.METHOD);
    Method method = operations.find(message.method(), revision);
    if (method != null && method.nameSource() != null) {
      sameName(message, headers, method.nameSource());
    }
    if (method == null) {
      throw JsonRpcError.modernMethodNotFound();
    }
    return new Exchange(revision, method, message, meta, headers, accepts, access);
  }

  /** Lets a notification in. Which headers it needs is left open by the specification. */
  void admitNotification(JsonRpc message, JsonValue claim, RequestHeaders headers) {
    if (claim == null) {
      return;
    }
    if (!claim.isString()) {
      throw JsonRpcError.envelope("'" + RequestMeta.VERSION + "' must be a string");
    }
    agreed(claim.asString(), message, headers);
  }

  /** Headers that contradict come before the version: a proxy saw another one than we do. */
  private static Revision agreed(String claimed, JsonRpc message, RequestHeaders headers) {
    headers.mustNotDiffer(RequestHeaders.VERSION, claimed);
    headers.mustNotDiffer(RequestHeaders.METHOD, message.method());
    Revision revision = Revision.of(claimed);
    if (revision == null || !revision.isModern()) {
      throw JsonRpcError.unsupportedVersion(claimed);
    }
    return revision;
  }

  /** Other methods may carry the header too, where it means nothing (MCP-14). */
  private static void sameName(JsonRpc message, RequestHeaders headers, String source) {
    headers.mustBePresent(RequestHeaders.NAME);
    JsonValue named = message.params().value(source);
    // Without a string in the body the method will refuse the parameters, and say so better.
    String decoded = headers.decoded(RequestHeaders.NAME);
    if (named != null && named.isString() && !named.asString().equals(decoded)) {
      throw JsonRpcError.headerMismatch(RequestHeaders.NAME, "differs from the body");
    }
  }
}
