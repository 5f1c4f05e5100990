package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7591: Dynamic Client Registration")
class Rfc7591Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final JsonObject metadata = new JsonObject()
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI));

  private Answer register() {
    return Http.postJson(server.url("/register"), metadata);
  }

  private JsonObject registered() {
    return register().expect(201).json();
  }

  private static JsonArray array(String... texts) {
    JsonArray array = new JsonArray();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }

  @Nested
  @DisplayName("§2 Client Metadata")
  class Metadata {

    @Test
    @DisplayName("§2: what is left out gets the defaults of the standard, and is told so")
    void defaults() {
      JsonObject client = registered();
      assertEquals("client_secret_basic",
          client.get("token_endpoint_auth_method").asString());
      assertEquals(array("authorization_code"), client.get("grant_types"));
      assertEquals(array("code"), client.get("response_types"));
      assertNotNull(client.get("client_secret"));
    }

    @Test
    @DisplayName("§2: what is unknown is ignored, what is unsuitable replaced, and all is echoed")
    void echo() {
      metadata.add("client_name", "App").add("scope", "account:read").add("foo", "bar")
          .add("grant_types", array("authorization_code", "refresh_token", "urn:x"))
          .set("redirect_uris", array("http://evil.example/", OAuthClient.REDIRECT_URI));
      JsonObject client = registered();
      assertEquals("App", client.get("client_name").asString());
      assertEquals("account:read", client.get("scope").asString());
      assertEquals(array(OAuthClient.REDIRECT_URI), client.get("redirect_uris"));
      assertEquals(array("authorization_code", "refresh_token"), client.get("grant_types"));
      assertNull(client.get("foo"));
    }

    @Test
    @DisplayName("§2: the registered scope is a hint, not a ceiling")
    void scope() {
      OAuthClient client = OAuthClient.discover(server.mcpUrl()).register(metadata
          .add("scope", "account:read").add("token_endpoint_auth_method", "none"));
      assertTrue(client.connect(Person.ALICE, "account:read", "account:write").scopes()
          .contains("account:write"));
    }

    @Test
    @DisplayName("§2: jwks and jwks_uri exclude each other")
    void keys() {
      metadata.add("jwks", new JsonObject().add("keys", new JsonArray()))
          .add("jwks_uri", "https://client.example/jwks");
      refused(400, "invalid_client_metadata", register());
    }

    @ParameterizedTest
    @DisplayName("§2, OIDC Registration §2: application_type web means https, native does not")
    @CsvSource({"native,201", ",201", "web,400"})
    void applicationType(String type, int status) {
      if (type != null) {
        metadata.add("application_type", type);
      }
      register().expect(status);
      metadata.set("redirect_uris", array("https://client.example/cb"));
      register().expect(201);
    }

    @Test
    @DisplayName("§2: an explicit null is the same as nothing")
    void nulls() {
      for (String name : new String[] {"client_name", "scope", "jwks", "jwks_uri", "logo_uri",
          "grant_types", "response_types", "token_endpoint_auth_method", "contacts"}) {
        metadata.add(name, Json.NULL);
      }
      for (JsonObject.Member member : registered()) {
        JsonValue value = member.getValue();
        assertFalse(value.isNull() || value.isArray() && value.asArray().isEmpty(),
            member.getName());
      }
    }
  }

  @Nested
  @DisplayName("§3.1 Client Registration Request")
  class Request {

    @ParameterizedTest
    @DisplayName("§3.1: only a JSON object is a registration")
    @ValueSource(strings = {"", "[]", "\"x\"", "null", "{", "{\"redirect_uris\":\"x\"}",
      "{\"redirect_uris\":[1]}", "{\"redirect_uris\":[],\"redirect_uris\":[]}"})
    void noObject(String body) {
      refused(400, "invalid_client_metadata", Http.send("POST", server.url("/register"), body,
          "Content-Type", "application/json"));
    }

    @Test
    @DisplayName("§3.1: only application/json")
    void mediaType() {
      refused(400, "invalid_client_metadata", Http.postForm(server.url("/register"),
          Parameters.of("redirect_uris", OAuthClient.REDIRECT_URI)));
    }

    @ParameterizedTest
    @DisplayName("§3.1: other methods are 405 with Allow")
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void methods(String method) {
      assertEquals("POST, OPTIONS", Http.send(method, server.url("/register"), null)
          .expect(405).header("Allow"));
    }
  }

  @Nested
  @DisplayName("§3.2.1 Client Information Response")
  class Response {

    @Test
    @DisplayName("§3.2.1: 201, never cached, with id and time of issue")
    void shape() {
      Answer answer = register().expect(201);
      assertEquals("application/json", answer.header("Content-Type"));
      assertEquals("no-store", answer.header("Cache-Control"));
      assertEquals("no-cache", answer.header("Pragma"));
      assertEquals(server.clock().instant().getEpochSecond(),
          answer.json().get("client_id_issued_at").asLong());
    }

    @Test
    @DisplayName("§3.2.1: a secret only for clients that use one, and then with its expiry")
    void secret() {
      metadata.set("token_endpoint_auth_method", "none");
      assertNull(registered().get("client_secret"));
      assertNull(registered().get("client_secret_expires_at"));
      for (String method : new String[] {"client_secret_basic", "client_secret_post"}) {
        metadata.set("token_endpoint_auth_method", method);
        assertTrue(registered().get("client_secret").asString().length() >= 22);
        assertEquals(0, registered().get("client_secret_expires_at").asInt());
      }
    }

    @Test
    @DisplayName("§3.2.1: ids are unique and never look like a metadata document's")
    void ids() {
      String one = registered().get("client_id").asString();
      assertNotEquals(one, registered().get("client_id").asString());
      assertFalse(one.startsWith("http"), one);
    }

    @Test
    @DisplayName("§3.2.1: a client cannot choose its id or its secret")
    void chosen() {
      metadata.add("client_id", "mine").add("client_secret", "mine");
      assertNotEquals("mine", registered().get("client_id").asString());
      assertNotEquals("mine", registered().get("client_secret").asString());
    }
  }

  @Nested
  @DisplayName("§3.2.2 Client Registration Error Response")
  class Error {

    @ParameterizedTest
    @DisplayName("§3.2.2: redirect URIs that suit nobody are invalid_redirect_uri")
    @ValueSource(strings = {"http://client.example/cb", "https://client.example/cb#f",
      "javascript:alert(1)", "JAVASCRIPT://x/%0aalert(1)", "data:text/html,x", "file:///etc/passwd",
      "vbscript:x", "https://*.example/cb", "https://user@client.example/", "//client.example/cb",
      "cb", "", "http://localhost.evil.example/cb", "urn:ietf:wg:oauth:2.0:oob", "myapp://cb"})
    void redirectUri(String uri) {
      metadata.set("redirect_uris", array(uri)).set("token_endpoint_auth_method", "none");
      refused(400, "invalid_redirect_uri", register());
    }

    @Test
    @DisplayName("§3.2.2: none at all as well")
    void noRedirectUri() {
      metadata.set("redirect_uris", new JsonArray());
      refused(400, "invalid_redirect_uri", register());
      metadata.remove("redirect_uris");
      refused(400, "invalid_redirect_uri", register());
    }

    @ParameterizedTest
    @DisplayName("§3.2.2: metadata that leaves nothing to do is invalid_client_metadata")
    @CsvSource({"grant_types,implicit", "grant_types,client_credentials", "response_types,token"})
    void unsuitable(String name, String value) {
      metadata.set(name, array(value));
      refused(400, "invalid_client_metadata", register());
    }

    @ParameterizedTest
    @DisplayName("§3.2.2: an authentication method that does not exist here as well")
    @ValueSource(strings = {"tls_client_auth", "client_secret_jwt", "private_key_jwt", "x"})
    void method(String method) {
      metadata.set("token_endpoint_auth_method", method);
      refused(400, "invalid_client_metadata", register());
    }
  }

  @Nested
  @DisplayName("§5 Security Considerations")
  class Security {

    @Test
    @DisplayName("§5: a private-use scheme is for clients without a secret")
    void privateUse() {
      metadata.set("redirect_uris", array("com.example.app:/cb"));
      refused(400, "invalid_redirect_uri", register());
      metadata.set("token_endpoint_auth_method", "none");
      register().expect(201);
    }

    @Test
    @DisplayName("§5: a registration that nobody uses is forgotten")
    void unused() {
      OAuthClient client = server.newClient();
      client.attempt().in(new Browser()).answer().expect(200);
      server.clock().advance(java.time.Duration.ofDays(3));
      client.attempt().in(new Browser()).answer().expect(400);
    }

    @Test
    @DisplayName("§5: a registration in use is not")
    void used() {
      OAuthClient client = server.newClient();
      client.connect(Person.ALICE);
      server.clock().advance(java.time.Duration.ofDays(179));
      client.attempt().in(new Browser()).answer().expect(200);
    }

    @Test
    @DisplayName("§5: a flood is slowed down, and told for how long")
    void flood() {
      Answer answer = register();
      int count = 1;
      while (answer.status() == 201 && count++ < 1_000) {
        answer = register();
      }
      refused(429, "temporarily_unavailable", answer);
      assertTrue(count > 60, "an honest test suite registers two clients a second");
      server.clock().advanceSeconds(Long.parseLong(answer.header("Retry-After")));
      register().expect(201);
      server.clock().advanceSeconds(60);
    }
  }
}
