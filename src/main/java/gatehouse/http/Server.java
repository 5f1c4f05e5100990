package gatehouse.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import gatehouse.crypto.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The HTTP server: turns an exchange of the JDK's server into a {@link Request}, finds its route,
 * and writes the {@link Response}. The only class that knows {@code com.sun.net.httpserver}.
 *
 * <p>In the order in which a request meets them: size of the target (RFC 9110 §15.5.15), {@code
 * Host}, route (404, 405), origin, preflight, size of the body (413), handler, common headers. What
 * a handler throws becomes an answer here: an {@link HttpError} says its text, anything else is a
 * bug, answered with a reference that also stands in the log. Policies are functions around
 * handlers, put together in {@code gatehouse.Routes}; there are no filters and contexts.
 */
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("gatehouse.http");

  static {
    JdkSettings.apply();
  }

  private final HttpServer server;
  private final Workers workers;
  private final Patience patience;
  private Router router;
  private Hosts hosts;
  private Refusal refusal;
  private Interceptor interceptor;
  private Proxies proxies;
  private Traffic traffic;
  private volatile boolean stopping;

  private Server(HttpServer server) {
    this.server = server;
    String name = "gatehouse-" + server.getAddress().getPort();
    this.patience = new Patience(name);
    this.workers = new Workers(name, patience::giveUpSlowest);
  }

  /**
   * Takes the port, without answering yet.
   *
   * @param port 0 for any free one
   * @param tls how to speak https, or null for plain http
   * @throws IOException if the address cannot be bound
   */
  public static Server bind(String host, int port, Tls tls) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (tls == null) {
      return new Server(HttpServer.create(address, Limits.PENDING_CONNECTIONS));
    }
    HttpsServer server = HttpsServer.create(address, Limits.PENDING_CONNECTIONS);
    server.setHttpsConfigurator(new HttpsConfigurator(tls.context()) {
      @Override
      public void configure(HttpsParameters connection) {
        connection.setSSLParameters(tls.parameters());
      }
    });
    return new Server(server);
  }

  /** The port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Begins to answer. */
  public void start(Router router, Hosts hosts, Refusal refusal, Interceptor interceptor,
      Proxies proxies, Traffic traffic) {
    this.router = router;
    this.hosts = hosts;
    this.refusal = refusal;
    this.interceptor = interceptor;
    this.proxies = proxies;
    this.traffic = traffic;
    traffic.queue = workers::queued;
    server.createContext("/", this::accept);
    server.setExecutor(task -> workers.runShort(() -> patience.forHead(task)));
    server.start();
  }

  /** Stops: no new requests, those under way get {@link Limits#STOP_TIME} to finish. */
  @Override
  public void close() {
    stopping = true;
    long end = System.nanoTime() + Limits.STOP_TIME.toNanos();
    try {
      while (traffic != null && traffic.underWay() > 0 && System.nanoTime() < end) {
        Thread.sleep(5); // a stop is rare: no request is to pay for a signal at its end
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (hosts == null) {
      // Never started: the JDK gives the port back only from a server that runs.
      server.start();
    }
    server.stop(0);
    workers.close();
    patience.close();
  }

  private void accept(HttpExchange exchange) {
    patience.headIsComplete();
    Exchange work = new Exchange(exchange);
    traffic.underWay.incrementAndGet();
    try {
      work.begin();
    } catch (RuntimeException | Error e) {
      work.fail(e);
    }
  }

  /** One exchange on its way through the server. */
  private final class Exchange {
    private final HttpExchange exchange;
    private final String path;
    private final long began = System.nanoTime();
    private String counted = Traffic.NOWHERE;
    private Request request;
    private boolean anyOrigin;

    Exchange(HttpExchange exchange) {
      this.exchange = exchange;
      String decoded = exchange.getRequestURI().getPath();
      this.path = decoded == null ? "" : decoded;
      this.request = request(() -> new byte[0]);
    }

    void begin() {
      if (stopping) {
        throw new HttpError(503, "The server is stopping.");
      }
      if (exchange.getRequestURI().toString().length() > Limits.TARGET_CHARS) {
        throw new HttpError(414, "The URL is too long.");
      }
      Map<String, Route> routes = router.at(path);
      Route first = routes == null ? null : routes.values().iterator().next();
      if ((first == null || !first.has(Route.Trait.ANY_HOST)) && !hosts.allowsHost(request)) {
        throw new HttpError(421, "This server is not reached by that Host name. "
            + "If it should be, start it with --public-url.");
      }
      if (first == null) {
        throw new HttpError(404, "There is nothing at this address.");
      }
      counted = first.path();
      anyOrigin = first.has(Route.Trait.ANY_ORIGIN);
      if (first.has(Route.Trait.KNOWN_ORIGIN) && !hosts.allowsOrigin(request)) {
        throw new HttpError(403, "Pages of this origin may not call this address.");
      }
      Route route = Router.forMethod(routes, exchange.getRequestMethod());
      if (route == null) {
        String allow = Router.allow(routes);
        HttpError unknown = new HttpError(405, "This address does not know that method.");
        write(!exchange.getRequestMethod().equals("OPTIONS")
            ? refusal.answer(request, unknown, null).with("Allow", allow)
            : anyOrigin ? Cors.preflight(request, allow)
            : Response.empty(204).with("Allow", allow));
        return;
      }
      if (route.maxBody() > Limits.BODY_BYTES) {
        request = request(() -> body(route.maxBody()));
      } else {
        byte[] body = body(route.maxBody());
        request = request(() -> body);
      }
      Executor thread = route.endsAtOnce() ? Runnable::run : workers::runWaiting;
      thread.execute(() -> answer(route));
    }

    private void answer(Route route) {
      try {
        Response response = route.answer(request, interceptor);
        Executor thread = response.stream() == null ? Runnable::run : workers::runWaiting;
        thread.execute(() -> write(response));
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    /** The one place where what was thrown becomes an answer, and is logged. */
    void fail(Throwable problem) {
      HttpError error = problem instanceof RuntimeException e ? refusal.known(e) : null;
      String reference = null;
      if (problem instanceof HttpError known) {
        error = known;
      } else if (error != null) {
        LOG.log(System.Logger.Level.INFO, problem.getMessage());
      } else if (problem instanceof RejectedExecutionException) {
        error = new HttpError(503, "The server has too much to do. Please try again.");
      } else {
        error = new HttpError(500, "Something went wrong on the server.");
        reference = Secrets.reference();
        LOG.log(System.Logger.Level.ERROR, "reference " + reference + ": "
            + exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(), problem);
      }
      try {
        Response answer = refusal.answer(request, error, reference);
        // What is left of a request that was not read would be taken for the next one.
        write(error.status() == 408 || error.status() == 413 || error.status() == 503
            ? answer.with("Connection", "close") : answer);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "an error could not be answered", e);
        end();
      }
    }

    private Request request(Supplier<byte[]> body) {
      return new Request(exchange.getRequestMethod(), path, exchange.getRequestURI().getRawQuery(),
          exchange.getRequestHeaders(), body,
          proxies.client(exchange.getRemoteAddress().getAddress(), exchange.getRequestHeaders()));
    }

    private byte[] body(int most) {
      Patience.Wait wait = patience.begin(Limits.REQUEST_TIME);
      try {
        return Body.read(exchange.getRequestBody(),
            exchange.getRequestHeaders().getFirst("Content-Length"), most);
      } finally {
        wait.close();
      }
    }

    private void write(Response response) {
      traffic.answered(counted, response.status(), System.nanoTime() - began);
      try {
        if (response == Response.HANG_UP) {
          return;
        }
        Headers headers = exchange.getResponseHeaders();
        response.headers().forEach(header -> headers.add(header.name(), header.value()));
        SecurityHeaders.complete(response, headers);
        if (anyOrigin) {
          Cors.allow(headers);
        }
        if (response.stream() != null) {
          stream(response);
        } else {
          body(response);
        }
      } catch (IOException e) {
        // The other end has gone: nothing to answer, nobody to tell.
        LOG.log(System.Logger.Level.DEBUG, "connection lost while answering", e);
      } finally {
        end();
      }
    }

    private void body(Response response) throws IOException {
      byte[] body = response.body();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", "" + body.length);
      }
      Patience.Wait wait = patience.begin(Limits.ANSWER_TIME);
      try {
        if (head || body.length == 0) {
          exchange.sendResponseHeaders(response.status(), -1);
        } else {
          exchange.sendResponseHeaders(response.status(), body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        }
      } finally {
        wait.close();
      }
    }

    /** On a thread that may wait: the loop ends when the other end has gone. */
    private void stream(Response response) throws IOException {
      exchange.sendResponseHeaders(response.status(), 0);
      try (OutputStream out = exchange.getResponseBody()) {
        traffic.stream(response.stream(), new Events(patience.patiently(out, Limits.ANSWER_TIME)));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "an event stream failed: "
            + exchange.getRequestURI().getRawPath(), e);
      }
    }

    private void end() {
      exchange.close();
      traffic.underWay.decrementAndGet();
    }
  }
}
