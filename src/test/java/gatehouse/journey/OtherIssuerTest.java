package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.Gatehouse;
import gatehouse.guard.AuthorizationServer;
import gatehouse.json.Fields;
import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The MCP endpoint of one server, with tokens of an authorization server elsewhere. */
@DisplayName("Tokens of another issuer")
class OtherIssuerTest {

  @Nested
  @DisplayName("that is a second Gatehouse")
  class SecondGatehouse {
    @Test
    void a_client_is_led_there_from_the_resource_and_steps_up_there() throws IOException {
      int port = freePort();
      String mcpUrl = "http://localhost:" + port + "/mcp";
      try (TestGatehouse issuer = TestGatehouse.builder()
              .server(server -> server.demo().audience(mcpUrl)).start();
          Gatehouse resource = Gatehouse.builder().port(port).demoTools()
              .authorizationServers(issuer.issuer()).start()) {
        assertEquals(mcpUrl, resource.mcpUrl());
        OAuthClient client = OAuthClient.discover(mcpUrl).register();
        assertEquals(issuer.issuer(), client.issuer());
        assertEquals(List.of(issuer.issuer()), Fields.of(client.resourceMetadata())
            .texts("authorization_servers"));

        McpClient alice = McpClient.with(client.connect(Person.ALICE), mcpUrl);
        assertEquals("Alice Liddell",
            alice.call("get_account").structured().getString("display_name", null));
        Answer refused = alice.call("update_account", "{\"display_name\": \"Queen Alice\"}");
        assertEquals("insufficient_scope", refused.expect(403).challenge().get("error"));
        McpClient more = McpClient.with(client.connect(Person.ALICE,
            refused.challenge().get("scope").split(" ")), mcpUrl);
        // account:write implies account:read here as it does with tokens of our own.
        assertEquals("Queen Alice", more.call("update_account",
            "{\"display_name\": \"Queen Alice\"}").structured().getString("display_name", null));
      }
    }

    @Test
    void tokens_for_the_issuers_own_endpoint_and_ours_are_refused(
        @GatehouseTest TestGatehouse issuer) {
      try (TestGatehouse resource = resource(issuer, server -> server)) {
        McpClient client = McpClient.of(McpClient.NEWEST, resource.mcpUrl());
        client.bearing(issuer.tokenFor("alice").audience(resource.mcpUrl()).issue())
            .call("get_account").expect(200);
        assertTrue(client.bearing(issuer.token("alice")).listTools().expect(401)
            .challenge().get("error_description").contains("another audience"));
        client.bearing(resource.token("alice")).listTools().expect(401);
      }
    }

    @Test
    void there_is_no_second_authorization_server_beside_the_resource(
        @GatehouseTest TestGatehouse issuer) {
      try (TestGatehouse resource = resource(issuer, server -> server)) {
        for (String path : List.of("/authorize", "/jwks", "/userinfo", "/login", "/clients",
            "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")) {
          Http.get(resource.url(path)).expect(404);
        }
        for (String path : List.of("/token", "/register", "/revoke", "/introspect", "/par")) {
          Http.send("POST", resource.url(path), "").expect(404);
        }
        String home = Http.get(resource.url("/")).expect(200).body();
        assertFalse(home.contains("/account"), home);
        String documents = Http.get(resource.url("/metadata")).expect(200).body();
        assertTrue(documents.contains(issuer.issuer()), documents);
        assertFalse(documents.contains(resource.url("/jwks")), documents);
        Http.get(resource.url("/health")).expect(200);
        Http.get(resource.url("/.well-known/oauth-protected-resource/mcp")).expect(200);
      }
    }

    @Test
    void that_is_asked_a_revocation_counts_at_once(@GatehouseTest TestGatehouse issuer) {
      issuer.server().clients().add(Fields.of(new JsonObject().add("client_id", "resource")
          .add("client_secret", "s3cret").add("redirect_uris", new JsonArray())
          .add("grant_types", new JsonArray().add("client_credentials"))));
      AuthorizationServer asked = AuthorizationServer.of(issuer.issuer())
          .audience(issuer.mcpUrl()).asked("resource", "s3cret");
      try (TestGatehouse resource =
          resource(null, server -> server.authorizationServers(asked))) {
        OAuthClient client = OAuthClient.discover(issuer.mcpUrl()).register();
        Tokens tokens = client.connect(Person.BOB);
        McpClient bob = McpClient.with(tokens, resource.mcpUrl());
        assertEquals("Bob Builder",
            bob.call("get_account").structured().getString("display_name", null));
        issuer.server().users().remove("bob");
        assertTrue(bob.call("get_account").expect(401).challenge().get("error_description")
            .contains("not active"));
        issuer.on("/introspect").status(500);
        McpClient.of(McpClient.NEWEST, resource.mcpUrl()).bearing("anything").listTools()
            .expect(503);
      }
    }
  }

  @Nested
  @DisplayName("that signs with Nimbus and publishes what any provider does")
  class SomebodyElse {
    private final RSAKey key = key("one");

    @Test
    void are_accepted_by_its_published_keys_alone() throws Exception {
      try (WebHost host = new WebHost();
          TestGatehouse resource = resource(null,
              server -> server.authorizationServers(issuer(host)))) {
        publish(host, new JWKSet(key));
        McpClient client = McpClient.of(McpClient.NEWEST, resource.mcpUrl());
        String token = token(host, key, resource.mcpUrl());
        client.bearing(token).call("get_account").expect(200);
        client.bearing(token).call("get_account").expect(200);
        assertEquals(1, host.timesAsked("/realm/keys"));

        // It rotates, and later withdraws the old key.
        RSAKey next = key("two");
        publish(host, new JWKSet(List.of(key.toPublicJWK(), next.toPublicJWK())));
        client.bearing(token(host, next, resource.mcpUrl())).call("get_account").expect(200);
        client.bearing(token).call("get_account").expect(200);
        publish(host, new JWKSet(next));
        resource.clock().advance(Duration.ofMinutes(11));
        client.bearing(token).call("get_account").expect(401);
      }
    }

    @Test
    void with_an_audience_that_the_operator_names() throws Exception {
      try (WebHost host = new WebHost();
          TestGatehouse resource = resource(null, server -> server.authorizationServers(
              AuthorizationServer.of(issuer(host)).audience("api://accounts")))) {
        publish(host, new JWKSet(key));
        McpClient client = McpClient.of(McpClient.NEWEST, resource.mcpUrl());
        client.bearing(token(host, key, "api://accounts")).call("get_account").expect(200);
        client.bearing(token(host, key, resource.mcpUrl())).call("get_account").expect(401);
      }
    }

    @Test
    void of_two_issuers_each_has_its_own_people(@GatehouseTest TestGatehouse other)
        throws Exception {
      try (WebHost host = new WebHost();
          TestGatehouse resource = resource(other,
              server -> server.authorizationServers(issuer(host)))) {
        publish(host, new JWKSet(key));
        McpClient client = McpClient.of(McpClient.NEWEST, resource.mcpUrl());
        // Neither of them is the alice of the demo's accounts.
        for (String token : List.of(token(host, key, resource.mcpUrl()),
            other.tokenFor("alice").audience(resource.mcpUrl()).issue())) {
          assertFalse(client.bearing(token).call("get_account").expect(200).body()
              .contains("Alice Liddell"));
        }
        client.bearing(token(host, key("stranger"), resource.mcpUrl())).listTools().expect(401);
        assertEquals(List.of(other.issuer(), issuer(host)), Fields.of(
            Http.get(resource.url("/.well-known/oauth-protected-resource/mcp")).json())
            .texts("authorization_servers"));
      }
    }

    private static void publish(WebHost host, JWKSet keys) {
      host.serve("/.well-known/oauth-authorization-server/realm", new JsonObject()
          .add("issuer", issuer(host)).add("jwks_uri", host.url("/realm/keys")).toString());
      host.serve("/realm/keys", keys.toPublicJWKSet().toString());
    }

    private static String issuer(WebHost host) {
      return host.url("/realm");
    }

    private static String token(WebHost host, RSAKey key, String audience) throws JOSEException {
      SignedJWT jwt = new SignedJWT(
          new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT)
              .keyID(key.getKeyID()).build(),
          new JWTClaimsSet.Builder().issuer(issuer(host)).subject("alice").audience(audience)
              .claim("azp", "some-client").claim("scp", List.of("account:read"))
              .issueTime(new Date()).expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
              .build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    }

    private static RSAKey key(String id) {
      try {
        return new RSAKeyGenerator(2048).keyID(id).generate();
      } catch (JOSEException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  @DisplayName("are configured in ways that make sense, or the start is refused")
  void refused_settings() {
    assertRefused("https URL", server -> server.authorizationServers("http://login.example"));
    assertRefused("https URL", server -> server.authorizationServers("https://login.example?a=b"));
    assertRefused("named twice", server ->
        server.authorizationServers("https://login.example", "https://login.example"));
    assertRefused("at most one", server -> server.authorizationServers(
        AuthorizationServer.of("https://one.example").asked("a", "b"),
        AuthorizationServer.of("https://two.example").asked("a", "b")));
    assertRefused("open MCP endpoint",
        server -> server.open().authorizationServers("https://login.example"));
    assertThrows(IllegalArgumentException.class,
        () -> new AuthorizationServer("https://one.example", null, "client", null));
  }

  private static void assertRefused(
      String why, UnaryOperator<Gatehouse.Builder> settings) {
    String message = assertThrows(IllegalArgumentException.class,
        () -> settings.apply(Gatehouse.builder().port(0)).start()).getMessage();
    assertTrue(message.contains(why), message);
  }

  /** The account server, which takes the tokens of the issuer, if there is one. */
  private static TestGatehouse resource(TestGatehouse issuer,
      UnaryOperator<Gatehouse.Builder> more) {
    return TestGatehouse.builder().server(server -> more.apply(issuer == null ? server.demoTools()
        : server.demoTools().authorizationServers(issuer.issuer()))).start();
  }

  /** Issuer and resource have to know each other's address before either has started. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
