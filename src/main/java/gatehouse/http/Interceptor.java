package gatehouse.http;

/**
 * Stands around every handler of a server: it sees each request before and each answer after, and
 * may answer itself. Tests record with it and play misfortune; a server in earnest has {@link
 * #NONE}.
 */
@FunctionalInterface
public interface Interceptor {
  /** Lets everything through. */
  Interceptor NONE = (request, next) -> next.handle(request);

  /** Answers the request, usually by {@code next.handle(request)}. */
  Response around(Request request, Handler next);
}
