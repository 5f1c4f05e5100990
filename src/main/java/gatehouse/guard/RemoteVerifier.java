package gatehouse.guard;

import gatehouse.http.HttpError;
import gatehouse.jose.Jwt;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Lets in tokens of another authorization server: one whose keys are known (RFC 9068 §4), or one
 * that is asked about every token (RFC 7662).
 *
 * <p>Either way the token must be of that issuer, must name this resource as audience, and must not
 * have ended (MCP authorization, "Token Handling"). The audience is also what keeps ID tokens out:
 * theirs is a client. {@code typ} may be {@code at+jwt} or {@code JWT}, since most servers in use
 * have not heard of RFC 9068; for the same reason scopes are read from {@code scope} or {@code
 * scp}, and the client from {@code client_id}, {@code azp} or {@code cid}.
 *
 * <p>It does not know revocation unless it asks, and it does not discover: where keys lie and where
 * to ask is told to it. Subjects are as the issuer calls them; with two issuers, {@link #any} says
 * whose they are.
 */
public final class RemoteVerifier implements TokenVerifier {
  private static final System.Logger LOG = System.getLogger("gatehouse.guard");

  private static final Set<String> TYPES = Set.of("at+jwt", "jwt");

  /** Asks about a token. */
  @FunctionalInterface
  public interface Introspection {
    /**
     * The facts of RFC 7662 §2.2.
     *
     * @throws HttpError 503 if nobody answers: the token may be as good as ever
     */
    Fields ask(String token);

    /**
     * Asks over HTTP, as a client with a secret (RFC 7662 §2.1).
     *
     * @param endpoint of the issuer, by the operator's word: it is trusted with every token
     */
    static Introspection at(URI endpoint, String clientId, String clientSecret) {
      return new OverHttp(endpoint, clientId, clientSecret);
    }
  }

  private final String issuer;
  private final String resource;
  private final JwtValidator validator;
  private final Introspection introspection;
  private final UnaryOperator<Set<String>> implied;
  private final Clock clock;

  private RemoteVerifier(String issuer, String resource, JwtValidator validator,
      Introspection introspection, UnaryOperator<Set<String>> implied, Clock clock) {
    this.issuer = issuer;
    this.resource = resource;
    this.validator = validator;
    this.introspection = introspection;
    this.implied = implied;
    this.clock = clock;
  }

  /**
   * For an issuer that signs its tokens.
   *
   * @param issuer exactly as in {@code iss}
   * @param resource what must be among the audience
   * @param keys the issuer's
   * @param implied adds the scopes that others imply
   */
  public static RemoteVerifier signed(String issuer, String resource, JwtValidator.Keys keys,
      UnaryOperator<Set<String>> implied, Clock clock) {
    return new RemoteVerifier(issuer, resource,
        new JwtValidator(TYPES, issuer, Set.of(resource), keys, clock), null, implied, clock);
  }

  /**
   * For an issuer that is asked, such as one with opaque tokens.
   *
   * @param issuer what {@code iss} must be if the answer has one
   * @param resource what must be among the audience
   * @param implied adds the scopes that others imply
   */
  public static RemoteVerifier introspected(String issuer, String resource,
      Introspection introspection, UnaryOperator<Set<String>> implied, Clock clock) {
    return new RemoteVerifier(issuer, resource, null, introspection, implied, clock);
  }

  /**
   * For several issuers: a token goes to the one that it names.
   *
   * <p>The same subject of two issuers is two people, so subjects become {@code issuer#subject}.
   *
   * @param all of signed tokens, each of another issuer
   */
  public static TokenVerifier any(List<RemoteVerifier> all) {
    return token -> {
      String named = issuerOf(token);
      for (RemoteVerifier verifier : all) {
        if (verifier.issuer.equals(named)) {
          Access access = verifier.verify(token);
          return new Access(named + "#" + access.subject(), access.clientId(), access.scopes(),
              access.granted(), access.expires());
        }
      }
      throw invalid("the token was issued by somebody else");
    };
  }

  @Override
  public Access verify(String token) throws InvalidToken {
    try {
      return validator == null ? introspected(introspection.ask(token))
          : signed(validator.validate(token));
    } catch (Fields.Malformed e) {
      throw invalid(e.getMessage());
    }
  }

  private Access signed(VerifiedJwt jwt) {
    return access(jwt.claims(), jwt.expires());
  }

  private Access introspected(Fields facts) {
    require(facts.flag("active", false), "its issuer says that it is not active");
    require(issuer.equals(facts.text("iss", issuer)), "the token was issued by somebody else");
    List<String> audience = facts.value("aud") == null ? List.of()
        : facts.value("aud").isString() ? List.of(facts.text("aud")) : facts.texts("aud");
    require(audience.contains(resource), "the token is meant for another audience");
    long ends = facts.number("exp", 0);
    require(ends == 0 || clock.instant().getEpochSecond() < ends, "the token has expired");
    // Without an end we may believe it now, and have to ask again at once.
    return access(facts, ends == 0 ? clock.instant() : Instant.ofEpochSecond(ends));
  }

  private Access access(Fields claims, Instant expires) {
    String client = claims.text("client_id", claims.text("azp", claims.text("cid")));
    require(client != null, "the token names no client");
    Set<String> granted = scopes(claims);
    return new Access(
        claims.needText("sub"), client, implied.apply(granted), granted, expires);
  }

  private static Set<String> scopes(Fields claims) {
    Set<String> scopes = new LinkedHashSet<>();
    String name = claims.has("scope") ? "scope" : "scp";
    if (claims.value(name) != null && claims.value(name).isArray()) {
      scopes.addAll(claims.texts(name));
    } else {
      scopes.addAll(List.of(claims.text(name, "").split(" ")));
    }
    scopes.remove("");
    return scopes;
  }

  /** Whom to believe nothing yet: it only says whose rules apply. */
  private static String issuerOf(String token) throws InvalidToken {
    try {
      return Jwt.parse(token).unverifiedClaims().text("iss");
    } catch (Fields.Malformed e) {
      throw invalid(e.getMessage());
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fields.Malformed(otherwise);
    }
  }

  private static InvalidToken invalid(String why) {
    return new InvalidToken("The access token is not valid: " + why + ".");
  }

  /** A POST per token, within bounds: a resource must not wait longer than its own callers do. */
  private static final class OverHttp implements Introspection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Twenty times what real answers have. */
    private static final int MAX_BYTES = 16 * 1024;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI endpoint;
    private final String credentials;

    OverHttp(URI endpoint, String clientId, String clientSecret) {
      this.endpoint = endpoint;
      // RFC 6749 §2.3.1: encoded as in a form before they are joined.
      String pair = encode(clientId) + ":" + encode(clientSecret);
      this.credentials = "Basic " + Base64.getEncoder()
          .encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Fields ask(String token) {
      CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
          HttpRequest.newBuilder(endpoint)
              .header("Authorization", credentials)
              .header("Accept", "application/json")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(
                  "token=" + encode(token) + "&token_type_hint=access_token"))
              .build(), info -> new Bounded(MAX_BYTES));
      try {
        HttpResponse<byte[]> response =
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (response.statusCode() == 200) {
          return Fields.readObject(response.body());
        }
        LOG.log(Level.WARNING, "introspection was answered {0}", response.statusCode());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException | Fields.Malformed e) {
        LOG.log(Level.WARNING, "introspection failed: {0}", e.toString());
      } finally {
        answer.cancel(true);
      }
      throw new HttpError(503, "The token cannot be checked right now. Please try again.");
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** Collects a body, and gives up when it becomes too long. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private Flow.Subscription subscription;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (bytes.size() + buffer.remaining() > most) {
          subscription.cancel();
          whole.completeExceptionally(new IOException("more than " + most + " bytes"));
          return;
        }
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
      }
    }

    @Override
    public void onError(Throwable problem) {
      whole.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes.toByteArray());
    }
  }
}
