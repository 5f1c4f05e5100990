package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.spec.ClientKey;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certified OpenID Connect clients in JavaScript, led through all that the authorization server
 * offers; {@link OAuthLibrariesTest} has the part that MCP needs.
 */
@DisplayName("Certified clients")
class CertifiedClientsTest {
  private static final ClientKey KEY = ClientKey.es256("machine-key");
  private static final String SECRET = "a secret: with %signs + & spaces";
  private static final String BYE = "http://127.0.0.1:33418/bye";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .documentTrust(DocumentTrust.any().development(true))
      .client(new JsonObject().add("client_id", "machine").add("jwks", KEY.jwks())
          .add("scope", "account:read account:write")
          .add("grant_types", new JsonArray().add("client_credentials")))
      .client(new JsonObject().add("client_id", "web").add("client_secret", SECRET)
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("post_logout_redirect_uris", new JsonArray().add(BYE))));

  @Test
  @DisplayName("oauth4webapi accepts every answer of every endpoint")
  void oauth4webapi() {
    Script run = Script.run("certified-oauth4webapi.mjs", server.mcpUrl(), "alice", "wonderland",
        KEY.jwk().toJSONString());
    assertEquals(server.issuer(), run.first("discovered").getString("issuer", null));
    assertEquals("private_key_jwt", run.first("registered").getString("method", null));
    assertNull(run.first("registered").get("secret"));
    assertTrue(run.first("pushed").getInt("seconds", 0) > 0);
    assertEquals("alice", run.first("identity").getString("sub", null));
    assertTrue(run.first("identity").getBoolean("nonce", false));
    assertTrue(run.first("identity").getBoolean("mine", false));
    assertEquals("alice", run.first("userinfo").getString("sub", null));
    assertEquals("alice", run.first("userinfo").getString("preferred_username", null));
    assertEquals("alice", run.first("verified").getString("sub", null));
    assertEquals(server.mcpUrl(), run.first("verified").getString("aud", null));
    assertEquals(Set.of("openid", "profile", "account:read", "offline_access"),
        Set.of(run.first("verified").getString("scope", "").split(" ")));
    assertTrue(run.first("refreshed").getBoolean("rotated", false));
    assertEquals("alice", run.first("refreshed").getString("sub", null));
    assertTrue(run.first("introspected").getBoolean("active", false));
    assertTrue(run.first("introspected_signed").getBoolean("active", false));
    assertTrue(run.first("introspected_signed").getBoolean("jti", false));
    for (String token : List.of("access", "refresh")) {
      assertEquals("{\"active\":false}", run.first("revoked").get(token).toString());
    }
    machine(run.first("machine"), "account:read account:write");
    assertEquals(BYE + "?state=later", run.first("logged_out").getString("to", null));
  }

  @Test
  @DisplayName("openid-client accepts every answer of every endpoint")
  void openid_client() {
    Script run = Script.run("certified-openid-client.mjs", server.mcpUrl(), "bob", "builder",
        SECRET, KEY.jwk().toJSONString());
    assertEquals(2, run.all("discovered").size());
    for (JsonObject found : run.all("discovered")) {
      assertEquals(server.issuer(), found.getString("issuer", null));
      assertTrue(found.getBoolean("pkce", false));
    }
    assertEquals("client_id request_uri", run.first("pushed").getString("parameters", null));
    assertEquals("bob", run.first("identity").getString("sub", null));
    assertEquals("bob", run.first("userinfo").getString("sub", null));
    assertTrue(run.first("refreshed").getBoolean("rotated", false));
    assertEquals("bob", run.first("refreshed").getString("sub", null));
    assertTrue(run.first("introspected").getBoolean("active", false));
    assertEquals("bob", run.first("introspected").getString("username", null));
    assertEquals("{\"active\":false}", run.first("revoked").get("access").toString());
    assertEquals("invalid_grant", run.first("ended").getString("error", null));
    assertEquals("consent_required", run.first("silent").getString("error", null));
    machine(run.first("machine"), "account:read");
    assertEquals(BYE, run.first("logged_out").getString("to", null));
  }

  /** A client that acts for itself gets what it may, and nothing to refresh. */
  private static void machine(JsonObject finding, String scope) {
    assertEquals("machine", finding.getString("sub", "machine"));
    assertEquals("machine", finding.getString("client", "machine"));
    assertEquals(Set.of(scope.split(" ")), Set.of(finding.getString("scope", "").split(" ")));
    assertNull(finding.get("refresh"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwks", "jwks_uri"})
  @DisplayName("a client known by its document alone proves itself by its key")
  void document(String keys) throws IOException {
    try (WebHost web = new WebHost().serve("/jwks", KEY.jwks().toString())) {
      String id = web.url("/client.json");
      JsonObject document = new JsonObject().add("client_id", id).add("client_name", "Document")
          .add("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"))
          .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
          .add("token_endpoint_auth_method", "private_key_jwt");
      web.serve("/client.json", (keys.equals("jwks") ? document.add("jwks", KEY.jwks())
          : document.add("jwks_uri", web.url("/jwks"))).toString());
      Script run = Script.run("certified-document.mjs", server.mcpUrl(), "alice", "wonderland",
          id, KEY.jwk().toJSONString());
      assertTrue(run.first("discovered").getBoolean("documents", false));
      assertEquals(401, run.first("unproven").getInt("status", 0));
      assertEquals("invalid_client", run.first("unproven").getString("error", null));
      assertEquals(id, run.first("token").getString("client", null));
      assertEquals("alice", run.first("token").getString("sub", null));
      assertTrue(run.first("refreshed").getBoolean("rotated", false));
      assertEquals(1, web.timesAsked("/client.json"));
    }
  }
}
