package gatehouse.http;

import gatehouse.json.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How we speak to a server that the operator has named: a GET or a form, and JSON within bounds.
 * Upstream providers are spoken to like this, and authorization servers whose tokens we accept.
 *
 * <p>Because the operator vouches for it, it may be an address in a private network, unlike those
 * of {@link Fetch}, and the JDK's client will do. It must be https, or on this computer (RFC 9700
 * §2.6, OAuth 2.1 §1.5). Redirects are not followed: they could take a code or a client secret
 * elsewhere.
 */
public final class BackChannel {
  /** Keys with certificates of a large provider have some 30 KB. */
  private static final int MAX_BYTES = 256 * 1024;

  /** A person waits. */
  private static final Duration TIME = Duration.ofSeconds(10);

  /** Made when it is first needed: it reads the system's certificates, and has a thread. */
  private HttpClient client;

  /** The server could not be reached, or did not say what it should: a message for the log. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;

    public Failed(String what) {
      super(what);
    }
  }

  /** Whether we would speak to it: an https URL, or one of this computer. */
  public static boolean mayBe(String url) {
    URI uri = Urls.parse(url);
    return uri != null && uri.getHost() != null && uri.getRawUserInfo() == null
        && ("https".equals(uri.getScheme())
            || "http".equals(uri.getScheme()) && Urls.isLoopback(uri.getHost()));
  }

  /** Credentials of a client, encoded before they are joined by a colon (RFC 6749 §2.3.1). */
  public static String basic(String clientId, String clientSecret) {
    String pair = URLEncoder.encode(clientId, StandardCharsets.UTF_8) + ":"
        + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON object by its address. */
  public Fields get(String url) throws Failed {
    return json(to(url).GET());
  }

  /**
   * The JSON object in answer to a form.
   *
   * @param authorization the header, or null
   */
  public Fields post(String url, Form form, String authorization) throws Failed {
    HttpRequest.Builder request = to(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return json(request);
  }

  private static HttpRequest.Builder to(String url) throws Failed {
    if (!mayBe(url)) {
      throw new Failed("its address is neither https nor on this computer");
    }
    return HttpRequest.newBuilder(URI.create(url));
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(TIME).build();
    }
    return client;
  }

  private Fields json(HttpRequest.Builder request) throws Failed {
    CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(
        request.header("Accept", "application/json").build(), info -> new Bounded());
    try {
      // The client's own timeout ends with the headers; this one is for all of it.
      HttpResponse<byte[]> response = answer.get(TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new Failed("it answered with status " + response.statusCode());
      }
      return Fields.readObject(response.body());
    } catch (Fields.Malformed e) {
      throw new Failed(e.getMessage());
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new Failed(e instanceof TimeoutException ? "it took too long"
          : "it cannot be reached, or says too much");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("the server is stopping");
    }
  }

  /** Collects a body, and hangs up when it becomes too long. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
      }
      if (bytes.size() > MAX_BYTES) {
        subscription.cancel();
        whole.completeExceptionally(new Failed("it is too long"));
      }
    }

    @Override
    public void onError(Throwable thrown) {
      whole.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes.toByteArray());
    }
  }
}
