package gatehouse.attack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import gatehouse.http.Fetch;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * An internet for {@link Fetch}: names resolve to what a test says, every public address leads to
 * one TLS server on loopback with a certificate for {@code good.example}, and every attempt to
 * connect is remembered. Special addresses are not redirected: who connects there, arrives.
 *
 * <p>It stands in as the process's SOCKS proxy, the only place between {@code java.net.Socket} and
 * the network where a test can stand.
 */
final class FakeInternet implements Fetch.Resolver, AutoCloseable {
  /** An address that nobody would call special; nothing is ever sent to it. */
  static final String PUBLIC = "8.8.4.4";

  private static final String PASSWORD = "changeit";
  private static final SSLContext TLS = tls();

  private final Map<String, String[]> names = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
  private final List<String> resolved = new CopyOnWriteArrayList<>();
  private final List<String> connected = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ProxySelector before = ProxySelector.getDefault();
  private final ServerSocket socks;
  private final HttpsServer web;

  FakeInternet() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    socks = new ServerSocket(0, 50, loopback);
    web = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
    web.setHttpsConfigurator(new HttpsConfigurator(TLS));
    web.setExecutor(threads);
    web.createContext("/", this::answer);
    web.start();
    threads.execute(this::accept);
    ProxySelector.setDefault(new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        if (!"socket".equals(uri.getScheme())) {
          return List.of(Proxy.NO_PROXY);
        }
        connected.add(uri.getHost() + ":" + uri.getPort());
        boolean isPublic = uri.getHost().startsWith("8.8.") || uri.getHost().startsWith("177.");
        return List.of(isPublic ? new Proxy(Proxy.Type.SOCKS, socks.getLocalSocketAddress())
            : Proxy.NO_PROXY);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The one who connects is told.
      }
    });
    name("good.example", PUBLIC);
  }

  /** The door through which Gatehouse sees it. */
  Fetch door() {
    return new Fetch(this, trusting(), false);
  }

  /** Makes TLS connections that trust this internet's certificate. */
  static SSLSocketFactory trusting() {
    return TLS.getSocketFactory();
  }

  /** Lets a name resolve to these addresses; with none, nobody ever answers. */
  FakeInternet name(String name, String... addresses) {
    names.put(name, addresses);
    return this;
  }

  /** Serves a JSON document at every public address. */
  FakeInternet serve(String path, String json) {
    return serve(path, 200, json, "Content-Type", "application/json");
  }

  /** Serves anything; headers are name, value, name, value. */
  FakeInternet serve(String path, int status, String body, String... headers) {
    return serve(path, exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    });
  }

  FakeInternet serve(String path, HttpHandler page) {
    pages.put(path, page);
    return this;
  }

  /** The names that were looked up. */
  List<String> resolved() {
    return List.copyOf(resolved);
  }

  /** The addresses, with port, to which somebody tried to connect. */
  List<String> connected() {
    return List.copyOf(connected);
  }

  /** What its server was asked: path and headers. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    resolved.add(name);
    if (name.matches("[0-9.]+|.*:.*|localhost")) {
      return InetAddress.getAllByName(name); // a literal: no name server is asked
    }
    String[] known = names.get(name);
    if (known == null) {
      throw new UnknownHostException(name);
    }
    if (known.length == 0) {
      awaitTheEnd();
    }
    InetAddress[] addresses = new InetAddress[known.length];
    for (int i = 0; i < known.length; i++) {
      addresses[i] = InetAddress.getByName(known[i]);
    }
    return addresses;
  }

  private void awaitTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    ProxySelector.setDefault(before);
    socks.close();
    web.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
      HttpHandler page = pages.get(exchange.getRequestURI().getPath());
      if (page == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        page.handle(exchange);
      }
    }
  }

  /** RFC 1928, as far as {@code java.net.Socket} speaks it. */
  private void accept() {
    while (!socks.isClosed()) {
      try {
        Socket client = socks.accept();
        threads.execute(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client; Socket server = new Socket(Proxy.NO_PROXY)) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readByte();
      in.skipNBytes(in.readUnsignedByte());
      client.getOutputStream().write(new byte[] {5, 0});
      in.skipNBytes(4 + 4 + 2); // version, command, reserved, IPv4; address; port
      client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      server.connect(web.getAddress());
      threads.execute(() -> pump(server, client));
      copy(in, server.getOutputStream());
    } catch (IOException e) {
      // One end has had enough.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
      to.close();
    } catch (IOException e) {
      // One end has had enough.
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  /** A certificate for good.example, made by the JDK's keytool, which also is what is trusted. */
  private static SSLContext tls() {
    try {
      Path file = Files.createTempDirectory("fake-internet").resolve("keys.p12");
      Process keytool = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
          "-alias", "web", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=good.example",
          "-ext", "SAN=dns:good.example", "-validity", "7", "-storetype", "PKCS12",
          "-keystore", file.toString(), "-storepass", PASSWORD)
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (keytool.waitFor() != 0) {
        throw new AssertionError("keytool failed");
      }
      KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
      Files.delete(file);
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(keys, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("web", keys.getCertificate("web"));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
