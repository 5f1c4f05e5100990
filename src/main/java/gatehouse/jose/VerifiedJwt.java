package gatehouse.jose;

import gatehouse.json.Fields;
import java.time.Instant;
import java.util.List;

/**
 * A JWT whose signature, type, issuer, audience and times have been checked. Only {@link
 * JwtValidator} makes one, so a method that takes it cannot be handed an unverified token.
 */
public final class VerifiedJwt {
  private final Fields claims;
  private final String keyId;

  VerifiedJwt(Fields claims, String keyId) {
    this.claims = claims;
    this.keyId = keyId;
  }

  /** The id of the key that made the signature, as the header had it, or null. */
  public String keyId() {
    return keyId;
  }

  /** The claims. */
  public Fields claims() {
    return claims;
  }

  /** The subject, or null. */
  public String subject() {
    return claims.text("sub");
  }

  /** The token's id, or null. */
  public String id() {
    return claims.text("jti");
  }

  /** The moment at which it ends. */
  public Instant expires() {
    return Instant.ofEpochSecond(claims.number("exp", 0));
  }

  /** The audience, one or several. */
  public List<String> audience() {
    return JwtValidator.audience(claims);
  }
}
