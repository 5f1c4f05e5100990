package gatehouse.http;

/**
 * A request that HTTP itself refuses: too large, too slow, wrong method, wrong media type.
 *
 * <p>{@link Server} turns it into an answer: a page for a browser, JSON for everybody else. The
 * text is written for whoever sent the request and must not carry anything of the server's inside.
 */
public final class HttpError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final long retryAfter;

  /**
   * An error with its status.
   *
   * @param publicText one sentence for whoever sent the request
   */
  public HttpError(int status, String publicText) {
    this(status, publicText, 0);
  }

  private HttpError(int status, String publicText, long retryAfter) {
    super(publicText, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Too much at once: 429 with the seconds to wait (RFC 6585 §4). */
  public static HttpError tooMany(String publicText, long seconds) {
    return new HttpError(429, publicText, seconds);
  }

  /** The seconds to wait before trying again, or zero. */
  public long retryAfter() {
    return retryAfter;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }
}
