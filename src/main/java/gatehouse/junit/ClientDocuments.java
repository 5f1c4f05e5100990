package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.SelfSignedCertificate;
import gatehouse.http.Hosts;
import gatehouse.http.HttpError;
import gatehouse.http.Interceptor;
import gatehouse.http.Proxies;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.Route;
import gatehouse.http.Router;
import gatehouse.http.Server;
import gatehouse.http.Tls;
import gatehouse.http.Traffic;
import gatehouse.json.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A web server on loopback where clients have their metadata documents (OAuth Client ID Metadata
 * Document): the good one, and those that an authorization server must refuse.
 *
 * <p>Every method that makes a document returns its address, which is the {@code client_id}, and
 * makes a new one each time: nothing that is remembered of one matters to another. The clients are
 * public and redirect to {@code http://127.0.0.1/callback}, whatever the port.
 *
 * <p>Its addresses are https, as clients insist on, with a certificate that nobody but its {@link
 * TestGatehouse} trusts: to the client it is just an address.
 */
public final class ClientDocuments implements AutoCloseable {
  /** Where the clients of these documents are answered; any port will do (RFC 8252 §7.3). */
  public static final String REDIRECT_URI = "http://127.0.0.1/callback";

  private static final String HOST = "127.0.0.1";

  /** More than any reader of such documents takes: the draft advises 5 KB. */
  private static final int TOO_MUCH = 64 * 1024;

  /** Longer than any reader waits, by real time; it ends earlier with the host. */
  private static final Duration TOO_LONG = Duration.ofSeconds(30);

  private final Server server;
  private final X509Certificate certificate;
  private final Clock clock;
  private final Map<String, Supplier<Response>> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> fetches = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ClientDocuments(Server server, X509Certificate certificate, Clock clock) {
    this.server = server;
    this.certificate = certificate;
    this.clock = clock;
  }

  /**
   * Begins to serve.
   *
   * @param clock for what its clients sign
   */
  static ClientDocuments start(Clock clock) {
    try {
      SelfSignedCertificate own = SelfSignedCertificate.make(List.of(HOST), Instant.now());
      Tls tls = new Tls();
      tls.present(new Tls.Identity(own.key(), List.of(own.certificate())));
      Server server = Server.bind(HOST, 0, tls);
      ClientDocuments host = new ClientDocuments(server, own.certificate(), clock);
      server.start(
          new Router(List.of(Route.route("GET", "/*", host::answer, Route.Trait.MAY_WAIT))),
          new Hosts(URI.create(host.url("")), Set.of()),
          (request, error, reference) -> Response.text(error.status(), error.getMessage()),
          Interceptor.NONE, Proxies.NONE, new Traffic());
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free on loopback", e);
    }
  }

  /** A document in order. */
  public String valid() {
    return valid(new JsonObject());
  }

  /** A document in order, with more members or other ones. */
  public String valid(JsonObject members) {
    String path = newPath();
    return serve(path, document(path).merge(members));
  }

  /** A document that names another address than its own as {@code client_id}. */
  public String wrongClientId() {
    String path = newPath();
    return serve(path, document(path).set("client_id", url("/somebody-else.json")));
  }

  /** A document in order, but of 64 KB. */
  public String oversize() {
    String path = newPath();
    return serve(path, document(path).set("client_uri", url("/" + "x".repeat(TOO_MUCH))));
  }

  /** A document that does not arrive within any time that one could wait. */
  public String slow() {
    String path = newPath();
    answers.put(path, () -> {
      pause();
      return Response.json(200, document(path));
    });
    return url(path);
  }

  /**
   * A document that is moved from one address to the next.
   *
   * @param times how often; Gatehouse follows once
   */
  public String redirecting(int times) {
    String first = newPath();
    serve(first + "/" + times, document(first));
    for (int i = 0; i < times; i++) {
      String to = url(first + "/" + (i + 1));
      answers.put(i == 0 ? first : first + "/" + i, () -> Response.redirect(to));
    }
    return url(first);
  }

  /** A client that proves itself by signing ({@code private_key_jwt}), and can change its key. */
  public SigningClient signing() {
    String path = newPath();
    String keys = path + "/keys";
    SigningClient client = new SigningClient(url(path), clock);
    serve(path, document(path).set("token_endpoint_auth_method", "private_key_jwt")
        .set("jwks_uri", url(keys)));
    answers.put(keys, () -> Response.json(200, client.keys()));
    return client;
  }

  /** Serves any JSON at a path of your choice; what was there is replaced. */
  public String serve(String path, JsonObject document) {
    answers.put(path, () -> Response.json(200, document));
    return url(path);
  }

  /** How often a document has been fetched. */
  public int fetches(String clientId) {
    AtomicInteger known = fetches.get(URI.create(clientId).getPath());
    return known == null ? 0 : known.get();
  }

  /** Makes connections that trust this host, and no other. */
  SSLSocketFactory trust() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null);
      trusted.setCertificateEntry(HOST, certificate);
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** Stops serving. */
  @Override
  public void close() {
    closed.countDown();
    server.close();
  }

  private String url(String path) {
    return "https://" + HOST + ":" + server.port() + path;
  }

  private String newPath() {
    return "/client-" + count.incrementAndGet();
  }

  private JsonObject document(String path) {
    return new JsonObject()
        .add("client_id", url(path))
        .add("client_name", "Client of a test")
        .add("redirect_uris", Fields.array(List.of(REDIRECT_URI)))
        .add("grant_types", Fields.array(List.of("authorization_code", "refresh_token")))
        .add("token_endpoint_auth_method", "none");
  }

  private Response answer(Request request) {
    fetches.computeIfAbsent(request.path(), path -> new AtomicInteger()).incrementAndGet();
    Supplier<Response> answer = answers.get(request.path());
    if (answer == null) {
      throw new HttpError(404, "There is no document at this address.");
    }
    return answer.get();
  }

  private void pause() {
    try {
      closed.await(TOO_LONG.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
