package gatehouse.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import gatehouse.crypto.Encoding;
import gatehouse.json.Fields;
import gatehouse.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule broken on its own, in a token that is good otherwise; signed by another library. */
class JwtValidatorTest {
  private static RSAKey rsa;
  private static RSAKey stranger;
  private static ECKey ec;

  private final TestClock clock = new TestClock();
  private final JsonObject header =
      new JsonObject().add("alg", "RS256").add("typ", "at+jwt").add("kid", "rsa");
  private final JsonObject claims = new JsonObject()
      .add("iss", "https://as").add("aud", "https://rs").add("sub", "alice").add("jti", "1")
      .add("iat", now(0)).add("exp", now(60));
  private final JwtValidator validator = new JwtValidator(
      Set.of("at+jwt"), "https://as", Set.of("https://rs"), keys(), clock);

  @BeforeAll
  static void makeKeys() throws JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  }

  private static JwkSet keys() {
    return new JwkSet(List.of(JwkTest.jwk(rsa.toPublicJWK().toJSONString()),
        JwkTest.jwk(ec.toPublicJWK().toJSONString())));
  }

  private long now(long plus) {
    return clock.instant().getEpochSecond() + plus;
  }

  private String token() {
    return token(header.toString(), claims.toString(), signer(rsa), JWSAlgorithm.RS256);
  }

  private static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String token(
      String header, String claims, JWSSigner signer, JWSAlgorithm algorithm) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    try {
      return input + "." + signer.sign(new com.nimbusds.jose.JWSHeader(algorithm),
          input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void refused(String why) {
    refused(why, token());
  }

  private void refused(String why, String token) {
    assertEquals(why, assertThrows(Fields.Malformed.class, () -> validator.validate(token))
        .getMessage());
  }

  @Test
  void acceptsATokenThatKeepsEveryRule() {
    VerifiedJwt jwt = validator.validate(token());
    assertEquals("alice", jwt.subject());
    assertEquals("1", jwt.id());
    assertEquals(List.of("https://rs"), jwt.audience());
    assertEquals(clock.instant().plusSeconds(60), jwt.expires());
  }

  @Test
  void acceptsWhatAnotherIssuerSignedWithEs256() throws JOSEException {
    header.set("alg", "ES256").set("kid", "ec");
    assertEquals("alice", validator.validate(token(header.toString(), claims.toString(),
        new ECDSASigner(ec), JWSAlgorithm.ES256)).subject());
  }

  @Nested
  class Type {

    @ParameterizedTest
    @ValueSource(strings = {"AT+JWT", "application/at+jwt", "Application/AT+jwt"})
    void isComparedWithoutCaseAndPrefix(String typ) {
      header.set("typ", typ);
      assertEquals("alice", validator.validate(token()).subject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "", "at+jwt+x", "dpop+jwt", "logout+jwt", "text/at+jwt"})
    void ofAnotherKindIsRefused(String typ) {
      header.set("typ", typ);
      refused("this kind of token is not accepted here");
    }

    @Test
    void mayNotBeMissing() {
      header.remove("typ");
      refused("this kind of token is not accepted here");
    }
  }

  @Nested
  class Header {

    @Test
    void withACriticalExtensionIsRefused() {
      header.set("crit", new JsonArray().add("b64")).set("b64", false);
      refused("the token has critical extensions");
    }

    @Test
    void cannotBringItsOwnKey() {
      header.set("jwk", Json.parse(stranger.toPublicJWK().toJSONString()))
          .set("jku", "https://evil/jwks").set("x5u", "https://evil/cert");
      refused(SIGNATURE, token(header.toString(), claims.toString(), signer(stranger),
          JWSAlgorithm.RS256));
      header.set("kid", "unknown");
      refused(SIGNATURE, token(header.toString(), claims.toString(), signer(stranger),
          JWSAlgorithm.RS256));
    }

    @Test
    void thatRepeatsANameIsRefused() {
      String twice = header.toString().replace("{", "{\"alg\":\"none\",");
      refused("a name appears twice in one object",
          token(twice, claims.toString(), signer(rsa), JWSAlgorithm.RS256));
    }
  }

  private static final String SIGNATURE = "the signature does not verify with any current key";

  @Nested
  class Signature {

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void isNotOptional(String alg) {
      header.set("alg", alg);
      String input = Base64URL.encode(header.toString()) + "."
          + Base64URL.encode(claims.toString()) + ".";
      refused(SIGNATURE, input);
      refused(SIGNATURE, input + token().substring(token().lastIndexOf('.') + 1));
    }

    @Test
    void cannotBeAnHmacWithThePublicKey() throws JOSEException {
      header.set("alg", "HS256");
      for (byte[] secret : List.of(rsa.toRSAPublicKey().getEncoded(),
          rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
        refused(SIGNATURE, token(header.toString(), claims.toString(), new MACSigner(secret),
            JWSAlgorithm.HS256));
      }
    }

    @Test
    void hasToBeOfTheAlgorithmOfItsKey() {
      header.set("alg", "ES256");
      refused(SIGNATURE);
      header.set("alg", "PS256");
      refused(SIGNATURE, token(header.toString(), claims.toString(), signer(rsa),
          JWSAlgorithm.PS256));
      header.set("alg", "RS512");
      refused(SIGNATURE, token(header.toString(), claims.toString(), signer(rsa),
          JWSAlgorithm.RS512));
    }

    @Test
    void ofAStrangerOrOverOtherClaimsIsRefused() {
      refused(SIGNATURE, token(header.toString(), claims.toString(), signer(stranger),
          JWSAlgorithm.RS256));
      String[] parts = token().split("\\.");
      claims.set("sub", "bob");
      refused(SIGNATURE, parts[0] + "." + Base64URL.encode(claims.toString()) + "." + parts[2]);
    }

    @Test
    void ofAnUnknownKeyIsRefused() {
      header.set("kid", "other");
      refused(SIGNATURE);
    }
  }

  @Nested
  class Claims {

    @Test
    void nameTheExactIssuer() {
      for (String issuer : List.of("https://as/", "https://AS", "http://as", "https://as.evil")) {
        claims.set("iss", issuer);
        refused("the token was issued by somebody else");
      }
      claims.remove("iss");
      refused("the token was issued by somebody else");
    }

    @Test
    void nameTheAudienceAloneOrAmongOthers() {
      claims.set("aud", new JsonArray().add("https://other").add("https://rs"));
      assertEquals(2, validator.validate(token()).audience().size());
      for (String audience : List.of("https://rs/", "https://rs/sibling", "https://other", "")) {
        claims.set("aud", audience);
        refused("the token is meant for another audience");
      }
      claims.set("aud", new JsonArray());
      refused("the token is meant for another audience");
      claims.remove("aud");
      refused("the token is meant for another audience");
    }

    @Test
    void haveAnExpiryThatIsNotOver() {
      clock.advanceSeconds(59);
      validator.validate(token());
      clock.advanceSeconds(1);
      refused("the token has expired");
      claims.remove("exp");
      refused("the token has no expiry");
    }

    @Test
    void mayHaveExpiredWhereACallerAllowsIt() {
      String token = token();
      clock.advanceSeconds(119);
      assertEquals("alice", validator.validate(token, Duration.ofMinutes(1)).subject());
      clock.advanceSeconds(1);
      assertThrows(Fields.Malformed.class,
          () -> validator.validate(token, Duration.ofMinutes(1)));
    }

    @Test
    void mayComeFromAClockThatIsHalfAMinuteAhead() {
      claims.set("nbf", now(30)).set("iat", now(30));
      validator.validate(token());
      claims.set("nbf", now(31));
      refused("the token is not valid yet");
      claims.set("nbf", now(0)).set("iat", now(31));
      refused("the token was issued in the future");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat"})
    void haveTimesThatAreNumbers(String name) {
      claims.set(name, "" + now(0));
      refused("'" + name + "' must be a whole number");
    }

    @Test
    void thatRepeatANameAreRefused() {
      String twice = claims.toString().replace("{", "{\"sub\":\"bob\",");
      refused("a name appears twice in one object",
          token(header.toString(), twice, signer(rsa), JWSAlgorithm.RS256));
    }
  }

  @Nested
  class Form {

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30", "e30.e30.e30.e30", "e30..",
      ".e30.", "W10.e30.AA"})
    void thatIsNoJwtIsRefused(String text) {
      assertThrows(Fields.Malformed.class, () -> validator.validate(text));
    }

    @Test
    void hasOneSpellingOnly() {
      String token = token();
      assertThrows(Fields.Malformed.class, () -> validator.validate(token + "="));
      assertThrows(Fields.Malformed.class, () -> validator.validate(" " + token));
      assertThrows(Fields.Malformed.class, () -> validator.validate(token + "\n"));
      assertThrows(Fields.Malformed.class, () -> validator.validate(otherLastBits(token)));
    }

    @Test
    void isBoundedInLength() {
      claims.set("padding", "x".repeat(16 * 1024));
      refused("not a JWT");
    }

    /** 256 bytes end in a character of which four bits count for nothing. */
    private String otherLastBits(String token) {
      String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      int last = alphabet.indexOf(token.charAt(token.length() - 1));
      assertEquals(256, Encoding.bytes(token.substring(token.lastIndexOf('.') + 1)).length);
      return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }
  }
}
