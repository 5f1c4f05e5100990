package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What was read: texts, or bytes in base64 of RFC 4648 §4; or that there is nothing.
 *
 * <p>"Reading Resources". Contents without a URI or media type of their own have those of the
 * request and of the resource. Immutable.
 */
public final class ResourceResult {
  private record Part(String uri, String mimeType, String member, String value) {
  }

  private static final ResourceResult NOT_FOUND = new ResourceResult(List.of());

  private final List<Part> parts;

  private ResourceResult(List<Part> parts) {
    this.parts = parts;
  }

  /** A text. */
  public static ResourceResult text(String text) {
    return new ResourceResult(List.of(new Part(null, null, "text", text)));
  }

  /** Bytes. */
  public static ResourceResult bytes(byte[] bytes) {
    return new ResourceResult(List.of(
        new Part(null, null, "blob", Base64.getEncoder().encodeToString(bytes))));
  }

  /** There is nothing at this URI, or nothing that this caller may know of. */
  public static ResourceResult notFound() {
    return NOT_FOUND;
  }

  /** The same and one more text, as of a folder whose files are read together. */
  public ResourceResult and(String uri, String mimeType, String text) {
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(uri, mimeType, "text", text));
    return new ResourceResult(more);
  }

  /** SEP-2164: never an empty array for what is not there. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  JsonArray json(String uri, String mimeType) {
    JsonArray contents = new JsonArray();
    for (Part part : parts) {
      JsonObject json = new JsonObject().add("uri", part.uri() == null ? uri : part.uri());
      String type = part.uri() == null ? mimeType : part.mimeType();
      if (type != null) {
        json.add("mimeType", type);
      }
      contents.add(json.add(part.member(), part.value()));
    }
    return contents;
  }
}
