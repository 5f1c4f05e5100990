package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 8252: OAuth 2.0 for Native Apps")
class Rfc8252Test {
  private static final JsonObject PRE_REGISTERED = new JsonObject()
      .add("client_id", "native")
      .add("redirect_uris", new JsonArray().add("http://localhost/callback"));

  @RegisterExtension
  static final GatehouseServer server =
      GatehouseServer.with(b -> b.demo().client(PRE_REGISTERED));

  private static final Browser ALICE = new Browser();

  private static Attempt attempt(String registered, String requested) {
    return OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(registered))
        .add("token_endpoint_auth_method", "none"))
        .attempt().with("redirect_uri", requested);
  }

  @Nested
  @DisplayName("§7 Receiving the Authorization Response in a Native App")
  class Receiving {

    @ParameterizedTest
    @DisplayName("§7.3: on loopback any port will do, and any name of this computer")
    @CsvSource({
      "http://localhost/callback,http://localhost:51763/callback",
      "http://localhost:3000/callback,http://localhost:51763/callback",
      "http://127.0.0.1/callback,http://127.0.0.1:51763/callback",
      "http://[::1]:1/callback,http://[::1]:51763/callback",
      "http://localhost/callback,http://127.0.0.1:51763/callback",
      "http://127.0.0.1:1/callback,http://localhost/callback"})
    void anyPort(String registered, String requested) {
      Page page = attempt(registered, requested).allowedBy(Person.ALICE, ALICE);
      assertTrue(page.sentTo().toString().startsWith(requested + "?code="), "" + page.sentTo());
    }

    @Test
    @DisplayName("§7.3: for a client of the operator's as well")
    void preRegistered() {
      Page page = OAuthClient.discover(server.mcpUrl()).known("native", null).attempt()
          .with("redirect_uri", "http://localhost:51763/callback")
          .allowedBy(Person.ALICE, ALICE);
      assertEquals(51763, page.sentTo().getPort());
    }

    @ParameterizedTest
    @DisplayName("§7.3: everything else is equal")
    @CsvSource({
      "http://localhost/callback,http://localhost:1/callback/",
      "http://localhost/callback,http://localhost:1/callback?x=1",
      "http://localhost/callback,http://localhost:1/other",
      "http://localhost/callback,https://localhost:1/callback",
      "http://localhost/callback,http://localhost.evil.example:1/callback",
      "http://localhost/callback,http://localhost:1@evil.example/callback",
      "http://localhost/callback,http://192.168.1.1:1/callback",
      "https://client.example/cb,https://client.example:8443/cb"})
    void nothingElse(String registered, String requested) {
      keptHere(attempt(registered, requested).in(ALICE));
    }

    @Test
    @DisplayName("§7.1: a private-use scheme is answered as it is registered")
    void privateUse() {
      Page page = attempt("com.example.app:/cb", "com.example.app:/cb")
          .allowedBy(Person.ALICE, ALICE);
      assertTrue(page.sentTo().toString().startsWith("com.example.app:/cb?code="));
      page = attempt("cursor://anysphere.cursor-mcp/oauth/callback",
          "cursor://anysphere.cursor-mcp/oauth/callback").allowedBy(Person.ALICE, ALICE);
      assertEquals("cursor", page.sentTo().getScheme());
    }
  }

  @Nested
  @DisplayName("§8 Security Considerations")
  class Security {

    @Test
    @DisplayName("§8.6: a client that anybody could impersonate is asked for every time")
    void neverSilent() {
      OAuthClient client = server.newClient();
      Browser browser = new Browser();
      client.connect(Person.ALICE, browser);
      assertTrue(client.attempt().in(browser).asksForConsent());
    }

    @Test
    @DisplayName("§8.6: and whoever is asked is told that it could be anybody")
    void warned() {
      Page local = attempt("http://localhost/callback", "http://localhost:4711/callback")
          .in(new Browser()).signIn(Person.ALICE);
      assertTrue(local.asksForConsent());
      assertTrue(local.answer().body().contains("stays on this computer"));
      Page elsewhere = attempt("https://client.example/cb", "https://client.example/cb")
          .in(new Browser()).signIn(Person.ALICE);
      assertFalse(elsewhere.answer().body().contains("stays on this computer"));
      assertTrue(elsewhere.answer().body().contains("client.example"));
    }
  }
}
