package gatehouse.login.passkey;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.jose.Jwk;
import gatehouse.json.Fields;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Map;

/**
 * The public key of a passkey as the authenticator writes it: a COSE_Key (RFC 9052 §7) for ES256 on
 * P-256 or RS256 (RFC 9053 §7.1, RFC 8812 §2), and what such a key signs.
 *
 * <p>What a key of either kind must be like (on its curve, long enough) is {@link Jwk}'s business,
 * so the key is handed on in that form. Other algorithms are not asked for, and so not accepted.
 */
final class CoseKey {
  /** RFC 9053 §2.1, RFC 8812 §2. */
  private static final long ES256 = -7;
  private static final long RS256 = -257;

  /** The labels of RFC 9052 §7.1; a negative one means what the type of the key says. */
  private static final long KTY = 1;
  private static final long ALG = 3;
  private static final long CRV_OR_N = -1;
  private static final long X_OR_E = -2;
  private static final long Y = -3;

  private static final long KTY_EC2 = 2;
  private static final long KTY_RSA = 3;
  private static final long CRV_P256 = 1;

  private static final int P256_BYTES = 32;

  private CoseKey() {
  }

  /** What we ask for, the better one first ({@code pubKeyCredParams}, §5.4). */
  static JsonArray wanted() {
    return new JsonArray()
        .add(new JsonObject().add("type", "public-key").add("alg", ES256))
        .add(new JsonObject().add("type", "public-key").add("alg", RS256));
  }

  /**
   * Reads a key.
   *
   * @throws Refused {@code WRONG_ALGORITHM} or {@code MALFORMED}
   */
  static Jwk read(Map<?, ?> cose) {
    Object alg = cose.get(ALG);
    boolean es256 = Long.valueOf(ES256).equals(alg);
    // §7.1 step 20: one of those we asked for.
    Refused.unless(es256 || Long.valueOf(RS256).equals(alg), Refusal.WRONG_ALGORITHM);
    JsonObject jwk = es256 ? ec(cose) : rsa(cose);
    try {
      return Jwk.read(Fields.of(jwk));
    } catch (Fields.Malformed e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }

  /** Whether the key signed the message. ECDSA signatures are in ASN.1 here (§6.5.5). */
  static boolean verify(Jwk key, byte[] message, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(
          key.alg().equals("ES256") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initVerify(key.key());
      signature.update(message);
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      // Bytes that are no signature at all.
      return false;
    }
  }

  /** §5.8.5: ES256 here is on P-256 and nothing else, its point uncompressed. */
  private static JsonObject ec(Map<?, ?> cose) {
    Refused.unless(Long.valueOf(KTY_EC2).equals(cose.get(KTY))
        && Long.valueOf(CRV_P256).equals(cose.get(CRV_OR_N)), Refusal.MALFORMED);
    byte[] x = bytes(cose, X_OR_E);
    byte[] y = bytes(cose, Y);
    Refused.unless(x.length == P256_BYTES && y.length == P256_BYTES, Refusal.MALFORMED);
    return new JsonObject().add("kty", "EC").add("crv", "P-256")
        .add("x", Encoding.base64url(x)).add("y", Encoding.base64url(y));
  }

  private static JsonObject rsa(Map<?, ?> cose) {
    Refused.unless(Long.valueOf(KTY_RSA).equals(cose.get(KTY)), Refusal.MALFORMED);
    return new JsonObject().add("kty", "RSA")
        .add("n", Encoding.base64url(bytes(cose, CRV_OR_N)))
        .add("e", Encoding.base64url(bytes(cose, X_OR_E)));
  }

  private static byte[] bytes(Map<?, ?> cose, long label) {
    if (cose.get(label) instanceof byte[] bytes) {
      return bytes;
    }
    throw new Refused(Refusal.MALFORMED);
  }
}
