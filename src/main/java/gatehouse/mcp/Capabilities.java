package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * What there is to say about a capability beyond that it is there.
 *
 * <p>{@code ServerCapabilities} of the schema, the same in every revision. Everything here can be
 * subscribed to, in a session and without one.
 */
final class Capabilities {

  private Capabilities() {
  }

  static JsonObject details(String capability) {
    JsonObject details = new JsonObject();
    switch (capability) {
      case "tools", "prompts" -> details.add("listChanged", true);
      case "resources" -> details.add("subscribe", true).add("listChanged", true);
      case Skills.EXTENSION -> details.add("directoryRead", true);
      default -> { }
    }
    return details;
  }
}
