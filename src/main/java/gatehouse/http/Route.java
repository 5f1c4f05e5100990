package gatehouse.http;

import java.util.Set;

/**
 * One line of the map: which handler answers which method on which path, and how it is to be run.
 *
 * @param path an exact path, or one that ends in {@code /*} and matches everything below
 * @param maxBody bytes that the body may have
 */
public record Route(String method, String path, Handler handler, Set<Trait> traits, int maxBody) {

  /** What the server has to know about a handler before it runs it. */
  public enum Trait {
    /** Scripts of other origins may call it (WHATWG Fetch): it never looks at a cookie. */
    ANY_ORIGIN,
    /** Pages may call it only from an origin that {@link Hosts} knows. */
    KNOWN_ORIGIN,
    /** It answers whatever {@code Host} says: for probes that know only an address. */
    ANY_HOST,
    /** It may wait (hashing, fetching, a tool) and must not hold a thread of the small pool. */
    MAY_WAIT
  }

  /** A route with the ordinary body limit. */
  public static Route route(String method, String path, Handler handler, Trait... traits) {
    return new Route(method, path, handler, Set.of(traits), Limits.BODY_BYTES);
  }

  /** The same route with another body limit. */
  public Route body(int bytes) {
    return new Route(method, path, handler, traits, bytes);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
