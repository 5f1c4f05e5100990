package gatehouse.spec;

import static gatehouse.spec.ClientKey.proving;
import static gatehouse.spec.Refusals.challenged;
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
import gatehouse.support.Parameters;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 §4.4 and MCP's extension "OAuth Client Credentials". */
@DisplayName("Client credentials: a client acts for itself")
class ClientCredentialsTest {
  private static final ClientKey KEY = ClientKey.es256("robot");
  private static final String OTHER = "https://reports.example/mcp";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .audience(OTHER)
      .client(machine("robot").add("jwks", KEY.jwks()))
      .client(machine("worker").add("client_secret", "worker's secret"))
      .client(machine("plain").set("scope", (String) null).add("client_secret", "plain secret"))
      .client(machine("alice").add("client_secret", "not her password"))
      .client(machine("nobody"))
      .client(new JsonObject().add("client_id", "web").add("client_secret", "web's secret")
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))));

  private static JsonObject machine(String id) {
    return new JsonObject().add("client_id", id).add("scope", "account:read account:write")
        .add("grant_types", new JsonArray().add("client_credentials"));
  }

  private static OAuthClient known(String id, String secret) {
    return OAuthClient.discover(server.mcpUrl()).known(id, secret);
  }

  private static Answer worker(String... more) {
    return known("worker", "worker's secret")
        .token(Parameters.of(more).add("grant_type", "client_credentials"));
  }

  private static Tokens robot() {
    return new Tokens(Http.postForm(server.url("/token"), proving(
        KEY.assertion("robot", server.issuer(), server.clock().instant()),
        "grant_type", "client_credentials", "resource", server.mcpUrl())).expect(200).json());
  }

  @Test
  @DisplayName("CC-01: the metadata names the grant, the methods and the algorithms")
  void metadata() {
    JsonObject metadata = known("worker", null).metadata();
    String methods = metadata.get("token_endpoint_auth_methods_supported").toString();
    assertTrue(methods.contains("\"private_key_jwt\""), methods);
    assertTrue(methods.contains("\"client_secret_basic\""), methods);
    String algorithms =
        metadata.get("token_endpoint_auth_signing_alg_values_supported").toString();
    assertTrue(algorithms.contains("ES256") && !algorithms.contains("none"), algorithms);
    assertTrue(metadata.get("grant_types_supported").toString().contains("client_credentials"));
  }

  @Nested
  @DisplayName("RFC 6749 §4.4.3 Access Token Response")
  class Response {

    @Test
    @DisplayName("CC-02, CC-03: a signed assertion gives a token for the resource")
    void assertion() {
      Tokens tokens = robot();
      assertEquals(server.mcpUrl(), tokens.claims().getString("aud", null));
      assertEquals(Set.of("account:read", "account:write"), tokens.scopes());
      assertTrue(known("robot", null).isAccepted(tokens));
    }

    @Test
    @DisplayName("CC-04: the client is its own subject; there is nothing to refresh or identify")
    void shape() {
      Answer answer = worker().expect(200);
      Tokens tokens = new Tokens(answer.json());
      assertEquals("worker", tokens.claims().getString("sub", null));
      assertEquals("worker", tokens.claims().getString("client_id", null));
      assertNull(tokens.refresh());
      assertNull(tokens.id());
      assertEquals("no-store", answer.header("Cache-Control"));
      assertEquals("Bearer", answer.text("token_type"));
    }

    @Test
    @DisplayName("CC-04: it has no user's data, and userinfo knows nobody of that name")
    void noUser() {
      Tokens tokens = robot();
      assertTrue(server.mcp(tokens).call("get_account").result().getBoolean("isError", false)
          || !server.mcp(tokens).call("get_account").body().contains("Liddell"));
      Http.get(server.url("/userinfo"), "Authorization", "Bearer " + tokens.access())
          .expect(403);
    }

    @Test
    @DisplayName("CC-03: scopes are those the operator wrote down, or fewer")
    void scopes() {
      assertEquals("account:read", worker("scope", "account:read").text("scope"));
      assertEquals("account:read", worker("scope", "account:read unknown openid").text("scope"));
      refused(400, "invalid_scope", worker("scope", "openid unknown"));
      assertEquals("account:read", known("plain", "plain secret")
          .token(Parameters.of("grant_type", "client_credentials")).text("scope"));
    }

    @Test
    @DisplayName("CC-03: the audience is the resource that was asked for, and no other")
    void audience() {
      Tokens elsewhere = new Tokens(worker("resource", OTHER).expect(200).json());
      assertEquals(OTHER, elsewhere.claims().getString("aud", null));
      challenged(401, "invalid_token", server.mcp(elsewhere).listTools());
      refused(400, "invalid_target", worker("resource", "https://unknown.example/"));
      assertEquals(server.mcpUrl(),
          new Tokens(worker().json()).claims().getString("aud", null));
    }

    @Test
    @DisplayName("RFC 7009: it can be revoked at once")
    void revoked() {
      OAuthClient worker = known("worker", "worker's secret");
      Tokens tokens = new Tokens(worker().json());
      worker.post(worker.endpoint("revocation"), Parameters.of("token", tokens.access()));
      assertEquals(false, worker.isAccepted(tokens));
      assertEquals(true, worker.isAccepted(new Tokens(worker().json())));
    }
  }

  @Nested
  @DisplayName("RFC 6749 §4.4.2 Access Token Request")
  class Request {

    @Test
    @DisplayName("AS-130: a public client cannot act for itself")
    void publicClient() {
      refused(400, "unauthorized_client", known("nobody", null)
          .token(Parameters.of("grant_type", "client_credentials")));
      refused(400, "unauthorized_client", server.newClient()
          .token(Parameters.of("grant_type", "client_credentials")));
    }

    @Test
    @DisplayName("AS-58: nor one that the operator has not allowed it")
    void notAllowed() {
      refused(400, "unauthorized_client", known("web", "web's secret")
          .token(Parameters.of("grant_type", "client_credentials")));
    }

    @Test
    @DisplayName("RFC 7591 §5: nor one that gave itself the right by registering")
    void registered() {
      OAuthClient self = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("grant_types",
              new JsonArray().add("authorization_code").add("client_credentials")));
      refused(400, "unauthorized_client",
          self.token(Parameters.of("grant_type", "client_credentials")));
    }

    @Test
    @DisplayName("AS-86, RFC 9068 §5: nor one that is called like a user, to get that user's data")
    void impostor() {
      refused(400, "unauthorized_client", known("alice", "not her password")
          .token(Parameters.of("grant_type", "client_credentials")));
    }

    @ParameterizedTest
    @DisplayName("RFC 6749 §5.2: who does not prove itself is invalid_client")
    @ValueSource(strings = {"worker", "robot", "unknown"})
    void unproven(String id) {
      refused(401, "invalid_client", known(id, "wrong")
          .token(Parameters.of("grant_type", "client_credentials")));
      refused(401, "invalid_client", known(id, null)
          .token(Parameters.of("grant_type", "client_credentials")));
    }

    @Test
    @DisplayName("RFC 6749 §4.1: it has no way to ask a user")
    void noAuthorization() {
      Refusals.keptHere(new Browser().open(
          known("worker", null).attempt().url()));
    }
  }
}
