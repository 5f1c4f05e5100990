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

  /**
   * An error with its status.
   *
   * @param publicText one sentence for whoever sent the request
   */
  public HttpError(int status, String publicText) {
    super(publicText, null, false, false);
    this.status = status;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }
}
