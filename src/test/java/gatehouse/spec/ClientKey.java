package gatehouse.spec;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.support.Parameters;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** A client's own key pair, and the assertions it signs (RFC 7523 §2.2), made by Nimbus. */
public final class ClientKey {
  /** RFC 7523 §2.2. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final JWK jwk;

  private ClientKey(JWK jwk) {
    this.jwk = jwk;
  }

  /** A P-256 key. */
  public static ClientKey es256(String kid) {
    try {
      return new ClientKey(new ECKeyGenerator(Curve.P_256).keyID(kid).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** An RSA key. */
  public static ClientKey rs256(String kid) {
    try {
      return new ClientKey(new RSAKeyGenerator(2048).keyID(kid).generate());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The key set that the client publishes. */
  public JsonObject jwks() {
    return new JsonObject().add("keys",
        new JsonArray().add(Json.parse(jwk.toPublicJWK().toJSONString())));
  }

  /** The key as Nimbus has it. */
  public JWK jwk() {
    return jwk;
  }

  /** What a correct assertion says. */
  public static JWTClaimsSet.Builder claims(String clientId, String audience, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(clientId)
        .subject(clientId)
        .audience(audience)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)))
        .jwtID(UUID.randomUUID().toString());
  }

  /** A correct assertion. */
  public String assertion(String clientId, String audience, Instant now) {
    return sign(claims(clientId, audience, now).build());
  }

  /** Signs whatever is claimed, as client libraries do. */
  public String sign(JWTClaimsSet claims) {
    return sign(header().build(), claims);
  }

  /** A header for this key, yet to be changed. */
  public JWSHeader.Builder header() {
    return new JWSHeader.Builder(jwk instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256)
        .keyID(jwk.getKeyID()).type(JOSEObjectType.JWT);
  }

  /** Signs whatever is claimed, under this header. */
  public String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      JWSSigner signer = jwk instanceof ECKey key ? new ECDSASigner(key)
          : new RSASSASigner((RSAKey) jwk);
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The form of a request that proves itself by the assertion. */
  public static Parameters proving(String assertion, String... namesAndValues) {
    return Parameters.of(namesAndValues)
        .add("client_assertion_type", TYPE).add("client_assertion", assertion);
  }
}
