package gatehouse.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the route of a request: by exact path first, then by the longest {@code /*} above it.
 *
 * <p>The JDK's own contexts match by prefix, so that {@code /token} would also answer {@code
 * /tokenish}; here a path is a path. HEAD is answered by the route of GET (RFC 9110 §9.3.2).
 */
public final class Router {
  private final Map<String, Map<String, Route>> exact = new HashMap<>();
  private final Map<String, Map<String, Route>> below = new HashMap<>();

  /** A router over these routes; the first of two equal ones wins. */
  public Router(List<Route> routes) {
    for (Route route : routes) {
      String path = route.path();
      boolean prefix = path.endsWith("/*");
      (prefix ? below : exact)
          .computeIfAbsent(prefix ? path.substring(0, path.length() - 1) : path,
              p -> new TreeMap<>())
          .putIfAbsent(route.method(), route);
    }
  }

  /** The routes of the path by method, or null if there is nothing at this path. */
  public Map<String, Route> at(String path) {
    Map<String, Route> routes = exact.get(path);
    for (int slash = path.lastIndexOf('/'); routes == null && slash >= 0;
        slash = path.lastIndexOf('/', slash - 1)) {
      routes = below.get(path.substring(0, slash + 1));
    }
    return routes;
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
