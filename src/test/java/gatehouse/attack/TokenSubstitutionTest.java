package gatehouse.attack;

import static gatehouse.spec.Refusals.challenged;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MCP security best practices, "Token Passthrough"; RFC 8725 §2; OAuth 2.1 §7.4: something that
 * looks like an access token, is signed by somebody, or is good for something else.
 */
class TokenSubstitutionTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @RegisterExtension
  static final GatehouseServer other = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Tokens tokens =
      client.connect(Person.ALICE, ALICE, "openid", "account:read", "offline_access");
  private final JsonObject header = Tokens.part(tokens.access(), 0);
  private final JsonObject claims = tokens.claims();
  private final RSAKey attackers = key();

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static void rejected(String token) {
    challenged(401, "invalid_token", server.mcp(new Tokens(new JsonObject()
        .add("access_token", token))).call("get_account"));
    for (String revision : new String[] {"2025-03-26", McpClient.NEWEST}) {
      assertEquals(401,
          McpClient.of(revision, server.mcpUrl()).bearing(token).discover().status());
    }
    assertEquals(401, Http.get(server.url("/userinfo"), "Authorization", "Bearer " + token)
        .status());
  }

  private String signed(JWSSigner signer, JWSAlgorithm algorithm) {
    String input = Base64URL.encode(header.toString()) + "."
        + Base64URL.encode(claims.toString());
    try {
      return input + "." + signer.sign(
          new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private String signedByTheAttacker() {
    try {
      return signed(new RSASSASigner(attackers), JWSAlgorithm.RS256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theTokenThatAllOthersAreMeasuredAgainstIsGood() {
    assertEquals(200, server.mcp(tokens).call("get_account").status());
  }

  @Nested
  class OfOurOwn {

    @Test
    void anIdTokenOpensNothing() {
      rejected(tokens.id());
    }

    @Test
    void aRefreshTokenOpensNothing() {
      rejected(tokens.refresh());
      client.refresh(tokens);
    }

    @Test
    void aCodeOpensNothing() {
      String code = client.attempt().allowedBy(Person.ALICE, ALICE).response().get("code");
      rejected(code);
      refused(400, "invalid_grant", client.refresh(code));
    }

    @Test
    void anAccessTokenRefreshesNothing() {
      refused(400, "invalid_grant", client.refresh(tokens.access()));
      refused(400, "invalid_grant", client.exchange(client.attempt(), tokens.refresh()));
    }

    @Test
    void anIntrospectionAnswerOpensNothing() {
      OAuthClient asking = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI)));
      String token = asking.connect(Person.ALICE, ALICE).access();
      String signed = Http.postForm(server.url("/introspect"), Parameters.of(
          "token", token, "client_id", asking.clientId(), "client_secret", asking.clientSecret()),
          "Accept", "application/token-introspection+jwt").expect(200).body();
      assertEquals("token-introspection+jwt", Tokens.part(signed, 0).getString("typ", null));
      rejected(signed);
    }

    @Test
    void aManagementTokenOpensNothing() {
      rejected(Http.postJson(server.url("/register"), new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))).expect(201)
          .text("registration_access_token"));
    }
  }

  @Nested
  class OfOthers {

    @Test
    void aTokenOfAnotherGatehouseOpensNothing() {
      rejected(other.newClient().connect(Person.ALICE).access());
    }

    @Test
    void aTokenSignedByTheAttackerOpensNothingWhateverKeyItNames() {
      rejected(signedByTheAttacker());
      header.set("jwk", Json.parse(attackers.toPublicJWK().toJSONString()));
      rejected(signedByTheAttacker());
      header.set("jku", "https://evil.example/jwks").set("x5u", "https://evil.example/cert");
      rejected(signedByTheAttacker());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../../../dev/null", "' OR '1'='1", "https://evil.example/key",
      "\u0000", "0"})
    void noKeyIdLeadsToAKeyThatWasNotPublished(String kid) {
      header.set("kid", kid);
      rejected(signedByTheAttacker());
    }

    @Test
    void aTokenWithoutAKeyIdOpensNothing() {
      header.remove("kid");
      rejected(signedByTheAttacker());
    }
  }

  @Nested
  class Forged {

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", ""})
    void aTokenWithoutASignatureOpensNothing(String alg) {
      header.set("alg", alg);
      String unsigned = Base64URL.encode(header.toString()) + "."
          + Base64URL.encode(claims.toString()) + ".";
      rejected(unsigned);
      rejected(unsigned + tokens.access().substring(tokens.access().lastIndexOf('.') + 1));
    }

    @Test
    void ourPublicKeyIsNobodysSecret() throws Exception {
      RSAKey ours = JWKSet.parse(client.keys().toString()).getKeys().get(0).toRSAKey();
      header.set("alg", "HS256");
      for (byte[] secret : new byte[][] {ours.toRSAPublicKey().getEncoded(),
          ours.toJSONString().getBytes(StandardCharsets.UTF_8),
          ours.getModulus().decode()}) {
        rejected(signed(new MACSigner(secret), JWSAlgorithm.HS256));
      }
    }

    @Test
    void aChangedClaimBreaksTheSignature() {
      String[] parts = tokens.access().split("\\.");
      for (String[] change : new String[][] {{"sub", "bob"}, {"scope", "account:write"},
          {"client_id", "other"}, {"aud", server.mcpUrl() + "/"}}) {
        JsonObject changed = new JsonObject(claims).set(change[0], change[1]);
        rejected(parts[0] + "." + Base64URL.encode(changed.toString()) + "." + parts[2]);
      }
      rejected(parts[0] + "." + parts[1] + "." + parts[2].substring(0, 300));
      rejected(parts[0] + "." + parts[1] + ".");
    }

    @Test
    void aSecondSpellingOfTheSameTokenIsNotTheSameToken() {
      String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      String access = tokens.access();
      int last = alphabet.indexOf(access.charAt(access.length() - 1));
      rejected(access.substring(0, access.length() - 1) + alphabet.charAt(last + 1));
      rejected(access + "=");
    }
  }
}
