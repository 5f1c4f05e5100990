package gatehouse.jose;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * A public key in JSON (RFC 7517): RSA of at least 2048 bits for RS256, or P-256 for ES256.
 *
 * <p>The algorithm is a property of the key (RFC 8725 §3.1): whoever verifies asks the key, never
 * the header of what is to be verified. Private members are neither read nor written.
 *
 * @param kid the key's id; for our own keys the thumbprint of RFC 7638
 * @param alg {@code RS256} or {@code ES256}
 */
public record Jwk(String kid, String alg, PublicKey key) {
  /** RFC 7518 §3.3. */
  private static final int MIN_RSA_BITS = 2048;

  /** Verifying with a larger modulus costs more than a stranger's key may cost us. */
  private static final int MAX_RSA_BITS = 8192;

  private static final int P256_BYTES = 32;

  /** Our own key, with its thumbprint as id. */
  public static Jwk of(RSAPublicKey key) {
    return new Jwk(thumbprint(key), "RS256", key);
  }

  /**
   * Reads a key.
   *
   * @return the key, or null if it is of a kind, or for a use, that is not ours
   * @throws Fields.Malformed if it is of our kind but broken, too short or too long
   */
  public static Jwk read(Fields json) {
    String use = json.text("use");
    if (use != null && !use.equals("sig")) {
      return null;
    }
    String alg = json.text("alg");
    String kid = json.text("kid");
    try {
      switch (json.needText("kty")) {
        case "RSA":
          return alg == null || alg.equals("RS256")
              ? new Jwk(kid, "RS256", rsa(number(json, "n"), number(json, "e"))) : null;
        case "EC":
          return json.needText("crv").equals("P-256") && (alg == null || alg.equals("ES256"))
              ? new Jwk(kid, "ES256", p256(number(json, "x"), number(json, "y"))) : null;
        default:
          return null;
      }
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw new Fields.Malformed("a key is not valid");
    }
  }

  /** The key as it is published (RFC 7517 §4). */
  public JsonObject json() {
    JsonObject json = members(key);
    return json.add("use", "sig").add("alg", alg).add("kid", kid);
  }

  /** RFC 7638 §3: SHA-256 over the required members, in lexicographic order and without spaces. */
  public static String thumbprint(PublicKey key) {
    return Encoding.base64url(
        Secrets.sha256(members(key).toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject members(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new JsonObject()
          .add("e", text(rsa.getPublicExponent(), 0))
          .add("kty", "RSA")
          .add("n", text(rsa.getModulus(), 0));
    }
    ECPoint point = ((ECPublicKey) key).getW();
    return new JsonObject()
        .add("crv", "P-256")
        .add("kty", "EC")
        .add("x", text(point.getAffineX(), P256_BYTES))
        .add("y", text(point.getAffineY(), P256_BYTES));
  }

  private static PublicKey rsa(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException {
    if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS
        || exponent.bitLength() > Integer.SIZE) {
      throw new Fields.Malformed("an RSA key must have " + MIN_RSA_BITS + " to " + MAX_RSA_BITS
          + " bits");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static PublicKey p256(BigInteger x, BigInteger y) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = curve.getParameterSpec(ECParameterSpec.class);
    BigInteger p = ((java.security.spec.ECFieldFp) p256.getCurve().getField()).getP();
    // The JDK does not check it: a point off the curve opens a door (RFC 8725 §3.4).
    BigInteger right = x.pow(3).add(p256.getCurve().getA().multiply(x))
        .add(p256.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new Fields.Malformed("an EC key is not on its curve");
    }
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), p256));
  }

  private static BigInteger number(Fields json, String name) {
    try {
      return new BigInteger(1, Encoding.bytes(json.needText(name)));
    } catch (Fields.Malformed e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Fields.Malformed("'" + name + "' must be base64url");
    }
  }

  /** Big-endian without a sign byte; padded to a length where the curve fixes one. */
  private static String text(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    byte[] out = new byte[Math.max(length, bytes.length - sign)];
    System.arraycopy(bytes, sign, out, out.length - (bytes.length - sign), bytes.length - sign);
    return Encoding.base64url(out);
  }
}
