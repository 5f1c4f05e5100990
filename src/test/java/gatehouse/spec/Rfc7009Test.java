package gatehouse.spec;

import static gatehouse.spec.Refusals.challenged;
import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7009: Token Revocation")
class Rfc7009Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private OAuthClient client;
  private Tokens tokens;

  @BeforeEach
  void connect() {
    client = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token")));
    tokens = client.connect(Person.ALICE, "openid", "account:read");
  }

  private static Answer revoke(OAuthClient caller, String token, String... more) {
    return caller.post(caller.endpoint("revocation"), Parameters.of(more).add("token", token));
  }

  @Nested
  @DisplayName("§2.1 Revocation Request")
  class Request {

    @Test
    @DisplayName("§2.1: a refresh token takes its whole grant along, at once")
    void refreshToken() {
      Tokens refreshed = client.refresh(tokens);
      assertEquals("", revoke(client, refreshed.refresh()).expect(200).body());
      dead(client, refreshed);
      dead(client, tokens);
      challenged(401, "invalid_token", server.mcp(tokens).listTools());
    }

    @Test
    @DisplayName("§2.1: a refresh token that was used already stands for its grant as well")
    void usedRefreshToken() {
      Tokens refreshed = client.refresh(tokens);
      revoke(client, tokens.refresh()).expect(200);
      dead(client, refreshed);
    }

    @Test
    @DisplayName("§2.1: an access token takes only itself along, though it is a JWT")
    void accessToken() {
      Tokens other = client.refresh(tokens);
      revoke(client, tokens.access()).expect(200);
      assertFalse(client.isAccepted(tokens));
      Http.get(client.endpoint("userinfo"), "Authorization", "Bearer " + tokens.access())
          .expect(401);
      assertTrue(client.isAccepted(other));
      assertNotNull(client.refresh(other).access());
    }

    @ParameterizedTest
    @DisplayName("§2.1: a hint is a hint")
    @ValueSource(strings = {"access_token", "refresh_token", "something_else"})
    void hint(String hint) {
      revoke(client, tokens.refresh(), "token_type_hint", hint).expect(200);
      dead(client, tokens);
    }

    @Test
    @DisplayName("§2.1: the client proves itself, and nothing is revoked if it does not")
    void authentication() {
      String id = client.clientId();
      Parameters form = Parameters.of("token", tokens.refresh());
      refused(401, "invalid_client", Http.postForm(client.endpoint("revocation"), form));
      refused(401, "invalid_client",
          Http.postForm(client.endpoint("revocation"), form.set("client_id", id)));
      refused(401, "invalid_client", Http.postForm(client.endpoint("revocation"),
          form.set("client_secret", "wrong")));
      assertTrue(client.isAccepted(client.refresh(tokens)));
    }

    @Test
    @DisplayName("§2.1: another client's token is refused, and stays good")
    void foreign() {
      OAuthClient other = server.newClient();
      refused(400, "invalid_grant", revoke(other, tokens.refresh()));
      refused(400, "invalid_grant", revoke(other, tokens.access()));
      assertTrue(client.isAccepted(tokens));
      assertNotNull(client.refresh(tokens));
    }

    @Test
    @DisplayName("§5: a public client revokes by its id and the token")
    void publicClient() {
      OAuthClient open = server.newClient();
      Tokens its = open.connect(Person.BOB);
      revoke(open, its.refresh()).expect(200);
      dead(open, its);
    }
  }

  @Nested
  @DisplayName("§2.2 Revocation Response")
  class Response {

    @ParameterizedTest
    @DisplayName("§2.2: a token that is no good is revoked already: 200")
    @ValueSource(strings = {"x", "a.b.c", "not a token at all", "e30.e30."})
    void unknown(String token) {
      assertEquals("", revoke(client, token).expect(200).body());
    }

    @Test
    @DisplayName("§2.2: a second time, or after its end, is 200 as well")
    void again() {
      revoke(client, tokens.refresh()).expect(200);
      revoke(client, tokens.refresh()).expect(200);
      revoke(client, tokens.access()).expect(200);
      server.clock().advanceSeconds(901);
      revoke(client, tokens.access()).expect(200);
    }

    @Test
    @DisplayName("§2.2: an ID token is nothing that could be revoked, and takes nothing along")
    void idToken() {
      revoke(client, tokens.id()).expect(200);
      assertTrue(client.isAccepted(tokens));
    }

    @Test
    @DisplayName("§2.2.1: without a token, or with two, invalid_request")
    void malformed() {
      refused(400, "invalid_request",
          client.post(client.endpoint("revocation"), Parameters.of("token", "")));
      refused(400, "invalid_request",
          revoke(client, tokens.refresh(), "token", tokens.access()));
      assertTrue(client.isAccepted(tokens));
    }

    @Test
    @DisplayName("§2: only POST, and the token not in the URL")
    void method() {
      assertEquals("POST, OPTIONS", Http.get(client.endpoint("revocation") + "?token="
          + tokens.refresh()).expect(405).header("Allow"));
      assertTrue(client.isAccepted(client.refresh(tokens)));
    }

    @Test
    @DisplayName("§2.3: clients in a browser may call it")
    void cors() {
      assertEquals("*", revoke(client, "x").header("Access-Control-Allow-Origin"));
      Http.send("OPTIONS", client.endpoint("revocation"), null,
          "Origin", "https://app.example").expect(204);
    }
  }
}
