package gatehouse.jose;

import static gatehouse.jose.JwkTest.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.crypto.Encoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JwsTest {

  @Test
  @DisplayName("RFC 7515 A.2: the RS256 example verifies")
  void rs256() {
    assertTrue(Jws.verify(jwk(Vectors.RS256_KEY), Vectors.RS256_INPUT,
        Encoding.bytes(Vectors.RS256_SIGNATURE)));
  }

  @Test
  @DisplayName("RFC 7515 A.3: the ES256 example verifies")
  void es256() {
    assertTrue(Jws.verify(jwk(Vectors.ES256_KEY), Vectors.ES256_INPUT,
        Encoding.bytes(Vectors.ES256_SIGNATURE)));
  }

  @Test
  void noOtherInputKeyOrSignatureVerifies() {
    byte[] signature = Encoding.bytes(Vectors.RS256_SIGNATURE);
    Jwk key = jwk(Vectors.RS256_KEY);
    assertFalse(Jws.verify(key, Vectors.ES256_INPUT, signature));
    assertFalse(Jws.verify(jwk(Vectors.THUMBPRINT_KEY), Vectors.RS256_INPUT, signature));
    assertFalse(Jws.verify(jwk(Vectors.ES256_KEY), Vectors.RS256_INPUT, signature));
    signature[100] ^= 1;
    assertFalse(Jws.verify(key, Vectors.RS256_INPUT, signature));
  }

  @Test
  void signaturesOfTheWrongLengthDoNotVerify() {
    for (int length : new int[] {0, 1, 63, 65, 255, 257, 10_000}) {
      byte[] bytes = new byte[length];
      assertFalse(Jws.verify(jwk(Vectors.RS256_KEY), Vectors.RS256_INPUT, bytes), "" + length);
      assertFalse(Jws.verify(jwk(Vectors.ES256_KEY), Vectors.ES256_INPUT, bytes), "" + length);
    }
  }

  @Test
  @DisplayName("an ECDSA signature of zeros verifies nothing (CVE-2022-21449)")
  void zeros() {
    assertFalse(Jws.verify(jwk(Vectors.ES256_KEY), Vectors.ES256_INPUT, new byte[64]));
  }

  @Test
  void anotherImplementationVerifiesWhatItSigns() throws Exception {
    RSAKey pair = new RSAKeyGenerator(2048).generate();
    String token = Jws.sign(pair.toPrivateKey(), "kid-1", "at+jwt",
        new JsonObject().add("sub", "alice"));
    SignedJWT jwt = SignedJWT.parse(token);
    assertTrue(jwt.verify(new RSASSAVerifier(pair.toRSAPublicKey())));
    assertEquals("RS256", jwt.getHeader().getAlgorithm().getName());
    assertEquals("kid-1", jwt.getHeader().getKeyID());
    assertEquals("at+jwt", jwt.getHeader().getType().toString());
    assertEquals("alice", jwt.getJWTClaimsSet().getSubject());
  }
}
