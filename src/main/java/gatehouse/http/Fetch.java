package gatehouse.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The one door through which we fetch a document whose URL a stranger has given us (client id
 * metadata documents, "Server-Side Request Forgery"; MCP security best practices).
 *
 * <p>The name is resolved once, every address it has must be public, and the connection goes to the
 * address that was checked: a name that resolves differently the second time gains nothing. TLS
 * verifies the certificate against the name. One redirect is followed, checked like the first URL.
 * A document has at most {@value #MAX_BYTES} bytes, must be JSON, and all of it takes at most
 * {@value #SECONDS} s. No proxy, cookie or credential of ours goes along.
 *
 * <p>The JDK's HTTP client is not used because it resolves by itself. What is spoken instead is the
 * little of HTTP/1.1 that one GET needs.
 */
public final class Fetch {
  /** The CIMD draft's advice, and ten times what real documents have. */
  static final int MAX_BYTES = 5 * 1024;

  /** A person waits for the page that needs it. */
  static final int SECONDS = 5;

  private static final int MAX_URL_CHARS = 2_048;
  private static final int MAX_PORT = 65_535;

  /** How names become addresses; in tests, something else. */
  @FunctionalInterface
  public interface Resolver {
    /** All addresses of the name. */
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  /**
   * A document.
   *
   * @param cacheControl the header, or null
   */
  public record Document(byte[] body, String cacheControl) {
  }

  /** A document that could not be had. The message may be shown. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean gone;

    public Failed(String publicText) {
      this(publicText, false);
    }

    Failed(String publicText, boolean gone) {
      super(publicText);
      this.gone = gone;
    }

    /** Whether the host has answered, and has said that there is no such document (any more). */
    public boolean isGone() {
      return gone;
    }
  }

  private final Resolver resolver;
  private final Supplier<SSLSocketFactory> tls;
  private final boolean development;

  /**
   * A door.
   *
   * @param tls makes the TLS connections, and with that decides whom to trust
   * @param development also allows http and addresses that are not public: for laptops and tests
   */
  public Fetch(Resolver resolver, SSLSocketFactory tls, boolean development) {
    this(resolver, () -> tls, development);
  }

  /** The same, asking who is trusted when somebody is connected to. */
  public Fetch(Resolver resolver, Supplier<SSLSocketFactory> tls, boolean development) {
    this.resolver = resolver;
    this.tls = tls;
    this.development = development;
  }

  /** The door as it should be: the system's names, the system's trust. */
  public static Fetch standard(boolean development) {
    // Asked for when it is needed: reading the system's certificates takes longer than all the rest
    // of a start, and the JDK keeps the factory.
    return new Fetch(InetAddress::getAllByName,
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), development);
  }

  /**
   * Fetches a JSON document.
   *
   * @throws Failed with the reason
   */
  public Document json(String url) throws Failed {
    long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    HttpReply reply = get(url, deadline);
    if (reply.status() >= 300 && reply.status() < 400 && reply.header("location") != null) {
      // Some hosts answer 302 from some of their data centres: one, relative or not, and no more.
      reply = get(target(url, reply.header("location")), deadline);
    }
    if (reply.status() != 200) {
      throw new Failed("it was answered with status " + reply.status(),
          reply.status() >= 400 && reply.status() < 500);
    }
    String type = String.valueOf(reply.header("content-type")).toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    type = (semicolon < 0 ? type : type.substring(0, semicolon)).trim();
    if (!type.equals("application/json")
        && !(type.startsWith("application/") && type.endsWith("+json"))) {
      throw new Failed("it is not JSON by its Content-Type");
    }
    return new Document(reply.body(), reply.header("cache-control"));
  }

  private static String target(String url, String location) throws Failed {
    try {
      return new URI(url).resolve(new URI(location)).toString();
    } catch (URISyntaxException e) {
      throw new Failed("it was answered with a redirect to nowhere");
    }
  }

  private HttpReply get(String url, long deadline) throws Failed {
    URI uri = url.length() > MAX_URL_CHARS ? null : Urls.parse(url);
    if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null
        || uri.getPort() == 0 || uri.getPort() > MAX_PORT || !isAllowedScheme(uri.getScheme())) {
      throw new Failed("its address is not an https URL");
    }
    InetAddress address = address(uri.getHost(), deadline);
    boolean secure = uri.getScheme().equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    try (Socket plain = new Socket()) {
      // Closing from outside ends every read and write, a handshake that drips included.
      CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          .execute(() -> close(plain));
      plain.connect(new InetSocketAddress(address, port), SECONDS * 1000);
      Socket socket = secure ? secured(plain, uri.getHost(), port) : plain;
      return HttpReply.get(socket, uri, MAX_BYTES);
    } catch (Failed e) {
      throw e;
    } catch (IOException | UncheckedIOException e) {
      throw new Failed(System.nanoTime() >= deadline
          ? "it did not arrive within " + SECONDS + " seconds" : "its server cannot be reached");
    }
  }

  private boolean isAllowedScheme(String scheme) {
    return "https".equals(scheme) || development && "http".equals(scheme);
  }

  /** The address to connect to: the first, if all of them are public. */
  private InetAddress address(String host, long deadline) throws Failed {
    InetAddress[] all = resolved(host, deadline);
    for (InetAddress address : all) {
      if (!development && SpecialAddresses.contains(address)) {
        throw new Failed("its host is not on the public internet");
      }
    }
    if (all.length == 0) {
      throw new Failed("its host does not exist");
    }
    return all[0];
  }

  /** The addresses, from a thread of its own: a name server that is silent must not hold ours. */
  private InetAddress[] resolved(String host, long deadline) throws Failed {
    boolean literal = host.startsWith("[");
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() ->
        resolver.resolve(literal ? host.substring(1, host.length() - 1) : host));
    Thread thread = new Thread(lookup, "gatehouse-resolve");
    thread.setDaemon(true);
    thread.start();
    try {
      return lookup.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Failed("it did not arrive within " + SECONDS + " seconds");
    } catch (ExecutionException e) {
      throw new Failed("its host does not exist");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("the server is stopping");
    }
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.get().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 §4.3.4
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed, then.
    }
  }
}
