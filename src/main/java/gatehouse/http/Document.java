package gatehouse.http;

import java.util.function.Supplier;

/**
 * A document that is the same for everybody until the next start: its bytes and headers are made
 * once.
 *
 * <p>With an entity tag (RFC 9110 §8.8.3), so that a client that has it already is answered 304 and
 * nothing more.
 */
public final class Document implements Handler {
  private final String contentType;
  private final Supplier<byte[]> body;
  private final String cacheControl;
  private volatile Answers answers;

  private record Answers(Response whole, Response unchanged, String tag) {
  }

  /**
   * A document.
   *
   * @param cacheControl how long it may be kept, in the words of RFC 9111 §5.2.2
   */
  public Document(String contentType, byte[] body, String cacheControl) {
    this(contentType, () -> body, cacheControl);
  }

  /** A document that is read when somebody first asks for it, so that no start waits for it. */
  public Document(String contentType, Supplier<byte[]> body, String cacheControl) {
    this.contentType = contentType;
    this.body = body;
    this.cacheControl = cacheControl;
  }

  @Override
  public Response handle(Request request) {
    Answers ready = answers;
    if (ready == null) {
      ready = prepared();
      answers = ready;
    }
    String known = request.header("If-None-Match");
    return known != null && known.contains(ready.tag) ? ready.unchanged : ready.whole;
  }

  /**
   * FNV-1a of 64 bits: a tag only tells the versions of one document apart. A cryptographic digest
   * would load the security providers before the first answer.
   */
  private static long digest(byte[] bytes) {
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * 0x100_0000_01b3L;
    }
    return hash;
  }

  private Answers prepared() {
    byte[] bytes = body.get();
    String tag = "\"" + Long.toHexString(digest(bytes)) + "\"";
    return new Answers(Response.bytes(200, contentType, bytes)
        .with("Cache-Control", cacheControl).with("ETag", tag),
        Response.empty(304).with("Cache-Control", cacheControl).with("ETag", tag), tag);
  }
}
