package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.login.User;
import gatehouse.oauth.Scope;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.OAuthClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that would be unsafe does not start, and says in one sentence why (SEC-07, SEC-08). */
@DisplayName("Unsafe settings are refused:")
class UnsafeSettingsTest {
  private static final DocumentTrust DEVELOPMENT = DocumentTrust.any().development(true);

  /** It does not start, the sentence has the word, and the port is free again. */
  private static String refused(String word, UnaryOperator<Gatehouse.Builder> settings) {
    int port = freePort();
    RuntimeException refusal = assertThrows(IllegalArgumentException.class,
        () -> settings.apply(Gatehouse.builder().port(port)).start().close());
    String sentence = refusal.getMessage();
    assertTrue(sentence.contains(word), sentence);
    assertFalse(sentence.contains("Exception") || sentence.contains("\n"), sentence);
    assertTrue(sentence.contains(" "), sentence);
    assertDoesNotThrow(() ->
        new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close());
    return sentence;
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void starts(UnaryOperator<Gatehouse.Builder> settings) {
    settings.apply(Gatehouse.builder().port(0)).start().close();
  }

  @Nested
  @DisplayName("an address that others can reach")
  class Reachable {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void without_saying_by_which_https_url(String host) {
      refused("--public-url", b -> b.host(host));
    }

    @Test
    void with_a_url_in_the_clear() {
      refused("https", b -> b.host("0.0.0.0").publicUrl("http://mcp.example"));
      refused("https", b -> b.publicUrl("http://mcp.example"));
      refused("https", b -> b.publicUrl("http://192.168.1.10:8080"));
      refused("https", b -> b.publicUrl("http://localhost.evil.example"));
    }

    @Test
    void with_a_url_that_only_this_computer_understands() {
      refused("this computer", b -> b.host("0.0.0.0").publicUrl("https://localhost"));
      refused("this computer", b -> b.host("0.0.0.0").publicUrl("http://127.0.0.1:8080"));
    }

    @Test
    void with_the_passwords_that_everybody_knows() {
      refused("--user", b -> b.host("0.0.0.0").publicUrl("https://mcp.example").demo());
      refused("--user", b -> b.publicUrl("https://mcp.example").demo());
    }

    @Test
    void and_documents_of_clients_from_inside_the_network() {
      refused("--dev-cimd", b -> b.host("0.0.0.0").publicUrl("https://mcp.example")
          .documentTrust(DEVELOPMENT));
      refused("--dev-cimd", b -> b.publicUrl("https://mcp.example").documentTrust(DEVELOPMENT));
    }

    @Test
    void unless_all_of_it_is_as_it_should_be() {
      starts(b -> b.host("0.0.0.0").publicUrl("https://mcp.example").user("carol", "tea"));
      starts(b -> b.publicUrl("https://mcp.example/tenant").demoTools());
      starts(b -> b.host("127.0.0.1").demo().documentTrust(DEVELOPMENT));
      starts(b -> b.host("::1").publicUrl("http://[::1]:8080").demo());
    }

    @Test
    void and_an_address_that_is_not_ours() {
      refused("--host", b -> b.host("no-such-host.invalid").publicUrl("https://mcp.example"));
    }
  }

  @Nested
  @DisplayName("an issuer")
  class Issuer {
    @ParameterizedTest
    @CsvSource({"https://mcp.example/,https://mcp.example",
        "https://mcp.example/tenant/,https://mcp.example/tenant",
        "http://localhost:8080/,http://localhost:8080"})
    void that_ends_in_a_slash_which_would_agree_with_nothing(String url, String instead) {
      assertTrue(refused("slash", b -> b.publicUrl(url)).endsWith(instead));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp.example", "//mcp.example", "https://", "https:mcp.example", "",
      "https://mcp.example?x=1", "https://mcp.example#f", "https://user@mcp.example",
      "https://mcp .example", "https://*.mcp.example"})
    void that_is_no_plain_url_with_a_host(String url) {
      refused("--public-url", b -> b.publicUrl(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://mcp.example", "ws://mcp.example", "file://mcp.example/x"})
    void that_is_of_another_scheme(String url) {
      refused("https", b -> b.publicUrl(url));
    }

    @ParameterizedTest
    @DisplayName("AS-04: that clients would write in another way than we do")
    @ValueSource(strings = {"https://MCP.example", "HTTPS://mcp.example", "https://mcp.example:443",
      "http://localhost:80", "https://mcp.example/a/../b", "https://mcp.example//x"})
    void thatDrifts(String url) {
      refused("--public-url", b -> b.publicUrl(url));
    }
  }

  @Nested
  @DisplayName("a client")
  class Client {
    private JsonObject client(String... redirectUris) {
      JsonArray uris = new JsonArray();
      for (String uri : redirectUris) {
        uris.add(uri);
      }
      return new JsonObject().add("client_id", "app").add("client_secret", "top secret")
          .add("redirect_uris", uris);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://*.example/cb", "https://app.example/*", "*",
      "http://app.example/cb", "https://app.example/cb#f", "javascript:alert(1)",
      "https://user@app.example/cb", "com.example.app:/cb"})
    void whose_redirect_uri_could_lead_anywhere(String uri) {
      String sentence = refused("app", b -> b.client(client(uri)));
      assertTrue(sentence.toLowerCase().contains("redirect"), sentence);
      assertFalse(sentence.contains("secret") && sentence.contains("top"), sentence);
    }

    @Test
    @DisplayName("with a wildcard beside a good redirect URI, which the operator believes to work")
    void wildcardAmongOthers() {
      refused("app", b -> b.client(client("https://app.example/cb", "https://*.example/cb")));
    }

    @Test
    void without_an_id_or_a_redirect_uri() {
      refused("client_id", b -> b.client(new JsonObject().add("client_name", "App")));
      refused("redirect_uris", b -> b.client(new JsonObject().add("client_id", "app")));
    }

    @Test
    void that_should_prove_itself_by_what_it_does_not_have() {
      refused("app", b -> b.client(client(OAuthClient.REDIRECT_URI)
          .add("token_endpoint_auth_method", "private_key_jwt")));
      refused("app", b -> b.client(new JsonObject().add("client_id", "app")
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("token_endpoint_auth_method", "client_secret_basic")));
    }
  }

  @Nested
  @DisplayName("anything else that cannot be meant:")
  class Others {
    @Test
    void a_scope_that_implies_one_that_does_not_exist() {
      refused("implies", b -> b.scope(Scope.optional("a", "A", "A.", "missing")));
    }

    @Test
    void a_user_name_that_tokens_cannot_carry() {
      for (String name : new String[] {"", "two words", "é", "x".repeat(256)}) {
        assertThrows(IllegalArgumentException.class, () -> User.named(name));
      }
    }

    @Test
    void a_lifetime_that_does_not_exist() {
      assertThrows(IllegalArgumentException.class, () -> Gatehouse.builder()
          .policy(policy -> policy.lifetime("tokens", Duration.ofHours(1))));
      assertThrows(IllegalArgumentException.class, () -> Gatehouse.builder()
          .policy(policy -> policy.accessTokenType("at+JWT2")));
    }

    @Test
    void a_trust_list_that_would_not_be_asked_is_asked() {
      assertEquals(false, new DocumentTrust(DocumentTrust.Level.LISTED, Set.of("A.Example"), false)
          .isVerified("evil-a.example"));
      assertEquals(true, new DocumentTrust(DocumentTrust.Level.LISTED, Set.of("A.Example"), false)
          .isVerified("x.a.example"));
    }
  }
}
