package gatehouse.http;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;

/**
 * A document that is the same for everybody until the next start: its bytes and headers are made
 * once.
 *
 * <p>With an entity tag (RFC 9110 §8.8.3), so that a client that has it already is answered 304 and
 * nothing more.
 */
public final class Document implements Handler {
  private final Response whole;
  private final Response unchanged;
  private final String tag;

  /**
   * A document.
   *
   * @param cacheControl how long it may be kept, in the words of RFC 9111 §5.2.2
   */
  public Document(String contentType, byte[] body, String cacheControl) {
    tag = "\"" + Encoding.base64url(Secrets.sha256(body)) + "\"";
    whole = Response.bytes(200, contentType, body)
        .with("Cache-Control", cacheControl).with("ETag", tag);
    unchanged = Response.empty(304).with("Cache-Control", cacheControl).with("ETag", tag);
  }

  @Override
  public Response handle(Request request) {
    String known = request.header("If-None-Match");
    return known != null && known.contains(tag) ? unchanged : whole;
  }
}
