package gatehouse.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * In front of several servers with one public URL: every request goes to the next of them in turn,
 * and to another one if that cannot be reached.
 */
public final class Balancer implements AutoCloseable {
  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "connection", "content-length", "transfer-encoding", "date", "expect", "upgrade");

  private final HttpServer front;
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger next = new AtomicInteger();
  private volatile List<Integer> ports = List.of();

  public Balancer() throws IOException {
    front = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    front.createContext("/", this::pass);
    front.setExecutor(threads);
    front.start();
  }

  /** The servers behind it. */
  public void over(Integer... backends) {
    ports = List.of(backends);
  }

  /** The public URL. */
  public String url() {
    return "http://localhost:" + front.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<Integer> backends = ports;
    int first = next.getAndIncrement();
    HttpResponse<byte[]> answer = null;
    for (int i = 0; answer == null && i < backends.size(); i++) {
      int port = backends.get(Math.floorMod(first + i, backends.size()));
      try {
        answer = client.send(request(exchange, body, port), HttpResponse.BodyHandlers.ofByteArray());
      } catch (java.net.ConnectException e) {
        // Not there: the next one. Anything else may have been done, and is not sent twice.
      } catch (IOException e) {
        break;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(502, -1);
        return;
      }
      answer.headers().map().forEach((name, values) -> {
        if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
          exchange.getResponseHeaders().put(name, values);
        }
      });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static HttpRequest request(HttpExchange exchange, byte[] body, int port) {
    HttpRequest.Builder request = HttpRequest
        .newBuilder(URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange.getRequestHeaders().forEach((name, values) -> {
      if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> request.header(name, value));
      }
    });
    return request.build();
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
  }
}
