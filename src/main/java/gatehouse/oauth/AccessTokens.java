package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.guard.TokenVerifier;
import gatehouse.jose.Jws;
import gatehouse.jose.Jwt;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.KeyRing;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Access tokens: JWTs by RFC 9068, minted and verified here.
 *
 * <p>Verification has two halves. The token's own: signature, type, issuer, audience, times. And
 * ours, since we are in the same process: its grant must still hold, its user must still exist, and
 * the token itself must not have been revoked (RFC 7009). A revocation therefore counts from the
 * next request on, although the token is self-contained.
 */
public final class AccessTokens implements TokenVerifier {
  private static final String REVOKED = "revoked_tokens";

  /** Tokens whose signature need not be checked again; some 500 bytes each. */
  private static final int MAX_REMEMBERED = 10_000;

  /** The claim that names the grant; absent from tokens of clients that act for themselves. */
  static final String GRANT = "grant_id";

  /**
   * What a token is to say.
   *
   * @param subject the user, or the client itself
   * @param grantId the grant it comes from, or null
   * @param audience at least one resource
   */
  public record Content(
      String subject, String clientId, String grantId, Set<String> scopes, Set<String> audience) {
  }

  private final String issuer;
  private final String own;
  private final KeyRing keys;
  private final Set<String> resources;
  private final Scopes scopes;
  private final Grants grants;
  private final Store store;
  private final Supplier<Policy> policy;
  private final Clock clock;
  private final Remembered<Verified> remembered = new Remembered<>(MAX_REMEMBERED);

  /** What a token said when its signature was checked, by which key, with which scopes about. */
  private record Verified(
      Access access, String kid, String jti, String grantId, Set<String> scopes) {
  }

  /**
   * Tokens of the issuer.
   *
   * @param own the resource in this process, the only one that {@link #verify} lets a token into
   * @param resources all resources that tokens are issued for
   */
  public AccessTokens(String issuer, String own, Set<String> resources, KeyRing keys, Scopes scopes,
      Grants grants, Store store, Supplier<Policy> policy, Clock clock) {
    this.issuer = issuer;
    this.own = own;
    this.keys = keys;
    this.scopes = scopes;
    this.grants = grants;
    this.store = store;
    this.policy = policy;
    this.clock = clock;
    this.resources = resources;
  }

  /** Signs a token. */
  public String mint(Content content) {
    Instant now = clock.instant();
    JsonObject claims = new JsonObject()
        .add("iss", issuer)
        .add("sub", content.subject)
        .add("aud", audience(content.audience))
        .add("exp", now.plus(policy.get().accessTokenLifetime()).getEpochSecond())
        .add("iat", now.getEpochSecond())
        .add("jti", Secrets.handle())
        .add("client_id", content.clientId)
        .add("scope", String.join(" ", content.scopes));
    if (content.grantId != null) {
      claims.add(GRANT, content.grantId);
    }
    KeyRing.SigningKey key = keys.current();
    return Jws.sign(key.key(), key.jwk().kid(), policy.get().accessTokenType(), claims);
  }

  @Override
  public Access verify(String token) throws InvalidToken {
    String key = Secrets.hash(token);
    Verified known = remembered.get(key);
    // A key that is not published any more verifies nothing any more, and what a scope implies may
    // have changed.
    if (known == null || known.scopes != scopes.names()
        || keys.candidates(known.kid, "RS256").isEmpty()) {
      known = verifyItself(token);
      remembered.put(key, known);
    }
    if (!clock.instant().isBefore(known.access.expires())) {
      throw new InvalidToken("The access token is not valid: the token has expired.");
    }
    if (isRevoked(known.jti) || known.grantId != null && !grants.use(known.grantId)) {
      throw new InvalidToken("The access token has been revoked.");
    }
    return known.access;
  }

  /** Made anew, since the type is a setting that may change while the server runs. */
  private JwtValidator validator() {
    String type = policy.get().accessTokenType().toLowerCase(Locale.ROOT);
    // RFC 9068 §4: this type is nothing else's, so those issued before the change stay good.
    Set<String> types = type.equals("at+jwt") ? Set.of(type) : Set.of(type, "at+jwt");
    return new JwtValidator(types, issuer, resources, keys, clock);
  }

  /** The half of verification that ends the same as long as the token lives. */
  private Verified verifyItself(String token) throws InvalidToken {
    try {
      VerifiedJwt jwt = validator().validate(token);
      Fields claims = jwt.claims();
      if (!jwt.audience().contains(own)) {
        throw new Fields.Malformed("the token is meant for another audience");
      }
      Set<String> granted = Scopes.split(claims.text("scope"));
      // With typ JWT an ID token would pass as well; only access tokens name a client.
      Access access = new Access(claims.needText("sub"), claims.needText("client_id"),
          scopes.expand(granted), granted, jwt.expires(), Grants.reference(claims.text(GRANT)));
      return new Verified(access, jwt.keyId(), claims.needText("jti"), claims.text(GRANT),
          scopes.names());
    } catch (Fields.Malformed e) {
      throw new InvalidToken("The access token is not valid: " + e.getMessage() + ".");
    }
  }

  /** The token if it is one of ours and has not expired, revoked or not; else null. */
  public VerifiedJwt read(String token) {
    try {
      return validator().validate(token);
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  /** Whether what the token stands for still holds: it, its grant and its user are there. */
  public boolean holds(VerifiedJwt token) {
    return holds(token.id(), token.claims().text(GRANT));
  }

  @Override
  public boolean stillHolds(String token) {
    Verified known = remembered.get(Secrets.hash(token));
    if (known != null) {
      return holds(known.jti, known.grantId);
    }
    Fields claims = Jwt.parse(token).unverifiedClaims(); // verified before, as the caller knows
    return holds(claims.text("jti"), claims.text(GRANT));
  }

  private boolean holds(String jti, String grantId) {
    return !isRevoked(jti) && (grantId == null || grants.isAlive(grantId));
  }

  private boolean isRevoked(String jti) {
    return store.get(REVOKED, jti) != null;
  }

  /** Ends this one token, until it would have expired anyway. */
  public void revoke(VerifiedJwt token) {
    store.put(REVOKED, token.id(), new JsonObject(), token.expires());
  }

  /** RFC 7519 §4.1.3: a single audience is written as a text, which more verifiers understand. */
  private static JsonValue audience(Set<String> audience) {
    Iterator<String> all = audience.iterator();
    return audience.size() == 1 ? com.eclipsesource.json.Json.value(all.next())
        : Fields.array(audience);
  }
}
