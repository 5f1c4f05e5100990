package gatehouse.jose;

import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Verifies JWTs by RFC 7519 §7.2 with the rules of RFC 8725: each kind of token has a validator of
 * its own, and says what it expects before it sees a token.
 *
 * <p>Checked, in this order: type, critical extensions, algorithm and key, signature, issuer,
 * audience, expiry, not-before and issue time (these two with {@value #SKEW_SECONDS} s of
 * tolerance). Keys come from the constructor alone; {@code jku}, {@code x5u} and {@code jwk} of a
 * header are not looked at.
 *
 * <p>It does not look for replay or revocation; that needs memory, and is the caller's.
 */
public final class JwtValidator {
  /** Clocks of decent machines differ by seconds; more would only lengthen stolen tokens' lives. */
  private static final long SKEW_SECONDS = 30;

  /** Where keys come from. */
  @FunctionalInterface
  public interface Keys {
    /** The keys that may have signed something with this {@code kid}, which can be null. */
    List<Jwk> candidates(String kid, String alg);
  }

  private final Set<String> types;
  private final String issuer;
  private final Set<String> audiences;
  private final Keys keys;
  private final Clock clock;

  /**
   * A validator for one kind of token.
   *
   * @param types the accepted {@code typ} in lower case without {@code application/}; an empty text
   *     accepts a token without one
   * @param issuer the exact issuer
   * @param audiences the token must name at least one of them
   */
  public JwtValidator(
      Set<String> types, String issuer, Set<String> audiences, Keys keys, Clock clock) {
    this.types = types;
    this.issuer = issuer;
    this.audiences = audiences;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Verifies a token.
   *
   * @throws Fields.Malformed with a sentence that may be shown, if anything does not hold
   */
  public VerifiedJwt validate(String compact) {
    return validate(compact, Duration.ZERO);
  }

  /**
   * Verifies a token that may have expired by up to {@code late} (an old {@code id_token_hint}).
   */
  public VerifiedJwt validate(String compact, Duration late) {
    Jwt jwt = Jwt.parse(compact);
    require(types.contains(type(jwt)), "this kind of token is not accepted here");
    // RFC 7515 §4.1.11: what is marked critical and not understood must be refused.
    require(!jwt.header().has("crit"), "the token has critical extensions");
    require(signed(jwt), "the signature does not verify with any current key");
    Fields claims = jwt.unverifiedClaims();
    require(issuer.equals(claims.text("iss")), "the token was issued by somebody else");
    require(audience(claims).stream().anyMatch(audiences::contains),
        "the token is meant for another audience");
    long now = clock.instant().getEpochSecond();
    require(claims.has("exp"), "the token has no expiry");
    require(now < claims.number("exp", 0) + late.toSeconds(), "the token has expired");
    require(now + SKEW_SECONDS >= claims.number("nbf", 0), "the token is not valid yet");
    require(now + SKEW_SECONDS >= claims.number("iat", 0), "the token was issued in the future");
    return new VerifiedJwt(claims, jwt.header().text("kid"));
  }

  private boolean signed(Jwt jwt) {
    String alg = jwt.header().text("alg", "");
    for (Jwk key : keys.candidates(jwt.header().text("kid"), alg)) {
      if (Jws.verify(key, jwt.signingInput(), jwt.signature())) {
        return true;
      }
    }
    return false;
  }

  private static String type(Jwt jwt) {
    String typ = jwt.header().text("typ", "").toLowerCase(Locale.ROOT);
    // RFC 7515 §4.1.9: the prefix may be left out.
    return typ.startsWith("application/") ? typ.substring("application/".length()) : typ;
  }

  static List<String> audience(Fields claims) {
    JsonValue aud = claims.value("aud");
    return aud == null ? List.of() : aud.isString() ? List.of(aud.asString()) : claims.texts("aud");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fields.Malformed(otherwise);
    }
  }
}
