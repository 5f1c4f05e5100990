package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7592: Dynamic Client Registration Management")
class Rfc7592Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final JsonObject metadata = new JsonObject()
      .add("client_name", "App")
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
      .add("token_endpoint_auth_method", "none")
      .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token"));
  private final JsonObject registered =
      Http.postJson(server.url("/register"), metadata).expect(201).json();
  private final String url = registered.get("registration_client_uri").asString();
  private final String token = registered.get("registration_access_token").asString();
  private final String id = registered.get("client_id").asString();

  private Answer send(String method, String bearer, JsonObject body) {
    return Http.send(method, url, body == null ? null : body.toString(),
        "Content-Type", "application/json", "Authorization", "Bearer " + bearer);
  }

  private OAuthClient client() {
    return OAuthClient.discover(server.mcpUrl()).known(id, null);
  }

  @Nested
  @DisplayName("§2.1 Client Read Request")
  class Read {

    @Test
    @DisplayName("§2.1: gives what is registered, and where and how to manage it")
    void read() {
      JsonObject read = send("GET", token, null).expect(200).json();
      for (String name : new String[] {"client_id", "client_name", "redirect_uris",
          "registration_client_uri", "client_id_issued_at"}) {
        assertEquals(registered.get(name), read.get(name), name);
      }
      assertEquals("no-store", send("GET", token, null).header("Cache-Control"));
    }

    @Test
    @DisplayName("§2.1: without the right token 401, whether or not the client exists")
    void wrongToken() {
      Answer wrong = refused(401, "invalid_token", send("GET", "wrong", null));
      Answer missing = refused(401, "invalid_token", Http.get(
          server.url("/register/unknown"), "Authorization", "Bearer " + token));
      assertEquals(wrong.body(), missing.body());
      refused(401, "invalid_token", Http.get(url));
    }

    @Test
    @DisplayName("§2.1: the token of one client does not manage another")
    void foreignToken() {
      String foreign = Http.postJson(server.url("/register"), metadata).expect(201).json()
          .get("registration_access_token").asString();
      refused(401, "invalid_token", send("GET", foreign, null));
      refused(401, "invalid_token", send("DELETE", foreign, null));
      send("GET", token, null).expect(200);
    }
  }

  @Nested
  @DisplayName("§2.2 Client Update Request")
  class Update {

    @Test
    @DisplayName("§2.2: replaces everything; what is left out is gone")
    void replace() {
      JsonObject update = new JsonObject(metadata).add("client_id", id)
          .set("redirect_uris", new JsonArray().add("https://new.example/cb"));
      update.remove("client_name");
      JsonObject updated = send("PUT", token, update).expect(200).json();
      assertEquals("[\"https://new.example/cb\"]", updated.get("redirect_uris").toString());
      assertNull(updated.get("client_name"));
      client().attempt().in(new Browser()).answer().expect(400);
      client().attempt().with("redirect_uri", "https://new.example/cb").in(new Browser())
          .answer().expect(200);
    }

    @Test
    @DisplayName("§2.2: client_id must be there and be that of the client")
    void otherId() {
      refused(400, "invalid_client_metadata", send("PUT", token, metadata));
      refused(400, "invalid_client_metadata",
          send("PUT", token, new JsonObject(metadata).add("client_id", "other")));
    }

    @ParameterizedTest
    @DisplayName("§2.2: what the server makes is not the client's to set")
    @ValueSource(strings = {"registration_access_token", "registration_client_uri",
      "client_secret_expires_at", "client_id_issued_at"})
    void serverMade(String name) {
      refused(400, "invalid_client_metadata", send("PUT", token,
          new JsonObject(metadata).add("client_id", id).add(name, "x")));
    }

    @Test
    @DisplayName("§2.2: a client cannot choose a secret")
    void secret() {
      Answer answer = send("PUT", token, new JsonObject(metadata).add("client_id", id)
          .set("token_endpoint_auth_method", "client_secret_post").add("client_secret", "mine"));
      assertTrue(answer.status() == 400
          || !"mine".equals(answer.json().getString("client_secret", "mine")), answer.body());
    }

    @Test
    @DisplayName("§2.2: unsuitable metadata changes nothing")
    void unsuitable() {
      refused(400, "invalid_redirect_uri", send("PUT", token, new JsonObject(metadata)
          .add("client_id", id).set("redirect_uris", new JsonArray().add("javascript:alert(1)"))));
      assertEquals(registered.get("redirect_uris"),
          send("GET", token, null).json().get("redirect_uris"));
    }
  }

  @Nested
  @DisplayName("§2.3 Client Delete Request")
  class Delete {

    @Test
    @DisplayName("§2.3: ends the client, its token, and everything it was granted")
    void delete() {
      OAuthClient client = client();
      Tokens tokens = client.connect(Person.ALICE);
      assertTrue(client.isAccepted(tokens));
      assertEquals("", send("DELETE", token, null).expect(204).body());
      assertEquals(false, client.isAccepted(tokens));
      refused(401, "invalid_client", client.refresh(tokens.refresh()));
      refused(401, "invalid_token", send("GET", token, null));
      client.attempt().in(new Browser()).answer().expect(400);
    }
  }
}
