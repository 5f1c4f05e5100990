package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.jose.Jws;
import gatehouse.jose.Jwt;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.KeyRing;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;

/**
 * ID tokens (OpenID Connect Core §2): who signed in, when and how, for the client to read. They
 * open nothing here; claims about the person are at {@link UserinfoEndpoint}.
 */
public final class IdTokens {
  /**
   * A hint may be old: it says who somebody was, not that they are here (RP-Initiated Logout §4).
   */
  private static final Duration HINT_AGE = Duration.ofDays(400);

  private final String issuer;
  private final KeyRing keys;
  private final Supplier<Policy> policy;
  private final Clock clock;

  public IdTokens(String issuer, KeyRing keys, Supplier<Policy> policy, Clock clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Signs a token for the client of the grant.
   *
   * @param nonce of the authorization request, or null
   * @param accessToken issued along with it
   */
  public String mint(Grants.Grant grant, String nonce, String accessToken) {
    long now = clock.instant().getEpochSecond();
    JsonObject claims = new JsonObject()
        .add("iss", issuer)
        .add("sub", grant.user())
        .add("aud", grant.clientId())
        .add("exp", now + policy.get().accessTokenLifetime().toSeconds())
        .add("iat", now)
        .add("auth_time", grant.authTime().getEpochSecond())
        .add("acr", grant.shown().assurance().acr())
        .add("at_hash", atHash(accessToken));
    if (!grant.shown().methods().isEmpty()) {
      claims.add("amr", Fields.array(grant.shown().methods())); // RFC 8176
    }
    if (nonce != null) {
      claims.add("nonce", nonce);
    }
    KeyRing.SigningKey key = keys.current();
    return Jws.sign(key.key(), key.jwk().kid(), "JWT", claims);
  }

  /** Reads back a token of ours, expired or not; null if it is none. */
  public VerifiedJwt readHint(String token) {
    try {
      String audience = Jwt.parse(token).unverifiedClaims().needText("aud");
      return new JwtValidator(Set.of("jwt"), issuer, Set.of(audience), keys, clock)
          .validate(token, HINT_AGE);
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  /** OpenID Connect Core §3.1.3.6: the left half of the hash. */
  private static String atHash(String accessToken) {
    byte[] hash = Secrets.sha256(accessToken.getBytes(StandardCharsets.US_ASCII));
    return Encoding.base64url(Arrays.copyOf(hash, hash.length / 2));
  }
}
