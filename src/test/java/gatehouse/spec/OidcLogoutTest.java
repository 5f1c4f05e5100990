package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OpenID Connect RP-Initiated Logout 1.0")
class OidcLogoutTest {
  private static final String CALLBACK = "https://web.example/cb";
  private static final String BYE = "https://web.example/bye";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .client(client("web")).client(client("other")));

  private final Browser browser = new Browser();
  private final OAuthClient web = OAuthClient.discover(server.mcpUrl()).known("web", "secret");
  private final Tokens tokens = connect(Person.ALICE, browser);

  private static JsonObject client(String id) {
    return new JsonObject().add("client_id", id).add("client_secret", "secret")
        .add("redirect_uris", new JsonArray().add(CALLBACK))
        .add("post_logout_redirect_uris", new JsonArray().add(BYE).add(BYE + "?keep=1"));
  }

  private Tokens connect(Person person, Browser at) {
    Attempt attempt = web.attempt("openid", "account:read").with("redirect_uri", CALLBACK);
    return web.redeem(attempt, attempt.allowedBy(person, at));
  }

  private Page logout(String... parameters) {
    return browser.open(server.url("/logout?") + Parameters.of(parameters).encoded());
  }

  private boolean isSignedIn() {
    return !web.attempt("openid").with("redirect_uri", CALLBACK).with("prompt", "login")
        .without("prompt").in(browser).asksToSignIn();
  }

  private void asks(Page page) {
    page.answer().expect(200);
    assertNull(page.sentTo());
    assertTrue(page.answer().body().contains("Sign out?"), page.answer().body());
    assertTrue(isSignedIn());
  }

  @Nested
  @DisplayName("§2 RP-Initiated Logout")
  class Logout {

    @Test
    @DisplayName("§2: the endpoint is in the metadata")
    void metadata() {
      assertEquals(server.url("/logout"), web.endpoint("end_session"));
    }

    @Test
    @DisplayName("§2: with a hint at the signed-in user the session ends at once")
    void hinted() {
      Page page = logout("id_token_hint", tokens.id());
      page.answer().expect(200);
      assertFalse(isSignedIn());
      assertTrue(web.isAccepted(tokens), "applications keep their access, as the page says");
    }

    @Test
    @DisplayName("§2: the same by POST")
    void posted() {
      Page page = browser.post(server.url("/logout"), Parameters.of("id_token_hint", tokens.id(),
          "post_logout_redirect_uri", BYE, "client_id", "web", "state", "s"));
      assertEquals(BYE + "?state=s", page.sentTo().toString());
      assertFalse(isSignedIn());
    }

    @Test
    @DisplayName("§2: the hint may have expired, but not have been made by somebody else")
    void expired() {
      server.clock().advance(Duration.ofHours(11));
      logout("id_token_hint", tokens.id());
      assertFalse(isSignedIn());
    }

    @Test
    @DisplayName("§2, §6: without a hint a person is asked before the session ends")
    void asked() {
      Page page = logout("client_id", "web", "post_logout_redirect_uri", BYE);
      asks(page);
      assertEquals(BYE, page.press("Sign out").sentTo().toString());
      assertFalse(isSignedIn());
    }

    @Test
    @DisplayName("§6: nor is a hint at somebody else, a forged or a foreign token any")
    void otherHint() {
      asks(logout("id_token_hint", connect(Person.BOB, new Browser()).id()));
      asks(logout("id_token_hint", tokens.access()));
      asks(logout("id_token_hint", "e30.e30."));
      String[] parts = tokens.id().split("\\.");
      asks(logout("id_token_hint", parts[0] + "." + parts[1] + "." + "A".repeat(342)));
    }

    @Test
    @DisplayName("§2, §4: a hint that was issued to another client than client_id is not used")
    void otherClient() {
      Page page = logout("id_token_hint", tokens.id(), "client_id", "other",
          "post_logout_redirect_uri", BYE);
      assertNull(page.sentTo());
      asks(page);
    }

    @Test
    @DisplayName("§6: a form that was not shown in this browser signs nobody out")
    void forged() {
      asks(browser.post(server.url("/logout"), Parameters.of("csrf", "forged")));
      Page others = new Browser().open(server.url("/logout"));
      assertNull(others.sentTo());
      Page shown = logout();
      String csrf = shown.form().values().get("csrf");
      shown.press("Sign out");
      connect(Person.ALICE, browser);
      asks(browser.post(server.url("/logout"), Parameters.of("csrf", csrf)));
    }

    @Test
    @DisplayName("§2: whoever is not signed in is told so, without being asked")
    void nobody() {
      logout("id_token_hint", tokens.id());
      Page page = logout();
      page.answer().expect(200);
      assertTrue(page.answer().body().contains("You are signed out"));
    }

    @Test
    @DisplayName("RFC 6749 §3.1: a parameter that appears twice is a mistake, not a failure")
    void twice() {
      logout("id_token_hint", tokens.id(), "id_token_hint", tokens.id()).answer().expect(400);
      assertTrue(isSignedIn());
    }
  }

  @Nested
  @DisplayName("§3 Redirection to RP After Logout")
  class Redirection {

    @Test
    @DisplayName("§3: to the address that the client has registered, with its state")
    void registered() {
      Page page = logout("id_token_hint", tokens.id(), "post_logout_redirect_uri",
          BYE + "?keep=1", "state", "a b&c");
      assertEquals("1", page.response().get("keep"));
      assertEquals("a b&c", page.response().get("state"));
    }

    @ParameterizedTest
    @DisplayName("§3: to no other, which is compared letter by letter")
    @ValueSource(strings = {"https://evil.example/bye", BYE + "/", BYE + "?x=1", BYE + "#f",
      "HTTPS://web.example/bye", "https://web.example:443/bye", CALLBACK, "javascript:alert(1)",
      "//evil.example/bye", "https://web.example/bye\r\nX: y"})
    void unregistered(String uri) {
      Page page = logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", uri,
          "state", "s");
      assertNull(page.sentTo());
      page.answer().expect(200);
      assertFalse(page.answer().body().contains("evil.example"));
    }

    @Test
    @DisplayName("§3: nowhere if nobody says which client it is")
    void noClient() {
      assertNull(logout("post_logout_redirect_uri", BYE).press("Sign out").sentTo());
    }

    @Test
    @DisplayName("§3: nowhere if the client is unknown")
    void unknownClient() {
      Page page = logout("client_id", "unknown", "post_logout_redirect_uri", BYE);
      asks(page);
      assertNull(page.press("Sign out").sentTo());
    }

    @Test
    @DisplayName("CIMD: nowhere if its document cannot be had, which is no failure of ours")
    void unreachableDocument() {
      Page page = logout("client_id", "https://127.0.0.1:1/client.json",
          "post_logout_redirect_uri", BYE);
      asks(page);
      assertNull(page.press("Sign out").sentTo());
    }
  }
}
