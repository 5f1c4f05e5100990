package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9728: Protected Resource Metadata")
class Rfc9728Test {
  private static final String NAME = "/.well-known/oauth-protected-resource";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @RegisterExtension
  static final GatehouseServer tenant = GatehouseServer.with(
      b -> b.demoTools().user("alice", "wonderland").publicUrl("https://as.example/tenant"));

  private final JsonObject document = Http.get(server.url(NAME + "/mcp")).expect(200).json();

  @Nested
  @DisplayName("§2 Protected Resource Metadata")
  class Metadata {

    @Test
    @DisplayName("§2, §3.3: the resource is the URL that clients connect to, letter by letter")
    void resource() {
      assertEquals(server.mcpUrl(), document.getString("resource", null));
    }

    @Test
    @DisplayName("§2: the authorization server is named as it names itself")
    void authorizationServers() {
      assertEquals("[\"" + server.issuer() + "\"]",
          document.get("authorization_servers").toString());
    }

    @Test
    @DisplayName("§2: tokens come in the header")
    void methods() {
      assertEquals("[\"header\"]", document.get("bearer_methods_supported").toString());
      assertFalse(document.getString("resource_name", "").isEmpty());
    }

    @Test
    @DisplayName("§2, MCP scope selection: the scopes of a first connection, and no others")
    void scopes() {
      assertEquals("[\"account:read\"]", document.get("scopes_supported").toString());
    }
  }

  @Nested
  @DisplayName("§3 Obtaining Protected Resource Metadata")
  class Obtaining {

    @ParameterizedTest
    @DisplayName("§3.1: with the path of the resource, and the same at the root")
    @ValueSource(strings = {NAME, NAME + "/mcp", "/mcp" + NAME})
    void addresses(String path) {
      Answer answer = Http.get(server.url(path)).expect(200);
      assertEquals("application/json", answer.header("Content-Type"));
      assertEquals(document, answer.json());
    }

    @Test
    @DisplayName("§3.1: for an issuer with a path the name goes before the whole path")
    void tenant() {
      String base = "http://localhost:" + tenant.port();
      Answer refused = Http.postJson(base + "/tenant/mcp", new JsonObject()).expect(401);
      String url = refused.challenge().get("resource_metadata");
      assertEquals("https://as.example" + NAME + "/tenant/mcp", url);
      JsonObject there = Http.get(base + URI.create(url).getRawPath()).expect(200).json();
      assertEquals("https://as.example/tenant/mcp", there.getString("resource", null));
    }

    @Test
    @DisplayName("§3.2: it may be cached, and read by scripts of any origin")
    void headers() {
      Answer answer = Http.get(server.url(NAME), "Origin", "https://inspector.example");
      assertTrue(answer.header("Cache-Control").contains("max-age"));
      assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    }
  }

  @Nested
  @DisplayName("§5 Use of WWW-Authenticate")
  class Challenge {

    @Test
    @DisplayName("§5.1: a challenge points to the document")
    void pointer() {
      Answer answer = Http.postJson(server.mcpUrl(), new JsonObject()).expect(401);
      assertEquals(server.url(NAME + "/mcp"), answer.challenge().get("resource_metadata"));
    }
  }

  @Nested
  @DisplayName("§7 Security Considerations")
  class Security {

    @Test
    @DisplayName("§7.6: a forged Host changes nothing, it is not answered at all")
    void host() throws IOException {
      try (RawSocket socket = RawSocket.to(server.port())) {
        String answer = socket.sendHead("GET " + NAME + "/mcp HTTP/1.1", "Host: evil.example")
            .readAnswer();
        assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
        assertFalse(answer.contains("evil.example"), answer);
      }
    }

    @Test
    @DisplayName("§7.6: forwarded headers of a stranger change nothing")
    void forwarded() {
      for (String header : List.of("X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host")) {
        assertEquals(document,
            Http.get(server.url(NAME + "/mcp"), header, "evil.example").expect(200).json());
      }
      assertEquals(document, Http.get(server.url(NAME + "/mcp"),
          "Forwarded", "host=evil.example;proto=https", "X-Forwarded-Proto", "https",
          "X-Forwarded-Prefix", "/evil").expect(200).json());
    }
  }
}
