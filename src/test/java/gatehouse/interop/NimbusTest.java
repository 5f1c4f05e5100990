package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nimbus, the library under most OAuth in Java, as the judge of our documents and tokens. */
@DisplayName("Nimbus")
class NimbusTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @Test
  void resolves_the_authorization_server_metadata() throws Exception {
    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.resolve(new Issuer(server.issuer()));
    assertEquals(new Issuer(server.issuer()), metadata.getIssuer());
    assertTrue(metadata.getResponseTypes().contains(new ResponseType("code")));
    assertTrue(metadata.getCodeChallengeMethods().contains(CodeChallengeMethod.S256));
    assertTrue(metadata.supportsAuthorizationResponseIssuerParam());
    assertEquals(server.url("/token"), metadata.getTokenEndpointURI().toString());
    assertEquals(server.url("/register"), metadata.getRegistrationEndpointURI().toString());
  }

  @Test
  void resolves_the_same_as_openid_provider_metadata() throws Exception {
    OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(new Issuer(server.issuer()));
    assertEquals(server.url("/authorize"), metadata.getAuthorizationEndpointURI().toString());
    assertTrue(metadata.getIDTokenJWSAlgs().contains(JWSAlgorithm.RS256));
  }

  @Test
  void finds_only_public_signing_keys_in_the_key_set() throws Exception {
    JWKSet keys = keys();
    assertFalse(keys.getKeys().isEmpty());
    for (JWK key : keys.getKeys()) {
      assertFalse(key.isPrivate());
      assertEquals(JWSAlgorithm.RS256, key.getAlgorithm());
      assertTrue(key.size() >= 2048);
      assertEquals("sig", key.getKeyUse().identifier());
    }
  }

  @Test
  void verifies_access_tokens() throws Exception {
    OAuthClient client = server.newClient();
    JWTClaimsSet claims = verifier(server.mcpUrl(), "at+jwt")
        .process(client.connect(Person.ALICE).access(), null);
    assertEquals("alice", claims.getSubject());
    assertEquals(client.clientId(), claims.getStringClaim("client_id"));
    assertEquals("account:read", claims.getStringClaim("scope"));
  }

  @Test
  void takes_an_access_token_for_nothing_else() {
    Tokens tokens = server.newClient().connect(Person.ALICE);
    assertThrows(BadJOSEException.class,
        () -> verifier("https://other.example/mcp", "at+jwt").process(tokens.access(), null));
    assertThrows(BadJOSEException.class,
        () -> verifier(server.mcpUrl(), "JWT").process(tokens.access(), null));
  }

  private static JWKSet keys() throws Exception {
    return JWKSet.parse(Http.get(server.url("/jwks")).expect(200).body());
  }

  /** What a resource server in Java sets up. */
  private static DefaultJWTProcessor<SecurityContext> verifier(String audience, String type)
      throws Exception {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys())));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(audience,
        new JWTClaimsSet.Builder().issuer(server.issuer()).build(),
        Set.of("sub", "client_id", "jti", "iat", "exp", "scope")));
    return processor;
  }
}
