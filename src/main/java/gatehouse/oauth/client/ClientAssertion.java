package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.http.RateLimit;
import gatehouse.jose.JwkSet;
import gatehouse.jose.Jwt;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.RemoteKeys;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * {@code private_key_jwt}: a client proves itself by a JWT that it has signed (RFC 7523 §2.2 and
 * §3).
 *
 * <p>Issuer and subject are the client; the audience is us, by issuer or by token endpoint, as
 * clients of different ages write it; it expires soon and is good once.
 */
public final class ClientAssertion {
  /** RFC 7523 §2.2. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** An assertion with a longer life would have to be remembered as long. */
  private static final Duration MAX_LIFE = Duration.ofMinutes(10);

  /** RFC 7523 names no type; newer drafts do, and many libraries write plain JWT. */
  private static final Set<String> TYPES = Set.of("", "jwt", "client-authentication+jwt");

  /** Each is remembered until it expires; a busy client asks for fifty tokens a second. */
  private static final int BY_CLIENT = 3_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private static final String USED = "used_assertions";
  private static final String FAILED = "The client assertion is not acceptable: ";

  private final Set<String> audiences;
  private final RemoteKeys remoteKeys;
  private final Store store;
  private final Clock clock;
  private final RateLimit byClient;

  public ClientAssertion(
      String issuer, RemoteKeys remoteKeys, Store store, Clock clock) {
    this.audiences = Set.of(issuer, issuer + "/", issuer + "/token", issuer + "/par",
        issuer + "/revoke", issuer + "/introspect");
    this.remoteKeys = remoteKeys;
    this.store = store;
    this.clock = clock;
    this.byClient = new RateLimit(BY_CLIENT, PERIOD, clock);
  }

  /** The client that the assertion claims to be from, unverified; null if it is no JWT. */
  static String claimedClient(String assertion) {
    try {
      return Jwt.parse(assertion).unverifiedClaims().text("sub");
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  /**
   * Checks that the client has made the assertion, and that it comes for the first time.
   *
   * @throws OAuthError {@code invalid_client}, or 429
   */
  void verify(String assertion, Client client) {
    try {
      VerifiedJwt jwt = new JwtValidator(TYPES, client.id(), audiences, keys(client), clock)
          .validate(assertion);
      if (!client.id().equals(jwt.subject())) {
        throw new Fields.Malformed("its subject is not the client");
      }
      Instant expires = jwt.expires();
      if (expires.isAfter(clock.instant().plus(MAX_LIFE))) {
        throw new Fields.Malformed("it lives longer than " + MAX_LIFE.toMinutes() + " minutes");
      }
      String jti = jwt.claims().needText("jti");
      long wait = byClient.take(client.id());
      if (wait > 0) {
        throw OAuthError.tooMany("Too many assertions of this client.", wait);
      }
      if (!store.insertIfAbsent(USED, Secrets.hash(client.id() + "\n" + jti), new JsonObject(),
          expires)) {
        throw new Fields.Malformed("it was used before");
      }
    } catch (Fields.Malformed e) {
      throw OAuthError.invalidClient(FAILED + e.getMessage() + ".");
    }
  }

  private JwtValidator.Keys keys(Client client) {
    Fields metadata = Fields.of(client.metadata());
    Fields inline = metadata.object("jwks");
    return inline != null ? JwkSet.read(inline) : remoteKeys.at(metadata.needText("jwks_uri"));
  }

  /** Its limits, by name. */
  public Map<String, RateLimit> limits() {
    return Map.of("assertions_by_client", byClient);
  }
}
