package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 8414: Authorization Server Metadata")
class Rfc8414Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @RegisterExtension
  static final GatehouseServer tenant = GatehouseServer.with(
      b -> b.demoTools().user("alice", "wonderland").publicUrl("https://as.example/tenant"));

  private final JsonObject document =
      Http.get(server.url("/.well-known/oauth-authorization-server")).expect(200).json();

  private List<String> values(String name) {
    assertNotNull(document.get(name), name);
    return document.get(name).asArray().values().stream().map(v -> v.asString()).toList();
  }

  @Nested
  @DisplayName("§2 Authorization Server Metadata")
  class Metadata {

    @ParameterizedTest
    @DisplayName("§2: everything that exists is there, as an absolute URL of this issuer")
    @CsvSource({"authorization_endpoint,/authorize", "token_endpoint,/token",
      "registration_endpoint,/register", "jwks_uri,/jwks", "revocation_endpoint,/revoke",
      "introspection_endpoint,/introspect", "pushed_authorization_request_endpoint,/par"})
    void endpoints(String name, String path) {
      assertEquals(server.url(path), document.getString(name, null));
    }

    @Test
    @DisplayName("§2: what it lists is what it does")
    void lists() {
      assertEquals(List.of("code"), values("response_types_supported"));
      assertTrue(values("response_modes_supported").contains("query"));
      assertEquals(List.of("S256"), values("code_challenge_methods_supported"));
      assertTrue(values("grant_types_supported").containsAll(
          List.of("authorization_code", "refresh_token", "client_credentials")));
      assertFalse(values("grant_types_supported").contains("implicit"));
      assertTrue(values("scopes_supported").containsAll(
          List.of("account:read", "account:write", "openid", "offline_access")));
    }

    @ParameterizedTest
    @DisplayName("§2: methods of client authentication are spelled out for each endpoint")
    @ValueSource(strings = {"token", "revocation", "introspection"})
    void authMethods(String endpoint) {
      List<String> methods = values(endpoint + "_endpoint_auth_methods_supported");
      assertTrue(methods.containsAll(
          List.of("client_secret_basic", "client_secret_post", "private_key_jwt")));
      assertEquals(!endpoint.equals("introspection"), methods.contains("none"));
      List<String> algorithms = values(endpoint + "_endpoint_auth_signing_alg_values_supported");
      assertTrue(algorithms.contains("RS256"));
      assertFalse(algorithms.contains("none"));
    }

    @Test
    @DisplayName("§2: none means none: a client without a secret gets a token")
    void none() {
      assertTrue(server.newClient().connect(Person.ALICE).access().length() > 0);
    }

    @Test
    @DisplayName("CIMD §5: whether client id metadata documents work is said")
    void documents() {
      assertTrue(document.get("client_id_metadata_document_supported").isBoolean());
    }

    @Test
    @DisplayName("RFC 9207 §3: that iss comes with every response is said")
    void iss() {
      assertTrue(document.getBoolean("authorization_response_iss_parameter_supported", false));
    }
  }

  @Nested
  @DisplayName("§3 Obtaining Authorization Server Metadata")
  class Obtaining {

    @ParameterizedTest
    @DisplayName("§3: the same bytes at every address where somebody looks, without login")
    @ValueSource(strings = {"/.well-known/oauth-authorization-server",
      "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp",
      "/.well-known/openid-configuration/mcp", "/mcp/.well-known/openid-configuration"})
    void addresses(String path) {
      Answer answer = Http.get(server.url(path)).expect(200);
      assertEquals("application/json", answer.header("Content-Type"));
      assertEquals(Http.get(server.url("/.well-known/oauth-authorization-server")).body(),
          answer.body());
    }

    @ParameterizedTest
    @DisplayName("§3.1: for an issuer with a path the name goes before it, and OpenID's after it")
    @ValueSource(strings = {"/.well-known/oauth-authorization-server/tenant",
      "/.well-known/openid-configuration/tenant", "/tenant/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server"})
    void tenant(String path) {
      Answer answer = Http.get("http://localhost:" + tenant.port() + path).expect(200);
      assertEquals("https://as.example/tenant", answer.json().getString("issuer", null));
      assertEquals("https://as.example/tenant/token",
          answer.json().getString("token_endpoint", null));
    }

    @Test
    @DisplayName("§3: a header of MCP 2025-03-26 changes nothing (MCP authorization §2.3)")
    void protocolVersion() {
      assertEquals(document, Http.get(server.url("/.well-known/oauth-authorization-server"),
          "MCP-Protocol-Version", "2025-03-26").expect(200).json());
    }

    @Test
    @DisplayName("§3.2: no member is null or an empty array")
    void nothingEmpty() {
      document.forEach(member -> assertFalse(member.getValue().isNull()
          || member.getValue().equals(new JsonArray()), member.getName()));
    }

    @Test
    @DisplayName("§3.2: it may be cached")
    void cacheable() {
      assertTrue(Http.get(server.url("/.well-known/oauth-authorization-server"))
          .header("Cache-Control").contains("max-age"));
    }
  }

  @Nested
  @DisplayName("§3.3 Authorization Server Metadata Validation")
  class Issuer {

    @Test
    @DisplayName("§3.3: one issuer, letter by letter, in six places")
    void everywhere() {
      OAuthClient client = server.newClient();
      var attempt = client.attempt("openid", "account:read");
      Parameters response = attempt.allowedBy(Person.ALICE, new Browser()).response();
      var tokens = new gatehouse.support.Tokens(
          client.exchange(attempt, response.get("code")).expect(200).json());
      String issuer = server.issuer();
      assertEquals("http://localhost:" + server.port(), issuer);
      assertEquals(issuer, document.getString("issuer", null));
      assertEquals(issuer, response.get("iss"));
      assertEquals(issuer, tokens.claims().getString("iss", null));
      assertEquals(issuer,
          gatehouse.support.Tokens.part(tokens.id(), 1).getString("iss", null));
      assertEquals(issuer, client.resourceMetadata().get("authorization_servers").asArray()
          .get(0).asString());
    }
  }

  @Nested
  @DisplayName("RFC 9110 §15.5.6 Methods")
  class Methods {

    @ParameterizedTest
    @DisplayName("RFC 9110: a method that an address does not know is 405, with Allow")
    @CsvSource({"POST,/.well-known/oauth-authorization-server", "DELETE,/authorize",
      "PUT,/jwks", "DELETE,/login", "PATCH,/consent", "GET,/consent", "GET,/revoke",
      "GET,/introspect", "GET,/par"})
    void notAllowed(String method, String path) {
      assertNotNull(Http.send(method, server.url(path), null).expect(405).header("Allow"));
    }

    @Test
    @DisplayName("RFC 9110: what is not there is 404")
    void notFound() {
      Http.get(server.url("/tokenish")).expect(404);
      Http.get(server.url("/.well-known/unknown")).expect(404);
    }
  }
}
