package gatehouse.login.passkey;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The test vectors of W3C Web Authentication Level 3 §16 for one ES256 credential, made from their
 * own recipe: every random value is HKDF-SHA-256 of the text "WebAuthn test vectors", counted up by
 * the salt, and signatures follow RFC 6979. Tests compare the result with the hash of what is
 * printed there before they use it.
 */
final class PublishedVectors {
  private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");

  /** The bits of the random byte that become flags: BS, BE and UV. */
  private static final int CHOSEN = 0x1c;

  private final String info;
  private final BigInteger privateKey;
  private int salt;
  private final String clientDataMore;

  final String createChallenge;
  final byte[] createClientData;
  final byte[] attestationObject;
  final byte[] id;
  final String getChallenge;
  final byte[] getClientData;
  final byte[] authenticatorData;
  final byte[] signature;

  /**
   * One credential.
   *
   * @param info the name of the vector
   * @param idLength bytes of the credential id
   * @param clientDataMore what follows the origin in the client data
   * @param selfAttested whether the attestation is signed by the credential itself
   */
  PublishedVectors(String info, int idLength, String clientDataMore, boolean selfAttested) {
    this.info = info;
    this.clientDataMore = clientDataMore;

    byte[] challenge = next(32);
    privateKey = new BigInteger(1, next(32));
    createChallenge = Encoding.base64url(challenge);
    createClientData = clientData("webauthn.create", createChallenge);
    byte[] aaguid = next(16);
    id = next(idLength);
    int flags = next(1)[0] & CHOSEN;
    flags = (flags & SoftAuthenticator.BE) == 0 ? flags & ~SoftAuthenticator.BS : flags;
    int eligible = flags & SoftAuthenticator.BE;
    byte[] registered = join(data(flags | SoftAuthenticator.UP | SoftAuthenticator.AT), aaguid,
        new byte[] {(byte) (id.length >> 8), (byte) id.length}, id, CborWriter.write(cose()));
    Map<String, Object> attested = new LinkedHashMap<>();
    if (selfAttested) {
      attested.put("alg", -7);
      attested.put("sig", sign(registered, createClientData));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("fmt", selfAttested ? "packed" : "none");
    object.put("attStmt", attested);
    object.put("authData", registered);
    attestationObject = CborWriter.write(object);

    getChallenge = Encoding.base64url(next(32));
    getClientData = clientData("webauthn.get", getChallenge);
    flags = next(1)[0] & (SoftAuthenticator.UV | SoftAuthenticator.BS);
    flags = eligible == 0 ? flags & ~SoftAuthenticator.BS : flags;
    authenticatorData = data(flags | eligible | SoftAuthenticator.UP);
    signature = sign(authenticatorData, getClientData);
  }

  /** A fingerprint of everything that is printed. */
  String fingerprint() {
    return Encoding.hex(Secrets.sha256(join(createClientData, attestationObject, getClientData,
        authenticatorData, signature)));
  }

  private byte[] clientData(String type, String challenge) {
    boolean more = (next(1)[0] & 1) == 1;
    return ("{\"type\":\"" + type + "\",\"challenge\":\"" + challenge
        + "\",\"origin\":\"https://example.org\"," + clientDataMore
        + (more ? ",\"extraData\":\"clientDataJSON may be extended with additional fields in the "
            + "future, such as this: " + Encoding.base64url(next(16)) + "\"" : "")
        + "}").getBytes(StandardCharsets.UTF_8);
  }

  private Map<Object, Object> cose() {
    ECPoint point = P256.getG().multiply(privateKey).normalize();
    Map<Object, Object> cose = new LinkedHashMap<>();
    cose.put(1, 2);
    cose.put(3, -7);
    cose.put(-1, 1);
    cose.put(-2, point.getAffineXCoord().getEncoded());
    cose.put(-3, point.getAffineYCoord().getEncoded());
    return cose;
  }

  private byte[] sign(byte[] data, byte[] clientData) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(privateKey, new ECDomainParameters(P256)));
    BigInteger[] rs = signer.generateSignature(
        Secrets.sha256(join(data, Secrets.sha256(clientData))));
    try {
      return StandardDSAEncoding.INSTANCE.encode(P256.getN(), rs[0], rs[1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] data(int flags) {
    return join(Secrets.sha256("example.org".getBytes(StandardCharsets.UTF_8)),
        new byte[] {(byte) flags, 0, 0, 0, 0});
  }

  private byte[] next(int length) {
    return random(info, salt++, length);
  }

  /** A random value of the vectors: RFC 5869. */
  static byte[] random(String info, int salt, int length) {
    byte[] key = hmac(new byte[] {(byte) salt},
        "WebAuthn test vectors".getBytes(StandardCharsets.UTF_8));
    byte[] out = {};
    byte[] block = {};
    for (int i = 1; out.length < length; i++) {
      block = hmac(key, join(block, info.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) i}));
      out = join(out, block);
    }
    return Arrays.copyOf(out, length);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
