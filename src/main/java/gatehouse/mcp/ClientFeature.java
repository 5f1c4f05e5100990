package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;

/**
 * Something that a client may be able to do for a server, as it declares it.
 *
 * <p>{@code ClientCapabilities} of every revision, and the extension negotiation of SEP-2133. A
 * modern request declares for itself, a session once for all of its requests. A feature that the
 * revision does not know does not count, whatever was declared.
 */
public enum ClientFeature {
  /** Shows a form to the user. */
  FORM("elicitation", "form", Revision.V2025_06_18),
  /** Sends the user to a web page. */
  URL("elicitation", "url", Revision.V2025_11_25),
  /** Has a model write something. */
  SAMPLING("sampling", null, Revision.V2025_03_26),
  /** Lets the model use tools while it does. */
  SAMPLING_TOOLS("sampling", "tools", Revision.V2025_11_25),
  /** Tells the folders that the user is working in. */
  ROOTS("roots", null, Revision.V2025_03_26),
  /** Comes back for results that take long (SEP-2663). */
  TASKS("extensions", Tasks.EXTENSION, Revision.V2026_07_28);

  private final String capability;
  private final String member;
  private final Revision since;

  ClientFeature(String capability, String member, Revision since) {
    this.capability = capability;
    this.member = member;
    this.since = since;
  }

  /** Whether a client of that revision has it. */
  boolean isIn(JsonObject capabilities, Revision revision) {
    JsonValue declared = capabilities.get(capability);
    if (declared == null || !declared.isObject() || revision.compareTo(since) < 0) {
      return false;
    }
    JsonObject details = declared.asObject();
    if (this == FORM) {
      // "Elicitation", Capabilities: an empty object means forms alone.
      return details.get("form") != null || details.get("url") == null;
    }
    return member == null || details.get(member) != null && details.get(member).isObject();
  }

  /** The declaration that is missing, for an error's {@code requiredCapabilities}. */
  JsonObject declaration() {
    JsonObject details = new JsonObject();
    if (member != null) {
      details.add(member, new JsonObject());
    }
    return new JsonObject().add(capability, details);
  }
}
