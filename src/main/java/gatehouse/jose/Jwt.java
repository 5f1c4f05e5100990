package gatehouse.jose;

import gatehouse.crypto.Encoding;
import gatehouse.json.Fields;

/**
 * A JWT that nobody has verified yet (RFC 7519): good for finding out whose key to ask for, and for
 * nothing else. {@link JwtValidator} turns it into a {@link VerifiedJwt}.
 */
public final class Jwt {
  /** A token of ours has 900 characters; one with many claims stays below this. */
  private static final int MAX_CHARS = 16 * 1024;

  private final Fields header;
  private final Fields claims;
  private final String signingInput;
  private final byte[] signature;

  private Jwt(Fields header, Fields claims, String signingInput, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  /**
   * Takes a compact serialization apart.
   *
   * @throws Fields.Malformed if it is no JWT, too long, not canonical base64url, or repeats a name
   */
  public static Jwt parse(String compact) {
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (compact.length() > MAX_CHARS || first < 1 || second < 0
        || compact.indexOf('.', second + 1) >= 0) {
      throw new Fields.Malformed("not a JWT");
    }
    return new Jwt(part(compact.substring(0, first)), part(compact.substring(first + 1, second)),
        compact.substring(0, second), bytes(compact.substring(second + 1)));
  }

  private static Fields part(String text) {
    return Fields.readObject(bytes(text));
  }

  private static byte[] bytes(String text) {
    try {
      return Encoding.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new Fields.Malformed("not a JWT");
    }
  }

  /** The header, unverified. */
  public Fields header() {
    return header;
  }

  /** The claims, unverified: a hint, never a fact. */
  public Fields unverifiedClaims() {
    return claims;
  }

  String signingInput() {
    return signingInput;
  }

  byte[] signature() {
    return signature;
  }
}
