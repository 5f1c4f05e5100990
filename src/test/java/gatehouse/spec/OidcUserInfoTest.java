package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.login.User;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OpenID Connect Core 1.0: the UserInfo endpoint")
class OidcUserInfoTest {
  private static final Person CAROL = new Person("carol", "teacup");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .user(new User("carol", "Carol Danvers", "carol@example.org", null), "teacup"));

  private final OAuthClient client = server.newClient();

  private Tokens signedIn(String... scopes) {
    return client.connect(CAROL, scopes);
  }

  private Answer ask(String method, Tokens tokens) {
    return Http.send(method, server.url("/userinfo"), null,
        "Authorization", "Bearer " + tokens.access());
  }

  @ParameterizedTest
  @DisplayName("§5.3: by GET and POST, the same subject as in the ID token, never cached")
  @ValueSource(strings = {"GET", "POST"})
  void subject(String method) {
    Tokens tokens = signedIn("openid");
    Answer answer = ask(method, tokens).expect(200);
    assertEquals("{\"sub\":\"carol\"}", answer.body());
    assertEquals(Tokens.part(tokens.id(), 1).get("sub"), answer.json().get("sub"));
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
  }

  @Test
  @DisplayName("§5.4: each claim by the scope that covers it")
  void claims() {
    JsonObject email = ask("GET", signedIn("openid", "email")).json();
    assertEquals("carol@example.org", email.getString("email", null));
    assertEquals(true, email.getBoolean("email_verified", false));
    assertNull(email.get("name"));
    JsonObject profile = ask("GET", signedIn("openid", "profile")).json();
    assertEquals("Carol Danvers", profile.getString("name", null));
    assertEquals("carol", profile.getString("preferred_username", null));
    assertNull(profile.get("email"));
  }

  @Test
  @DisplayName("§5.3.2: a claim that nobody knows is left out, not null")
  void unknown() {
    Answer answer = ask("GET", client.connect(Person.ALICE, "openid", "email")).expect(200);
    assertNull(answer.json().get("email"));
    assertNull(answer.json().get("email_verified"));
  }

  @Test
  @DisplayName("§5.3.1: a token without openid is 403, one that is none 401")
  void refused() {
    Answer answer = ask("GET", signedIn("account:read")).expect(403);
    assertEquals("insufficient_scope", answer.challenge().get("error"));
    assertTrue(answer.challenge().get("scope").contains("openid"));
    assertFalse(answer.body().contains("carol"));
    assertEquals("Bearer", Http.get(server.url("/userinfo")).expect(401)
        .header("WWW-Authenticate").substring(0, 6));
    assertEquals("invalid_token", Http.get(server.url("/userinfo"),
        "Authorization", "Bearer x").expect(401).challenge().get("error"));
  }

  @Test
  @DisplayName("AS-138: a token for userinfo alone opens no tool")
  void notTheResource() {
    Tokens tokens = signedIn("openid");
    server.mcp(tokens).call("get_account").expect(403);
  }
}
