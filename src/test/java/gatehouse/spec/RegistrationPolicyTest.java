package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may register, and how long a registration lasts (RFC 7591 §3 and §5, RFC 7592). */
@DisplayName("Registration policy")
class RegistrationPolicyTest {
  private static final JsonObject METADATA = new JsonObject()
      .add("client_name", "App")
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
      .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token"));

  private static Answer register(GatehouseServer server, String... headers) {
    return Http.postJson(server.url("/register"), METADATA, headers);
  }

  @Nested
  @DisplayName("registration is off:")
  class Off {
    @RegisterExtension
    final GatehouseServer server = GatehouseServer.with(b -> b.demo().noRegistration()
        .client(new JsonObject(METADATA).add("client_id", "known")));

    @Test
    @DisplayName("AS-05: it is not advertised, and nobody registers")
    void nobody() {
      OAuthClient client = OAuthClient.discover(server.mcpUrl());
      assertNull(client.metadata().get("registration_endpoint"));
      for (Answer answer : new Answer[] {register(server),
          register(server, "Authorization", "Bearer guessed")}) {
        assertTrue(answer.status() >= 401 && answer.status() <= 404, "" + answer.status());
        assertNull(answer.json().get("client_id"));
      }
    }

    @Test
    @DisplayName("AS-92: a client that the operator wrote down needs no registration")
    void preRegistered() {
      OAuthClient client = OAuthClient.discover(server.mcpUrl()).known("known", null);
      assertTrue(client.isAccepted(client.connect(Person.ALICE)));
      refused(401, "invalid_token", Http.get(server.url("/register/known"),
          "Authorization", "Bearer x"));
    }
  }

  @Nested
  @DisplayName("registration needs an initial access token:")
  class WithTokens {
    @RegisterExtension
    final GatehouseServer server =
        GatehouseServer.with(b -> b.demo().registrationTokens("first token", "second"));

    @Test
    @DisplayName("RFC 7591 §3: with one of them a client registers, and manages itself by its own")
    void admitted() {
      assertNotNull(OAuthClient.discover(server.mcpUrl()).endpoint("registration"));
      JsonObject client =
          register(server, "Authorization", "Bearer second").expect(201).json();
      String url = client.getString("registration_client_uri", null);
      refused(401, "invalid_token", Http.get(url, "Authorization", "Bearer second"));
      Http.get(url, "Authorization", "bearer "
          + client.getString("registration_access_token", null)).expect(200);
    }

    @Test
    @DisplayName("RFC 6750 §3, RFC 9110 §15.5.2: without, 401 with a challenge that says Bearer")
    void refusedWithChallenge() {
      Answer wrong =
          refused(401, "invalid_token", register(server, "Authorization", "Bearer third"));
      assertTrue(wrong.header("WWW-Authenticate").startsWith("Bearer"));
      Answer missing = register(server).expect(401);
      assertNotNull(missing.header("WWW-Authenticate"), "a 401 must have a challenge");
      assertTrue(missing.header("WWW-Authenticate").startsWith("Bearer"));
    }

    @Test
    @DisplayName("RFC 7592 §2.1: the same for the management of a registration")
    void managementChallenge() {
      String url = register(server, "Authorization", "Bearer second").expect(201).json()
          .getString("registration_client_uri", null);
      for (String method : new String[] {"GET", "PUT", "DELETE"}) {
        Answer answer = Http.send(method, url, null).expect(401);
        assertNotNull(answer.header("WWW-Authenticate"), method);
      }
    }
  }

  @Nested
  @DisplayName("registration is open:")
  class Open {
    @RegisterExtension
    final GatehouseServer server = GatehouseServer.demo();

    private JsonObject confidential() {
      return register(server).expect(201).json();
    }

    private Answer manage(String method, JsonObject client, JsonObject body) {
      return Http.send(method, client.getString("registration_client_uri", null),
          body == null ? null : body.toString(), "Content-Type", "application/json",
          "Authorization", "Bearer " + client.getString("registration_access_token", null));
    }

    @Test
    @DisplayName("RFC 7592 §2.2: a secret stays as long as it is needed, and ends with the need")
    void secret() {
      JsonObject client = confidential();
      String id = client.getString("client_id", null);
      JsonObject update = new JsonObject(METADATA).add("client_id", id);
      manage("PUT", client, update.set("client_name", "New name")).expect(200);
      OAuthClient known = OAuthClient.discover(server.mcpUrl())
          .known(id, client.getString("client_secret", null));
      assertTrue(known.isAccepted(known.connect(Person.ALICE)));

      manage("PUT", client, update.set("token_endpoint_auth_method", "none")).expect(200);
      refused(401, "invalid_client", known.refresh("x"));
      refused(400, "invalid_grant", known.known(id, null).refresh("x"));

      String next = manage("PUT", client, update.set("token_endpoint_auth_method",
          "client_secret_post")).expect(200).text("client_secret");
      assertNotNull(next);
      refused(401, "invalid_client",
          known.known(id, client.getString("client_secret", null)).refresh("x"));
      refused(400, "invalid_grant", known.known(id, next).refresh("x"));
    }

    @Test
    @DisplayName("RFC 7592 §2.1: a secret is told once, and never again")
    void toldOnce() {
      JsonObject client = confidential();
      assertNotNull(client.getString("client_secret", null));
      assertNull(manage("GET", client, null).expect(200).text("client_secret"));
    }

    @Test
    @DisplayName("AS-102: only these methods, and nothing below or beside")
    void methods() {
      JsonObject client = confidential();
      assertEquals(405, manage("POST", client, METADATA).status());
      String url = client.getString("registration_client_uri", null);
      assertEquals(401, Http.get(url + "/x", "Authorization", "Bearer "
          + client.getString("registration_access_token", null)).status());
      assertEquals(401, Http.get(server.url("/register/"), "Authorization", "Bearer x").status());
    }

    @Test
    @DisplayName("AS-103: after DELETE the client, its page and its codes are gone")
    void deleted() {
      JsonObject client = confidential();
      OAuthClient known = OAuthClient.discover(server.mcpUrl()).known(
          client.getString("client_id", null), client.getString("client_secret", null));
      Browser browser = new Browser();
      Page consent = known.attempt().in(browser).signIn(Person.ALICE);
      manage("DELETE", client, null).expect(204);
      assertEquals(400, consent.allow().answer().status());
      refused(401, "invalid_token", manage("DELETE", client, null));
      refused(401, "invalid_token",
          manage("PUT", client, new JsonObject(METADATA).add("client_id", known.clientId())));
    }

    @Test
    @DisplayName("AS-100: who keeps using a client keeps it, however long ago it registered")
    void kept() {
      JsonObject client = confidential();
      OAuthClient known = OAuthClient.discover(server.mcpUrl()).known(
          client.getString("client_id", null), client.getString("client_secret", null));
      for (int i = 0; i < 4; i++) {
        assertTrue(known.isAccepted(known.connect(Person.ALICE)));
        server.clock().advance(Duration.ofDays(179));
      }
      manage("GET", client, null).expect(200);
    }

    @Test
    @DisplayName("AS-100: of registrations that are alike the oldest unused give way")
    void alike() {
      JsonObject used = confidential();
      OAuthClient known = OAuthClient.discover(server.mcpUrl()).known(
          used.getString("client_id", null), used.getString("client_secret", null));
      known.connect(Person.ALICE);
      JsonObject oldest = confidential();
      server.clock().advance(Duration.ofMinutes(31));
      for (int i = 0; i < 30; i++) {
        confidential();
      }
      refused(401, "invalid_token", manage("GET", oldest, null));
      manage("GET", used, null).expect(200);
      assertFalse(known.attempt().in(new Browser()).answer().status() == 400);
    }
  }
}
