package gatehouse.http;

import java.util.Set;

/**
 * One line of the map: which handler answers which method on which path, and how it is to be run.
 *
 * @param path an exact path, or one that ends in {@code /*} and matches everything below
 * @param maxBody bytes that the body may have
 * @param pace how long its exchanges have taken lately
 */
public record Route(String method, String path, Handler handler, Set<Trait> traits, int maxBody,
    Pace pace) {

  /** What the server has to know about a handler before it runs it. */
  public enum Trait {
    /** Scripts of other origins may call it (WHATWG Fetch): it never looks at a cookie. */
    ANY_ORIGIN,
    /** Pages may call it only from an origin that {@link Hosts} knows. */
    KNOWN_ORIGIN,
    /** It answers whatever {@code Host} says: for probes that know only an address. */
    ANY_HOST,
    /** It may wait (hashing, fetching) and must not hold a thread of the small pool. */
    MAY_WAIT,
    /** It may wait, but most do not (a tool): on the small pool as long as its {@link Pace} is. */
    SELDOM_WAITS,
    /** The same, and it computes for as long as a signature takes. */
    SIGNS
  }

  /** A route with the ordinary body limit. */
  public static Route route(String method, String path, Handler handler, Trait... traits) {
    Set<Trait> all = Set.of(traits);
    return new Route(
        method, path, handler, all, Limits.BODY_BYTES, new Pace(all.contains(Trait.SIGNS)));
  }

  /** The same route with another body limit. */
  public Route body(int bytes) {
    return new Route(method, path, handler, traits, bytes, pace);
  }

  /** Whether an exchange that begins now may hold a thread of the small pool. */
  boolean endsAtOnce() {
    boolean watched = has(Trait.SELDOM_WAITS) || has(Trait.SIGNS);
    return !has(Trait.MAY_WAIT) && (!watched || pace.isQuick());
  }

  /** The handler's answer, which is also timed. */
  Response answer(Request request, Interceptor interceptor) {
    long begin = System.nanoTime();
    Response response = interceptor.around(request, handler);
    pace.took(System.nanoTime() - begin);
    return response;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
