package gatehouse.spec;

import static gatehouse.spec.ClientKey.proving;
import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose address the server fetches at all is in {@code attack}. */
@DisplayName("OAuth Client ID Metadata Document")
class ClientIdMetadataDocumentTest {
  private static final ClientKey KEY = ClientKey.es256("k");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .documentTrust(DocumentTrust.any().development(true)));

  private final WebHost web = host();
  private final String id = web.url("/client.json");
  private final JsonObject document = new JsonObject()
      .add("client_id", id).add("client_name", "Notes")
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI));
  private final OAuthClient client = OAuthClient.discover(server.mcpUrl()).known(id, null);

  private static WebHost host() {
    try {
      return new WebHost();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    web.close();
  }

  private Attempt published() {
    web.serve("/client.json", document.toString());
    return client.attempt("account:read");
  }

  private Page opened() {
    return published().in(new Browser());
  }

  @Test
  @DisplayName("AS-08: that they are accepted is in the metadata")
  void metadata() {
    assertEquals(true,
        client.metadata().getBoolean("client_id_metadata_document_supported", false));
  }

  @Nested
  @DisplayName("a public client")
  class PublicClient {
    @Test
    @DisplayName("is known by its document alone, up to the refreshed token")
    void flow() {
      Attempt attempt = published();
      Tokens tokens = client.redeem(attempt,
          attempt.allowedBy(Person.ALICE, new Browser()));
      assertEquals(id, tokens.claims().getString("client_id", null));
      assertTrue(client.isAccepted(client.refresh(tokens)));
      assertEquals(1, web.timesAsked("/client.json"));
    }

    @Test
    @DisplayName("AS-24, AS-26: on loopback with any port, though it says no application_type")
    void loopback() {
      document.set("redirect_uris", new JsonArray().add("http://localhost/callback"));
      Attempt attempt = published().with("redirect_uri", "http://127.0.0.1:51763/callback");
      assertNotNull(attempt.allowedBy(Person.ALICE, new Browser()).response().get("code"));
    }

    @Test
    @DisplayName("AS-47, AS-117: consent names the host of the document, and calls nobody verified")
    void consent() {
      document.set("client_name", "Claude");
      String body = opened().signIn(Person.ALICE).answer().body();
      assertTrue(body.contains("Claude") && body.contains("127.0.0.1"), body);
      assertTrue(body.contains("not verified"), body);
    }

    @Test
    @DisplayName("AS-23: a redirect URI that is not in the document is no place to go")
    void otherRedirect() {
      keptHere(published().with("redirect_uri", "https://evil.example/cb").in(new Browser()));
    }

    @Test
    @DisplayName("cannot act for itself, nor prove itself by a secret")
    void limits() {
      document.add("grant_types",
          new JsonArray().add("authorization_code").add("client_credentials"));
      assertTrue(opened().asksToSignIn());
      refused(400, "unauthorized_client",
          client.token(Parameters.of("grant_type", "client_credentials")));
      refused(401, "invalid_client", client.known(id, "secret")
          .token(Parameters.of("grant_type", "authorization_code", "code", "x")));
    }
  }

  @Nested
  @DisplayName("a client with a key")
  class ConfidentialClient {
    private Parameters proof(String... form) {
      return proving(KEY.assertion(id, server.issuer(), server.clock().instant()), form);
    }

    private void connects() {
      Attempt attempt = published();
      String code = attempt.allowedBy(Person.ALICE, new Browser()).response().get("code");
      refused(401, "invalid_client", client.exchange(attempt, code));
      Tokens tokens = new Tokens(Http.postForm(server.url("/token"), proof(
          "grant_type", "authorization_code", "code", code,
          "code_verifier", attempt.verifier())).expect(200).json());
      refused(401, "invalid_client", client.refresh(tokens.refresh()));
      tokens = new Tokens(Http.postForm(server.url("/token"), proof("grant_type",
          "refresh_token", "refresh_token", tokens.refresh())).expect(200).json());
      assertTrue(client.isAccepted(tokens));
      refused(401, "invalid_client", client.post(server.url("/revoke"),
          Parameters.of("token", tokens.access())));
      assertEquals(true, Http.postForm(server.url("/introspect"),
          proof("token", tokens.access())).json().getBoolean("active", false));
    }

    @Test
    @DisplayName("AS-111: proves itself with every request, by the key in its document")
    void inline() {
      document.add("token_endpoint_auth_method", "private_key_jwt").add("jwks", KEY.jwks());
      connects();
    }

    @Test
    @DisplayName("AS-111: or by the key behind jwks_uri")
    void remote() {
      web.serve("/jwks", KEY.jwks().toString());
      document.add("token_endpoint_auth_method", "private_key_jwt")
          .add("jwks_uri", web.url("/jwks"));
      connects();
    }

    @Test
    @DisplayName("as ChatGPT publishes it: a list of methods and no single one")
    void choices() {
      web.serve("/jwks", KEY.jwks().toString());
      document.add("jwks_uri", web.url("/jwks")).add("token_endpoint_auth_methods_supported",
          new JsonArray().add("none").add("private_key_jwt"));
      connects();
    }
  }

  @Nested
  @DisplayName("a document")
  class Document {
    @ParameterizedTest
    @DisplayName("AS-108, AS-109: names its own address, a name and where to go, or is refused")
    @ValueSource(strings = {"client_id", "client_name", "redirect_uris"})
    void missing(String name) {
      document.remove(name);
      keptHere(opened());
    }

    @ParameterizedTest
    @DisplayName("AS-108: the address is compared as text")
    @ValueSource(strings = {"%s/", "%s?", "%s#", "%s ", "other"})
    void otherId(String pattern) {
      document.set("client_id", pattern.replace("%s", id));
      keptHere(opened());
    }

    @ParameterizedTest
    @DisplayName("AS-110: holds no secret, and asks for no method that needs one")
    @CsvSource({"client_secret,\"s3cret\"", "client_secret_expires_at,0",
        "token_endpoint_auth_method,\"client_secret_basic\"",
        "token_endpoint_auth_method,\"client_secret_post\"",
        "token_endpoint_auth_method,\"client_secret_jwt\"",
        "token_endpoint_auth_method,\"private_key_jwt\"", "redirect_uris,[]",
        "redirect_uris,[\"javascript:alert(1)\"]", "redirect_uris,\"https://a.example/\"",
        "response_types,[\"token\"]", "grant_types,[\"client_credentials\"]"})
    void unusable(String name, String json) {
      document.set(name, Json.parse(json));
      keptHere(opened());
      refused(401, "invalid_client",
          client.token(Parameters.of("grant_type", "authorization_code", "code", "x")));
    }

    @Test
    @DisplayName("AS-114: one that was refused or missing is asked for again after seconds")
    void mended() {
      keptHere(client.attempt().in(new Browser()));
      document.remove("client_name");
      server.clock().advanceSeconds(6);
      keptHere(opened());
      document.add("client_name", "Mended");
      server.clock().advanceSeconds(6);
      assertTrue(opened().asksToSignIn());
    }
  }

  @Nested
  @DisplayName("trust")
  class Trust {
    @Test
    @DisplayName("AS-117: only listed hosts, if the operator says so")
    void listed() {
      for (String host : new String[] {"127.0.0.1", "other.example"}) {
        web.serve("/client.json", document.toString());
        try (Gatehouse strict = Gatehouse.builder().port(0).demo().documentTrust(
            new DocumentTrust(DocumentTrust.Level.LISTED, Set.of(host), true)).start()) {
          Page page = OAuthClient.discover(strict.mcpUrl()).known(id, null).attempt()
              .in(new Browser());
          assertEquals(host.startsWith("127"), page.asksToSignIn());
        }
      }
    }

    @Test
    @DisplayName("AS-08: nobody's, if the operator says so, and nothing is fetched or advertised")
    void none() {
      web.serve("/client.json", document.toString());
      try (Gatehouse strict = Gatehouse.builder().port(0).demo().documentTrust(
          new DocumentTrust(DocumentTrust.Level.NONE, Set.of(), true)).start()) {
        OAuthClient other = OAuthClient.discover(strict.mcpUrl()).known(id, null);
        keptHere(other.attempt().in(new Browser()));
        assertFalse(other.metadata()
            .getBoolean("client_id_metadata_document_supported", true));
      }
      assertEquals(0, web.asked().size());
    }
  }
}
