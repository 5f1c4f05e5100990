package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import gatehouse.support.McpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each deliberately wrong token is refused for the reason it is named after, and for no other. */
@GatehouseTest(per = GatehouseTest.Per.CLASS)
@DisplayName("Tokens on demand")
class FlawTest {
  /** Half a second by default, which a loaded machine can take. */
  private static final int PATIENCE_MS = 10_000;

  /** What Nimbus says about each, as far as it is of use here. */
  private static final Map<Flaw, String> NIMBUS = Map.of(
      Flaw.EXPIRED, "Expired JWT",
      Flaw.NOT_YET_VALID, "JWT before use time",
      Flaw.WRONG_ISSUER, "JWT iss claim value rejected",
      Flaw.WRONG_AUDIENCE, "JWT aud claim rejected",
      Flaw.WRONG_KEY, "Invalid signature",
      Flaw.UNKNOWN_KID, "no matching key(s) found",
      Flaw.ALG_NONE, "Unsecured (plain) JWTs are rejected",
      Flaw.TAMPERED, "Invalid signature",
      Flaw.MISSING_CLAIM, "JWT missing required claims: [sub]",
      Flaw.ID_TOKEN, "typ (type) JWT not allowed");

  /** Those whose signature is right. */
  private static final Set<Flaw> CLAIMS = Set.of(Flaw.EXPIRED, Flaw.NOT_YET_VALID,
      Flaw.WRONG_ISSUER, Flaw.WRONG_AUDIENCE, Flaw.MISSING_CLAIM);

  /** And what our own guard says. */
  private static final Map<Flaw, String> GUARD = Map.of(
      Flaw.EXPIRED, "expired",
      Flaw.NOT_YET_VALID, "not valid yet",
      Flaw.WRONG_ISSUER, "issued by somebody else",
      Flaw.WRONG_AUDIENCE, "another audience",
      Flaw.WRONG_KEY, "signature does not verify",
      Flaw.UNKNOWN_KID, "signature does not verify",
      Flaw.ALG_NONE, "signature does not verify",
      Flaw.TAMPERED, "signature does not verify",
      Flaw.MISSING_CLAIM, "'sub' is required",
      Flaw.ID_TOKEN, "this kind of token");

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void is_refused_by_nimbus_for_the_stated_reason(Flaw flaw, TestGatehouse gatehouse)
      throws Exception {
    DefaultJWTProcessor<SecurityContext> nimbus = nimbus(gatehouse);
    String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
    Exception refused = assertThrows(Exception.class, () -> nimbus.process(token, null));
    assertTrue(refused.getMessage().contains(NIMBUS.get(flaw)), refused::getMessage);
    // What is wrong with the claims is told apart from what is wrong around them.
    boolean ofClaims = CLAIMS.contains(flaw);
    assertEquals(ofClaims, refused instanceof BadJWTException, refused::toString);
    assertEquals(flaw == Flaw.EXPIRED, refused instanceof ExpiredJWTException, refused::toString);
    assertTrue(ofClaims || refused instanceof BadJOSEException, refused::toString);
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void is_refused_by_the_guard_for_the_stated_reason(Flaw flaw, TestGatehouse gatehouse) {
    String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
    String description = McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token)
        .listTools().expect(401).challenge().get("error_description");
    assertTrue(description.contains(GUARD.get(flaw)), description);
  }

  @Test
  void is_accepted_by_both_if_nothing_is_wrong(TestGatehouse gatehouse) throws Exception {
    String token = gatehouse.tokenFor("alice").client("my-client").scopes("account:read")
        .audience(gatehouse.mcpUrl(), "https://api.example").lifetime(Duration.ofMinutes(3))
        .claim("tenant", "wonderland").issue();
    JWTClaimsSet claims = nimbus(gatehouse).process(token, null);
    assertEquals("alice", claims.getSubject());
    assertEquals("my-client", claims.getStringClaim("client_id"));
    assertEquals("wonderland", claims.getStringClaim("tenant"));
    assertEquals(180,
        Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant())
            .toSeconds());
    McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token).call("get_account")
        .structured();
  }

  @Test
  void has_a_life_that_the_clock_ends(@GatehouseTest TestGatehouse own) {
    McpClient client = McpClient.of(McpClient.NEWEST, own.mcpUrl()).bearing(own.token("alice"));
    client.listTools().expect(200);
    own.clock().advance(Duration.ofMinutes(14));
    client.listTools().expect(200);
    own.clock().advance(Duration.ofMinutes(1));
    client.listTools().expect(401);
  }

  /** What a careful resource server in Java sets up (RFC 9068 §4). */
  private static DefaultJWTProcessor<SecurityContext> nimbus(TestGatehouse gatehouse)
      throws Exception {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256,
        JWKSourceBuilder.create(URI.create(gatehouse.url("/jwks")).toURL(),
            new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS)).build()));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(gatehouse.mcpUrl(),
        new JWTClaimsSet.Builder().issuer(gatehouse.issuer()).build(),
        Set.of("sub", "client_id", "jti", "iat", "exp")));
    return processor;
  }
}
