package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is asked once and what is asked every time (OAuth 2.1 §7.3.1, RFC 8252 §8.6, MCP security
 * best practices).
 */
@DisplayName("Consent")
class ConsentMemoryTest {
  private static final String ONE = "https://one.example/cb";
  private static final String TWO = "https://two.example/cb";
  private static final String OTHER = "https://reports.example/mcp";

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .documentTrust(DocumentTrust.any().development(true)).audience(OTHER)
      .client(client("web")).client(client("other")));

  private final Browser browser = new Browser();

  private static JsonObject client(String id) {
    return new JsonObject().add("client_id", id).add("client_name", "App of " + id)
        .add("client_secret", "secret")
        .add("redirect_uris", new JsonArray().add(ONE).add(ONE + "/more").add(TWO)
            .add(OAuthClient.REDIRECT_URI));
  }

  private Attempt of(String id, String... scopes) {
    return OAuthClient.discover(server.mcpUrl()).known(id, "secret").attempt(scopes)
        .with("redirect_uri", ONE);
  }

  private static void silent(Page page) {
    assertNotNull(page.response().get("code"), () -> page.response().toString());
  }

  private static void asks(Page page) {
    assertTrue(page.asksForConsent(), page.url());
  }

  @Nested
  @DisplayName("AS-49: is remembered for exactly")
  class RememberedFor {

    @Test
    void this_user_this_client_this_host_and_these_scopes() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      silent(of("web", "account:read").in(browser));
      silent(of("web", "account:read").with("redirect_uri", ONE + "/more").in(browser));
    }

    @Test
    void one_user() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      asks(of("web", "account:read").in(new Browser()).signIn(Person.BOB));
    }

    @Test
    void one_client() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      asks(of("other", "account:read").in(browser));
    }

    @Test
    void one_host_to_answer_to() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      asks(of("web", "account:read").with("redirect_uri", TWO).in(browser));
    }

    @Test
    void one_resource() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      asks(of("web", "account:read").with("resource", OTHER).in(browser));
      asks(of("web", "account:read").plus("resource", OTHER).in(browser));
    }

    @Test
    void no_more_scopes_than_were_granted_though_they_add_up() {
      silent(of("web", "account:read").allowedBy(Person.ALICE, browser));
      asks(of("web", "account:read", "account:write").in(browser));
      silent(of("web", "account:read", "openid").in(browser).allow());
      silent(of("web", "openid").in(browser));
      asks(of("web", "email").in(browser));
    }

    @Test
    void what_was_allowed_and_not_what_was_denied() {
      Page denied = of("web", "account:read").in(browser).signIn(Person.ALICE).deny();
      assertEquals("access_denied", denied.response().get("error"));
      asks(of("web", "account:read").in(browser));
    }
  }

  @Nested
  @DisplayName("AS-49: is asked every time")
  class EveryTime {

    @Test
    void if_the_answer_goes_to_this_computer() {
      silent(of("web", "account:read").with("redirect_uri", OAuthClient.REDIRECT_URI)
          .allowedBy(Person.ALICE, browser));
      asks(of("web", "account:read").with("redirect_uri", OAuthClient.REDIRECT_URI).in(browser));
    }

    @Test
    void of_a_client_that_registered_itself() {
      OAuthClient self = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(ONE))
          .add("token_endpoint_auth_method", "none"));
      silent(self.attempt("account:read").with("redirect_uri", ONE)
          .allowedBy(Person.ALICE, browser));
      asks(self.attempt("account:read").with("redirect_uri", ONE).in(browser));
    }

    @Test
    @DisplayName("AS-115: of a document that has changed")
    void changedDocument() throws IOException {
      try (WebHost web = new WebHost()) {
        String id = web.url("/client.json");
        JsonObject document = new JsonObject().add("client_id", id).add("client_name", "Notes")
            .add("redirect_uris", new JsonArray().add(ONE));
        web.serve("/client.json", document.toString());
        silent(of(id, "account:read").allowedBy(Person.ALICE, browser));
        silent(of(id, "account:read").in(browser));

        web.serve("/client.json", document.set("client_name", "Notes 2").toString());
        server.clock().advance(Duration.ofMinutes(11));
        asks(of(id, "account:read").in(browser));
      }
    }
  }

  @Nested
  @DisplayName("AS-45: a decision counts")
  class Decision {

    private Page shown() {
      return of("web", "account:read").in(browser).signIn(Person.ALICE);
    }

    private void notDecided(Page page) {
      assertNull(page.sentTo());
      assertTrue(page.answer().status() >= 400 || page.asksToSignIn(), page.answer().body());
      assertTrue(of("web", "account:read").in(browser).asksForConsent());
    }

    @Test
    void with_the_token_of_the_form_only() {
      Page page = shown();
      Parameters form = page.form().values().add("decision", "allow");
      notDecided(browser.post(page.form().action(), Parameters.parse(form.encoded())
          .remove("csrf")));
      notDecided(browser.post(page.form().action(), Parameters.parse(form.encoded())
          .set("csrf", "forged")));
      assertEquals(403, browser.post(page.form().action(),
          Parameters.parse(form.encoded()).remove("csrf")).answer().status());
    }

    @Test
    void once() {
      Page page = shown();
      silent(page.allow());
      Page again = page.allow();
      assertEquals(403, again.answer().status());
      assertNull(again.sentTo());
    }

    @Test
    void in_the_browser_that_was_asked() {
      Page page = shown();
      Parameters form = page.form().values().add("decision", "allow");
      Browser other = new Browser();
      of("web", "account:read").in(other).signIn(Person.BOB);
      Page forged = other.post(page.form().action(), Parameters.parse(form.encoded()));
      assertEquals(403, forged.answer().status());
      assertTrue(of("web", "account:read").in(other).asksForConsent());
      notDecided(new Browser().post(page.form().action(), Parameters.parse(form.encoded())));
    }

    @Test
    void for_the_request_it_was_shown_for() {
      Page small = shown();
      Page large = of("other", "account:read", "account:write").in(browser);
      Parameters mixed = Parameters.parse(small.form().values().encoded())
          .set("continue", large.form().values().get("continue") + "x").add("decision", "allow");
      assertEquals(400, browser.post(small.form().action(), mixed).answer().status());
      asks(of("other", "account:read", "account:write").in(browser));
    }

    @Test
    void within_an_hour() {
      Page page = shown();
      server.clock().advance(Duration.ofMinutes(61));
      assertEquals(403, page.allow().answer().status());
      assertTrue(of("web", "account:read").in(browser).asksForConsent());
    }

    @Test
    void no_longer_than_the_session() {
      Page page = shown();
      browser.open(server.url("/logout")).press("Sign out");
      assertTrue(page.allow().asksToSignIn());
    }
  }

  @Test
  @DisplayName("AS-47, AS-101: says who asks, for what, to where, and as whom; all as mere text")
  void shows() {
    OAuthClient self = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("client_name", "<img src=x onerror=alert(1)>&\"\u202enibbler")
        .add("logo_uri", "https://evil.example/logo.png")
        .add("client_uri", "https://evil.example/")
        .add("redirect_uris", new JsonArray().add("https://host.example/cb"))
        .add("token_endpoint_auth_method", "none"));
    String body = self.attempt("account:read").with("redirect_uri", "https://host.example/cb")
        .in(browser).signIn(Person.ALICE).answer().body();
    assertTrue(body.contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;nibbler"), body);
    assertFalse(body.contains("<img"), body);
    assertFalse(body.contains("evil.example"), body);
    for (String shown : new String[] {"host.example", server.mcpUrl(), "alice",
        "Read your account", "not verified"}) {
      assertTrue(body.contains(shown), shown);
    }
  }
}
