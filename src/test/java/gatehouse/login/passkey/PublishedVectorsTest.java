package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.jose.Jwk;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Web Authentication Level 3 §16: the published test vectors")
class PublishedVectorsTest {
  private static final RelyingParty PARTY = RelyingParty.of("https://example.org", "Example");
  private static final String PLAIN = "\"crossOrigin\":false";

  private static AuthenticatorData register(PublishedVectors v, boolean verified) {
    return Registration.verify(
        PARTY, v.createChallenge, v.createClientData, v.attestationObject, verified);
  }

  private static AuthenticatorData use(PublishedVectors v, Jwk key, boolean eligible) {
    return new Assertion("id", v.getClientData, v.authenticatorData, v.signature, null).verify(
        PARTY, v.getChallenge, passkey(key, eligible), "handle", true, false);
  }

  private static Passkey passkey(Jwk key, boolean eligible) {
    return new Passkey("id", "alice", "Vector", key, 0, eligible, false, Instant.EPOCH,
        Instant.EPOCH);
  }

  private static void assertRefused(Refusal reason, Runnable what) {
    assertEquals(reason, assertThrows(Refused.class, what::run).reason());
  }

  @Test
  void es256WithoutAttestation() {
    PublishedVectors v = new PublishedVectors("none.ES256", 32, PLAIN, false);
    assertEquals("649874d44aab0a7e9dbf210eb22b33f359c3b89819afae2e3094056cecd208c2",
        v.fingerprint());
    AuthenticatorData made = register(v, false);
    assertArrayEquals(v.id, made.credential().id());
    AuthenticatorData used = use(v, made.credential().key(), made.isBackupEligible());
    assertEquals(true, used.isBackedUp());
    // Its authenticator did not verify anybody.
    assertRefused(Refusal.USER_NOT_VERIFIED, () -> register(v, true));
  }

  @Test
  void es256WithSelfAttestation() {
    PublishedVectors v = new PublishedVectors("packed-self.ES256", 32, PLAIN, true);
    assertEquals("a5a3a75de4b7519d4a006823af9440cda4658a86ec5778553d10d5da9aac0a4c",
        v.fingerprint());
    AuthenticatorData made = register(v, true);
    use(v, made.credential().key(), made.isBackupEligible());
  }

  @Test
  void es256InAFrame() {
    PublishedVectors v =
        new PublishedVectors("none.ES256.crossOrigin", 32, "\"crossOrigin\":true", false);
    assertEquals("bf2ca948f7578dba3f83897659c7099b8698c2bd3339ad6fbadb9874dcf60c38",
        v.fingerprint());
    assertRefused(Refusal.CROSS_ORIGIN, () -> register(v, false));
    assertRefused(Refusal.CROSS_ORIGIN, () -> use(v, null, false));
  }

  @Test
  void es256InANamedFrame() {
    PublishedVectors v = new PublishedVectors("none.ES256.topOrigin", 32,
        "\"crossOrigin\":true,\"topOrigin\":\"https://example.com\"", false);
    assertEquals("c28e83d5df5647c4569845e75b88414952dd4bc955240866c5df4fdb4886a0f8",
        v.fingerprint());
    assertRefused(Refusal.CROSS_ORIGIN, () -> register(v, false));
    assertRefused(Refusal.CROSS_ORIGIN, () -> use(v, null, false));
  }

  @Test
  void es256WithAVeryLongId() {
    PublishedVectors v =
        new PublishedVectors("none.ES256.long-credential-id", 1_023, PLAIN, false);
    assertEquals("e8f7a744566926e8a7a2d682b6e6f000332624e85b31342754bf827142261fab",
        v.fingerprint());
    AuthenticatorData made = register(v, false);
    assertArrayEquals(v.id, made.credential().id());
    use(v, made.credential().key(), made.isBackupEligible());
  }

  /** Its registration is attested by a certificate, which nobody here looks at. */
  @Test
  void rs256() throws GeneralSecurityException {
    BigInteger p = BigInteger.TWO.pow(1279).subtract(BigInteger.ONE);
    BigInteger q = BigInteger.TWO.pow(2203).subtract(BigInteger.ONE);
    BigInteger e = BigInteger.valueOf(65_537);
    BigInteger d = e.modInverse(
        p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE)));
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    PrivateKey privateKey = rsa.generatePrivate(new RSAPrivateKeySpec(p.multiply(q), d));
    PublicKey publicKey = rsa.generatePublic(new RSAPublicKeySpec(p.multiply(q), e));

    String challenge = Encoding.base64url(PublishedVectors.random("packed.RS256", 7, 32));
    byte[] clientData = ("{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge
        + "\",\"origin\":\"https://example.org\"," + PLAIN + "}")
        .getBytes(StandardCharsets.UTF_8);
    byte[] data = PublishedVectors.join(
        Secrets.sha256("example.org".getBytes(StandardCharsets.UTF_8)),
        new byte[] {0x19, 0, 0, 0, 0});
    byte[] signature = SoftAuthenticator.sign(
        privateKey, "SHA256withRSA", data, Secrets.sha256(clientData));
    assertEquals("91b248f83f55ee49d7b92e8a3fd1183bcfea7055e745968c6d12c5e865a17831",
        Encoding.hex(Secrets.sha256(PublishedVectors.join(clientData, data, signature))));

    Jwk key = CoseKey.read((Map<?, ?>) Cbor.read(
        CborWriter.write(SoftAuthenticator.cose(publicKey))));
    new Assertion("id", clientData, data, signature, null).verify(
        PARTY, challenge, passkey(key, true), "handle", true, false);
  }
}
