package gatehouse.jose;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * Signatures in compact form (RFC 7515 §3.1): RS256 made and verified, ES256 verified only.
 *
 * <p>There is no {@code none}, and no HMAC: with neither in the code, no header can ask for them
 * (RFC 8725 §3.2).
 */
public final class Jws {
  private Jws() {
  }

  /** Signs with RS256; {@code alg} and {@code kid} are added to the header. */
  public static String sign(PrivateKey key, String kid, String typ, JsonObject claims) {
    JsonObject header = new JsonObject().add("alg", "RS256").add("typ", typ).add("kid", kid);
    String input = encode(header) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Encoding.base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  /** Whether the key made this signature, by the key's own algorithm. */
  static boolean verify(Jwk key, String input, byte[] bytes) {
    try {
      // RFC 7518 §3.4: two numbers of 32 bytes side by side, which is not the ASN.1 of plain ECDSA.
      Signature signature = Signature.getInstance(
          key.alg().equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initVerify(key.key());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      // A signature of the wrong length is a wrong signature.
      return false;
    }
  }

  private static String encode(JsonObject json) {
    return Encoding.base64url(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
