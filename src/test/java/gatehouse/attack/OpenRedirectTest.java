package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9700 §4.11: our good name lends credit to a link that ends at the attacker's. */
class OpenRedirectTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example",
    "javascript:alert(1)", "x", "%0d%0aLocation:https://evil.example/"})
  void theLoginPageLeadsNowhereButHome(String target) {
    Page page = new Browser().open(server.url("/login?")
        + Parameters.of("continue", target).encoded());
    assertEquals(400, page.answer().status());
    assertNull(page.sentTo());

    Browser browser = new Browser();
    Page forged = browser.open(server.url("/login")).fill("continue", target)
        .signIn(Person.ALICE);
    assertNull(forged.sentTo());
    assertTrue(forged.url().startsWith(server.issuer()), forged.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect_uri", "redirect", "return_to", "next", "url", "continue"})
  void otherNamesForATargetMeanNothing(String name) {
    Page page = new Browser().open(server.url("/login?")
        + Parameters.of(name, "https://evil.example/").encoded());
    assertNull(page.sentTo());
    assertEquals(-1, page.answer().body().indexOf("evil.example"));
  }

  @Test
  void signingOutLeadsOnlyToWhereTheClientHasRegistered() {
    JsonObject metadata = new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "none")
        .add("post_logout_redirect_uris", new JsonArray().add("https://client.example/bye"));
    String id = Http.postJson(server.url("/register"), metadata).expect(201).text("client_id");
    for (String target : new String[] {"https://evil.example/", "https://client.example/bye/",
        "https://client.example/bye?x", "//evil.example"}) {
      for (String who : new String[] {id, "unknown", ""}) {
        Page page = new Browser().open(server.url("/logout?") + Parameters.of("client_id", who,
            "post_logout_redirect_uri", target, "state", "s").encoded());
        assertNull(page.sentTo(), target);
        assertEquals(200, page.answer().status());
      }
    }
    Page page = new Browser().open(server.url("/logout?") + Parameters.of("client_id", id,
        "post_logout_redirect_uri", "https://client.example/bye", "state", "s").encoded());
    assertEquals("https://client.example/bye?state=s", "" + page.sentTo());
  }

  /** Whoever registers a client may have errors sent to it, but not without a person's doing. */
  @Test
  void nobodyIsSentToAClientsAddressWithoutSigningIn() {
    OAuthClient evil = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add("https://evil.example/phish"))
        .add("token_endpoint_auth_method", "none"));
    Page page = evil.attempt().with("redirect_uri", "https://evil.example/phish")
        .in(new Browser());
    assertNull(page.sentTo());
    assertTrue(page.asksToSignIn());
  }
}
