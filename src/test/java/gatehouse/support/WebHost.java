package gatehouse.support;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody else's web server, on loopback: it serves the documents it was given and remembers what
 * it was asked.
 */
public final class WebHost implements AutoCloseable {
  /** A request that arrived. */
  public record Asked(String method, String path, String query, Headers headers, String body) {
  }

  private record Document(int status, String body, String... headers) {
  }

  private final HttpServer server;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Begins to listen on a free port. */
  public WebHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Serves a JSON document; a later one takes the place of an earlier one. */
  public WebHost serve(String path, String json) {
    return serve(path, 200, json, "Content-Type", "application/json");
  }

  /** Serves anything; headers are name, value, name, value. */
  public WebHost serve(String path, int status, String body, String... headers) {
    documents.put(path, new Document(status, body, headers));
    return this;
  }

  /** Serves a redirect. */
  public WebHost redirect(String path, String location) {
    return serve(path, 302, "", "Location", location);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The address of a path here, by number. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** What has been asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How often the path has been asked for. */
  public long timesAsked(String path) {
    return asked.stream().filter(request -> request.path.equals(path)).count();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
          exchange.getRequestURI().getRawQuery(), exchange.getRequestHeaders(),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Document document = documents.getOrDefault(exchange.getRequestURI().getPath(),
          new Document(404, "nothing here", "Content-Type", "text/plain"));
      for (int i = 0; i < document.headers.length; i += 2) {
        exchange.getResponseHeaders().add(document.headers[i], document.headers[i + 1]);
      }
      byte[] body = document.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(document.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
