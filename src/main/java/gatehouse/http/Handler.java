package gatehouse.http;

/** What answers a request: a value in, a value out. Policies are functions around handlers. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers the request.
   *
   * @throws HttpError for a request that is refused for a reason of HTTP's own
   */
  Response handle(Request request);
}
