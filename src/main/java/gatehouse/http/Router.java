package gatehouse.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Finds the route of a request: by exact path first, then by the longest {@code /*} above it.
 *
 * <p>The JDK's own contexts match by prefix, so that {@code /token} would also answer {@code
 * /tokenish}; here a path is a path. HEAD is answered by the route of GET (RFC 9110 §9.3.2).
 */
public final class Router {
  private final Map<String, Map<String, Route>> exact = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Route>> below = new ConcurrentHashMap<>();
  private volatile boolean complete;
  private boolean abandoned;

  /** A router without routes, which {@link #add} gives it until it is {@link #complete}. */
  public Router() {
  }

  /** A router over these routes, and complete. */
  public Router(List<Route> routes) {
    add(routes);
    complete();
  }

  /** Adds routes, all that a path has at once; the first of two equal ones wins. */
  public synchronized void add(List<Route> routes) {
    Map<String, Map<String, Route>> paths = new HashMap<>();
    for (Route route : routes) {
      paths.computeIfAbsent(route.path(), path -> new TreeMap<>())
          .putIfAbsent(route.method(), route);
    }
    for (Map.Entry<String, Map<String, Route>> entry : paths.entrySet()) {
      String path = entry.getKey();
      boolean prefix = path.endsWith("/*");
      (prefix ? below : exact).putIfAbsent(
          prefix ? path.substring(0, path.length() - 1) : path, entry.getValue());
    }
    notifyAll();
  }

  /** Whoever waits for an address that is not there learns it now. */
  public synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** It will never be complete: whoever waits is told so. */
  public synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /**
   * The routes of the path by method, or null if there is nothing at this path. As long as routes
   * are added, a path that is not there yet is waited for.
   *
   * @throws HttpError 503 if it does not come within {@link Limits#START_TIME}, or never will
   */
  public Map<String, Route> at(String path) {
    Map<String, Route> routes = exact.get(path);
    if (routes == null && !complete) {
      routes = awaited(path);
    }
    for (int slash = path.lastIndexOf('/'); routes == null && slash >= 0;
        slash = path.lastIndexOf('/', slash - 1)) {
      routes = below.get(path.substring(0, slash + 1));
    }
    return routes;
  }

  private synchronized Map<String, Route> awaited(String path) {
    long end = System.nanoTime() + Limits.START_TIME.toNanos();
    try {
      for (long left; !complete && !exact.containsKey(path);) {
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (abandoned || left <= 0) {
          throw new HttpError(503, "The server is not ready. Please try again.");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpError(503, "The server is stopping.");
    }
    return exact.get(path);
  }

  /** The route among those of a path that answers the method, or null. */
  public static Route forMethod(Map<String, Route> routes, String method) {
    Route route = routes.get(method);
    return route == null && method.equals("HEAD") ? routes.get("GET") : route;
  }

  /** The value of {@code Allow} for the routes of a path (RFC 9110 §10.2.1). */
  public static String allow(Map<String, Route> routes) {
    String allow = String.join(", ", routes.keySet()) + ", OPTIONS";
    return routes.containsKey("GET") ? allow.replace("GET", "GET, HEAD") : allow;
  }
}
