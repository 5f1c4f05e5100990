package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7662: Token Introspection")
class Rfc7662Test {
  private static final String SECRET = "secret of the resource";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo().client(resource()));

  private final OAuthClient client = server.newClient();
  private final Tokens tokens = client.connect(Person.ALICE);

  private static JsonObject resource() {
    return new JsonObject().add("client_id", "resource").add("client_secret", SECRET)
        .add("scope", "account:read")
        .add("grant_types", new JsonArray().add("client_credentials"));
  }

  private static OAuthClient asked(String mcpUrl) {
    return OAuthClient.discover(mcpUrl).known("resource", SECRET);
  }

  private static Answer introspect(OAuthClient caller, String token) {
    return caller.post(caller.endpoint("introspection"), Parameters.of("token", token));
  }

  private static void inactive(Answer answer) {
    assertEquals("{\"active\":false}", answer.expect(200).body());
  }

  private void inactive(String token) {
    inactive(introspect(asked(server.mcpUrl()), token));
  }

  @Nested
  @DisplayName("§2.1 Introspection Request")
  class Request {

    @Test
    @DisplayName("§2.1: whoever asks proves who they are; having an id is no proof")
    void authentication() {
      String url = client.endpoint("introspection");
      Parameters form = Parameters.of("token", tokens.access());
      refused(401, "invalid_client", Http.postForm(url, form));
      refused(401, "invalid_client", introspect(client, tokens.access()));
      refused(401, "invalid_client", introspect(
          OAuthClient.discover(server.mcpUrl()).known("resource", "wrong"), tokens.access()));
      Answer bearer = Http.postForm(url, form, "Authorization", "Bearer " + tokens.access());
      refused(401, "invalid_client", bearer);
    }

    @Test
    @DisplayName("§2.1: without a token, or with two, invalid_request")
    void malformed() {
      OAuthClient resource = asked(server.mcpUrl());
      refused(400, "invalid_request",
          resource.post(resource.endpoint("introspection"), new Parameters()));
      refused(400, "invalid_request", resource.post(resource.endpoint("introspection"),
          Parameters.of("token", "a", "token", "b")));
    }

    @Test
    @DisplayName("§2.1: only POST, and the token not in the URL")
    void method() {
      assertEquals("POST, OPTIONS", Http.get(client.endpoint("introspection")
          + "?token=" + tokens.access()).expect(405).header("Allow"));
    }
  }

  @Nested
  @DisplayName("§2.2 Introspection Response")
  class Response {

    @Test
    @DisplayName("§2.2: says of an active access token what it says itself, and whose it is")
    void accessToken() {
      Answer answer = introspect(asked(server.mcpUrl()), tokens.access()).expect(200);
      assertEquals("no-store", answer.header("Cache-Control"));
      assertEquals(true, answer.json().getBoolean("active", false));
      assertEquals("Bearer", answer.text("token_type"));
      assertEquals("alice", answer.text("username"));
      for (String claim : new String[] {
          "iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"}) {
        assertEquals(tokens.claims().get(claim), answer.json().get(claim), claim);
      }
    }

    @Test
    @DisplayName("§2.2: of an active refresh token, without calling it a Bearer token")
    void refreshToken() {
      Answer answer = introspect(asked(server.mcpUrl()), tokens.refresh()).expect(200);
      assertEquals(true, answer.json().getBoolean("active", false));
      assertEquals("alice", answer.text("sub"));
      assertEquals(client.clientId(), answer.text("client_id"));
      assertEquals("account:read", answer.text("scope"));
      assertNull(answer.text("token_type"));
    }

    @Test
    @DisplayName("RFC 6749 §4.4: a client that acts for itself is nobody's username")
    void ofAClient() {
      OAuthClient resource = asked(server.mcpUrl());
      Tokens own = new Tokens(resource.token(
          Parameters.of("grant_type", "client_credentials")).expect(200).json());
      Answer answer = introspect(resource, own.access());
      assertEquals("resource", answer.text("sub"));
      assertNull(answer.text("username"));
    }

    @ParameterizedTest
    @DisplayName("§2.2: of what is no token, that it is not active, and nothing more")
    @ValueSource(strings = {"x", "a.b.c", "e30.e30.", "\"", "é"})
    void unknown(String token) {
      inactive(token);
    }

    @Test
    @DisplayName("§2.2: the same of what has expired, was revoked or was used")
    void over() {
      Tokens refreshed = client.refresh(tokens);
      inactive(tokens.refresh());
      client.post(client.endpoint("revocation"), Parameters.of("token", refreshed.access()));
      inactive(refreshed.access());
      server.clock().advanceSeconds(900);
      inactive(tokens.access());
      Tokens later = client.refresh(refreshed);
      client.post(client.endpoint("revocation"), Parameters.of("token", later.refresh()));
      inactive(later.access());
      inactive(later.refresh());
    }

    @Test
    @DisplayName("§2.2: the same of tokens of other kinds: ID tokens, codes, forged ones")
    void otherKinds() {
      inactive(client.connect(Person.BOB, "openid").id());
      String[] parts = tokens.access().split("\\.");
      inactive(parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()));
      inactive("e30." + parts[1] + "." + parts[2]);
    }

    @Test
    @DisplayName("§4: a client that registered itself learns of its own tokens, and of no others")
    void foreign() {
      OAuthClient registered = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token")));
      inactive(introspect(registered, tokens.access()));
      inactive(introspect(registered, tokens.refresh()));
      Tokens own = registered.connect(Person.BOB);
      assertTrue(introspect(registered, own.access()).json().getBoolean("active", false));
    }

    @Test
    @DisplayName("§2.2: nothing is active any more of a user who was removed")
    void removedUser() {
      try (Gatehouse other = Gatehouse.builder().port(0).clock(server.clock()).demo()
          .client(resource()).start()) {
        OAuthClient app = OAuthClient.discover(other.mcpUrl()).register();
        Tokens alices = app.connect(Person.ALICE);
        other.users().remove("alice");
        inactive(introspect(asked(other.mcpUrl()), alices.access()));
        inactive(introspect(asked(other.mcpUrl()), alices.refresh()));
        refused(400, "invalid_grant", app.refresh(alices.refresh()));
      }
    }
  }

  @Test
  @DisplayName("RFC 9701: the answer is signed for whoever accepts only that")
  void signed() throws Exception {
    Answer answer = Http.postForm(client.endpoint("introspection"),
        Parameters.of("token", tokens.access(), "client_id", "resource", "client_secret", SECRET),
        "Accept", "application/token-introspection+jwt").expect(200);
    assertEquals("application/token-introspection+jwt", answer.header("Content-Type"));
    SignedJWT jwt = SignedJWT.parse(answer.body());
    assertEquals("token-introspection+jwt", jwt.getHeader().getType().getType());
    assertTrue(jwt.verify(new RSASSAVerifier(JWKSet.parse(client.keys().toString())
        .getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())));
    assertEquals(server.issuer(), jwt.getJWTClaimsSet().getIssuer());
    assertEquals("resource", jwt.getJWTClaimsSet().getAudience().get(0));
    assertNull(jwt.getJWTClaimsSet().getExpirationTime());
    assertEquals(true, jwt.getJWTClaimsSet().getJSONObjectClaim("token_introspection")
        .get("active"));
  }
}
