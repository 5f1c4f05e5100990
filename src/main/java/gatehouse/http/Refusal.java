package gatehouse.http;

/**
 * Writes an error in the form that the client understands: JSON of OAuth, JSON-RPC, or a page. What
 * it says is decided before; no text of an exception comes here.
 */
@FunctionalInterface
public interface Refusal {
  /**
   * The answer to a request that failed.
   *
   * @param request what could be read of it
   * @param reference a short id that also stands in the log, or null if nothing was logged
   */
  Response answer(Request request, HttpError error, String reference);

  /** What a problem that others know of means to a client; null if it is a bug. */
  default HttpError known(RuntimeException problem) {
    return null;
  }
}
