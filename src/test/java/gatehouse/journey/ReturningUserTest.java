package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who has been here before: what they are asked again, and what not. */
@DisplayName("A returning user")
class ReturningUserTest {
  private static final String CALLBACK = "https://notes.example/callback";

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .client(new JsonObject()
          .add("client_id", "notes")
          .add("client_name", "Notes")
          .add("client_secret", "a secret of the notes application")
          .add("redirect_uris", new JsonArray().add(CALLBACK))));

  private final Browser browser = new Browser();

  @Nested
  @DisplayName("with a client on this computer, which anybody could pretend to be,")
  class OnLoopback {
    @Test
    void is_asked_for_consent_again_and_for_no_password() {
      OAuthClient client = server.newClient();
      client.connect(Person.ALICE, browser);
      Page page = client.attempt().in(browser);
      assertTrue(page.asksForConsent());
      assertTrue(page.answer().body().contains("alice"));
    }

    @Test
    void cannot_be_passed_by_without_a_page() {
      OAuthClient client = server.newClient();
      client.connect(Person.ALICE, browser);
      Page page = client.attempt().with("prompt", "none").in(browser);
      assertEquals("consent_required", page.response().get("error"));
      assertNull(page.response().get("code"));
    }
  }

  @Nested
  @DisplayName("with a client at an address of its own")
  class AtItsOwnAddress {
    @Test
    void is_asked_nothing() {
      returns(notes("account:read").allowedBy(Person.ALICE, browser));
      returns(notes("account:read").in(browser));
      returns(notes("account:read").with("prompt", "none").in(browser));
    }

    @Test
    void is_asked_if_it_wants_more() {
      returns(notes("account:read").allowedBy(Person.ALICE, browser));
      Page page = notes("account:read", "account:write").in(browser);
      assertTrue(page.asksForConsent());
      returns(page.allow());
      returns(notes("account:read", "account:write").in(browser));
    }

    @Test
    void is_asked_again_for_what_was_unticked() {
      Page consent = notes("account:read", "account:write").in(browser).signIn(Person.ALICE);
      returns(consent.allowOnly());
      assertTrue(notes("account:read", "account:write").in(browser).asksForConsent());
      returns(notes("account:read").in(browser));
    }

    @Test
    void is_asked_if_the_client_insists() {
      returns(notes("account:read").allowedBy(Person.ALICE, browser));
      assertTrue(notes("account:read").with("prompt", "consent").in(browser).asksForConsent());
      assertTrue(notes("account:read").with("prompt", "login").in(browser).asksToSignIn());
    }

    @Test
    void is_asked_after_half_a_year() {
      returns(notes("account:read").allowedBy(Person.ALICE, browser));
      server.clock().advance(Duration.ofDays(181));
      assertTrue(notes("account:read").in(browser).signIn(Person.ALICE).asksForConsent());
    }

    private Attempt notes(String... scopes) {
      return OAuthClient.discover(server.mcpUrl())
          .known("notes", "a secret of the notes application")
          .attempt(scopes).with("redirect_uri", CALLBACK);
    }

    private void returns(Page page) {
      assertNotNull(page.response().get("code"), () -> page.response().toString());
      assertTrue(page.sentTo().toString().startsWith(CALLBACK));
    }
  }

  @Test
  void is_asked_for_the_password_after_twelve_hours() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE, browser);
    server.clock().advance(Duration.ofHours(12).minusSeconds(1));
    assertTrue(client.attempt().in(browser).asksForConsent());
    server.clock().advanceSeconds(2);
    assertTrue(client.attempt().in(browser).asksToSignIn());
    assertEquals("login_required",
        client.attempt().with("prompt", "none").in(browser).response().get("error"));
  }

  @Test
  void is_asked_for_the_password_sooner_if_the_client_wants_it_fresh() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE, browser);
    server.clock().advanceSeconds(600);
    assertTrue(client.attempt().with("max_age", "900").in(browser).asksForConsent());
    Page page = client.attempt().with("max_age", "300").in(browser);
    assertTrue(page.asksToSignIn());
    assertTrue(page.signIn(Person.ALICE).asksForConsent());
  }

  @Test
  void is_asked_for_the_password_after_signing_out() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE, browser);
    browser.open(server.url("/logout")).press("Sign out");
    assertTrue(client.attempt().in(browser).asksToSignIn());
  }

  @Test
  void is_recognised_in_no_other_browser() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE, browser);
    assertTrue(client.attempt().in(new Browser()).asksToSignIn());
  }
}
