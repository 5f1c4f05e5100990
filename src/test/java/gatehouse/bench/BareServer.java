package gatehouse.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The limit: the JDK's HTTP server and nothing else. It reads the body of a request and answers
 * with the same bytes always. Arguments: port, file with the answer or {@code -}, threads (0: the
 * dispatcher's own; -1: an answer never ends, each on a thread of its own, a virtual one from JDK
 * 21 on).
 */
final class BareServer {
  private BareServer() {
  }

  public static void main(String[] arguments) throws IOException {
    // As ours does: else every answer waits for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    byte[] answer = arguments[1].equals("-") ? "{\"hello\":\"world\"}".getBytes()
        : Files.readAllBytes(Path.of(arguments[1]));
    start(Integer.parseInt(arguments[0]), answer, Integer.parseInt(arguments[2]), () -> { });
  }

  /** Starts one that does some work before each answer. */
  static HttpServer start(int port, byte[] answer, int threads, Runnable work)
      throws IOException {
    HttpServer server = HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4_096);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      work.run();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, threads < 0 ? 0 : answer.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer);
        if (threads < 0) {
          out.flush();
          new CountDownLatch(1).await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    if (threads > 0) {
      server.setExecutor(Executors.newFixedThreadPool(threads));
    } else if (threads < 0) {
      server.setExecutor(threadForEach());
    }
    server.start();
    return server;
  }

  private static ExecutorService threadForEach() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool();
    }
  }
}
