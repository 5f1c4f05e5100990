package gatehouse.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import gatehouse.crypto.Encoding;
import gatehouse.json.Fields;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkTest {

  static Jwk jwk(String json) {
    return Jwk.read(Fields.readObject(json));
  }

  @Test
  @DisplayName("RFC 7638 §3.1: the thumbprint of the example")
  void thumbprint() {
    assertEquals(Vectors.THUMBPRINT, Jwk.thumbprint(jwk(Vectors.THUMBPRINT_KEY).key()));
  }

  @Test
  void agreesWithAnotherImplementationAboutThumbprints() throws JOSEException {
    JWK rsa = new RSAKeyGenerator(2048).generate().toPublicJWK();
    JWK ec = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
    for (JWK key : new JWK[] {rsa, ec}) {
      assertEquals(key.computeThumbprint().toString(),
          Jwk.thumbprint(jwk(key.toJSONString()).key()));
    }
  }

  @Test
  void takesIdAndAlgorithmFromTheKey() {
    assertEquals("2011-04-29", jwk(Vectors.THUMBPRINT_KEY).kid());
    assertEquals("RS256", jwk(Vectors.THUMBPRINT_KEY).alg());
    assertEquals("ES256", jwk(Vectors.ES256_KEY).alg());
    assertNull(jwk(Vectors.ES256_KEY).kid());
  }

  @Test
  void readsItsOwnWriting() {
    Jwk key = jwk(Vectors.THUMBPRINT_KEY);
    assertEquals(key, jwk(key.json().toString()));
  }

  @Test
  void neverWritesAPrivateMember() throws JOSEException {
    RSAKey pair = new RSAKeyGenerator(2048).keyID("k").generate();
    assertTrue(pair.isPrivate());
    assertEquals(Set.of("kty", "n", "e", "use", "alg", "kid"),
        new TreeSet<>(jwk(pair.toJSONString()).json().names()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
    "{\"kty\":\"RSA\",\"use\":\"enc\",\"n\":\"AAAA\",\"e\":\"AQAB\"}",
    "{\"kty\":\"RSA\",\"alg\":\"PS256\",\"n\":\"AAAA\",\"e\":\"AQAB\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"RS256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}"})
  void leavesOutKeysOfOtherKindsAndUses(String json) {
    assertNull(jwk(json));
  }

  @Test
  void refusesAnRsaKeyThatIsTooShortOrTooLong() {
    for (int bytes : new int[] {128, 255, 1025}) {
      byte[] modulus = new byte[bytes];
      modulus[0] = (byte) 0x80;
      modulus[bytes - 1] = 1;
      assertThrows(Fields.Malformed.class, () -> jwk("{\"kty\":\"RSA\",\"n\":\""
          + Encoding.base64url(modulus) + "\",\"e\":\"AQAB\"}"), bytes + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQ", "AA", "AQAAAAAB"})
  void refusesAnRsaExponentThatProvesNothingOrCostsTooMuch(String exponent) {
    assertThrows(Fields.Malformed.class,
        () -> jwk(Vectors.RS256_KEY.replace("\"AQAB\"", "\"" + exponent + "\"")));
  }

  @Test
  @DisplayName("RFC 8725 §3.4: a point that is not on the curve is refused")
  void offTheCurve() {
    assertThrows(Fields.Malformed.class,
        () -> jwk(Vectors.ES256_KEY.replace("\"x\":\"f83O", "\"x\":\"f83P")));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}",
    "{\"kty\":\"RSA\",\"e\":\"AQAB\"}",
    "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
    "{\"kty\":\"RSA\",\"n\":1,\"e\":\"AQAB\"}",
    "{\"kty\":\"EC\",\"x\":\"AA\",\"y\":\"AA\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"})
  void refusesABrokenKey(String json) {
    assertThrows(Fields.Malformed.class, () -> jwk(json));
  }

  @Test
  void aSetLeavesOutWhatItDoesNotKnowAndBoundsTheRest() {
    String known = Vectors.ES256_KEY;
    JwkSet set = JwkSet.read(Fields.readObject(
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}," + known + "],\"more\":1}"));
    assertEquals(1, set.keys().size());
    assertThrows(Fields.Malformed.class, () -> JwkSet.read(Fields.readObject(
        "{\"keys\":[" + (known + ",").repeat(20) + known + "]}")));
  }

  @Test
  void aSetOffersTheKeyOfAnIdOrAllOfTheAlgorithm() {
    JwkSet set = JwkSet.read(Fields.readObject("{\"keys\":["
        + Vectors.THUMBPRINT_KEY + "," + Vectors.RS256_KEY + "," + Vectors.ES256_KEY + "]}"));
    assertEquals(1, set.candidates("2011-04-29", "RS256").size());
    assertEquals(0, set.candidates("2011-04-29", "ES256").size());
    assertEquals(0, set.candidates("other", "RS256").size());
    assertEquals(2, set.candidates(null, "RS256").size());
    assertEquals(0, set.candidates(null, "none").size());
  }
}
