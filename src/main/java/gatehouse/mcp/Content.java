package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.util.Base64;

/**
 * A block of what a tool or a prompt says: text, image, sound, or a resource.
 *
 * <p>"Tool Result" in every revision; bytes travel in base64 of RFC 4648 §4, with padding. Blocks
 * are not altered on their way, except for one that an older client would not know.
 */
public final class Content {
  private final JsonObject json;

  private Content(JsonObject json) {
    this.json = json;
  }

  /** A text. */
  public static Content text(String text) {
    return new Content(block("text").add("text", text));
  }

  /** A picture. */
  public static Content image(byte[] bytes, String mimeType) {
    return bytes("image", bytes, mimeType);
  }

  /** A sound. */
  public static Content audio(byte[] bytes, String mimeType) {
    return bytes("audio", bytes, mimeType);
  }

  /** A resource that is a text, included as a whole. */
  public static Content resource(String uri, String mimeType, String text) {
    return new Content(block("resource").add("resource", new JsonObject()
        .add("uri", uri).add("mimeType", mimeType).add("text", text)));
  }

  /** A resource of bytes, included as a whole. */
  public static Content blob(String uri, String mimeType, byte[] bytes) {
    return new Content(block("resource").add("resource", new JsonObject()
        .add("uri", uri).add("mimeType", mimeType).add("blob", base64(bytes))));
  }

  /** A resource to be read later, by its URI. */
  public static Content link(String uri, String name) {
    return new Content(block("resource_link").add("uri", uri).add("name", name));
  }

  /** The block as that revision knows it: unknown members are harmless, unknown types are not. */
  JsonObject json(Revision revision) {
    if (!revision.resourceLinks() && json.getString("type", "").equals("resource_link")) {
      return text(json.getString("name", "") + ": " + json.getString("uri", "")).json;
    }
    return json;
  }

  private static Content bytes(String type, byte[] bytes, String mimeType) {
    return new Content(block(type).add("data", base64(bytes)).add("mimeType", mimeType));
  }

  private static JsonObject block(String type) {
    return new JsonObject().add("type", type);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
