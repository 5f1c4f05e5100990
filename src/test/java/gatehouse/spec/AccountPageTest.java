package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Account;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the account page shows, whom it lets change what, and the password rules of SP 800-63B. */
@DisplayName("The account page")
class AccountPageTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .documentTrust(new DocumentTrust(
          DocumentTrust.Level.ANY, Set.of("127.0.0.1"), true))
      .client(new JsonObject()
          .add("client_id", "notes")
          .add("client_name", "Notes")
          .add("client_secret", "a secret of the notes application")
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))));

  private final Browser browser = new Browser();

  private Account account() {
    return Account.open(server.issuer(), browser, Person.ALICE);
  }

  @Nested
  @DisplayName("shows connected applications")
  class Applications {
    @Test
    void with_the_titles_of_their_scopes_and_where_their_answers_go() {
      server.newClient().connect(Person.ALICE, browser, "account:read", "account:write");
      String html = account().html();
      assertTrue(html.contains(">Test client</span>"), html);
      assertTrue(html.contains("Read your account") && html.contains("Change your account"));
      assertTrue(html.contains("127.0.0.1") && html.contains(">not verified<"));
    }

    @Test
    void as_verified_if_the_operator_vouches_for_them() {
      OAuthClient.discover(server.mcpUrl()).known("notes", "a secret of the notes application")
          .connect(Person.ALICE, browser);
      String html = account().html();
      assertTrue(html.contains(">verified<") && !html.contains(">not verified<"), html);
    }

    @Test
    void by_the_host_of_their_document_without_fetching_it_again() throws IOException {
      try (WebHost web = new WebHost()) {
        String id = "http://127.0.0.1:" + web.port() + "/client.json";
        web.serve("/client.json", new JsonObject()
            .add("client_id", id)
            .add("client_name", "Documented")
            .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
            .add("token_endpoint_auth_method", "none").toString());
        OAuthClient.discover(server.mcpUrl()).known(id, null).connect(Person.ALICE, browser);
      }
      // The host is gone, and with it what the cache had.
      server.clock().advance(Duration.ofHours(11));
      Account account = account();
      assertTrue(account.html().contains("Documented"), account.html());
      assertTrue(account.html().contains(">verified<"));
      account.press("disconnect", "app", account.apps().get(0));
      assertEquals(0, account.apps().size());
    }

    @Test
    void and_says_if_there_is_none() {
      assertTrue(account().html().contains("There is none."));
    }
  }

  @Test
  void sends_whoever_is_not_signed_in_to_do_so_and_back() {
    Page page = browser.open(server.url("/account"));
    assertTrue(page.asksToSignIn());
    page = page.signIn(Person.ALICE);
    assertTrue(page.url().startsWith(server.url("/account?continue=")), page.url());
    assertTrue(page.answer().body().contains("Your account"));
  }

  @Test
  void is_found_from_the_start_page_and_leads_to_the_rest() {
    assertTrue(browser.open(server.url("/")).answer().body().contains("/account\""));
    String html = account().html();
    for (String path : new String[] {
        "/logout", "/clients", "/account/password", "/account/passkeys", "/account/totp"}) {
      assertTrue(html.contains("href=\"" + server.url(path) + "\""), path);
      Page page = browser.open(server.url(path));
      page.answer().expect(200);
      assertTrue(path.equals("/logout")
          || page.answer().body().contains("href=\"" + server.url("/account") + "\""), path);
    }
  }

  @Test
  void wants_a_sign_in_of_late_before_a_way_of_signing_in_comes_or_goes() {
    account();
    server.clock().advance(Duration.ofMinutes(16));
    for (String path : new String[] {"/account/passkeys", "/account/totp"}) {
      assertTrue(browser.open(server.url(path)).asksToSignIn(), path);
    }
    // To look, and to end something, the session is enough.
    assertFalse(browser.open(server.url("/account")).asksToSignIn());
  }

  @Test
  void speaks_german_to_whoever_reads_it() {
    account();
    assertTrue(browser.open(server.url("/account?ui_locales=de")).answer().body()
        .contains("Verbundene Anwendungen"));
  }

  @Test
  void refuses_a_button_that_it_does_not_have() {
    Browser other = new Browser();
    Account.open(server.issuer(), other, Person.ALICE);
    assertEquals(400, account().press("self-destruct").page().answer().status());
    assertFalse(other.open(server.url("/account")).asksToSignIn());
  }

  @Nested
  @DisplayName("SP 800-63B §5.1.1.2: a new password")
  class NewPassword {
    @ParameterizedTest
    @CsvSource({"seven77, seven77, at least 8 characters", "password1, password1, first",
      "a good long one, another, not the same", "wonderland, wonderland, present one",
      "'', '', at least 8"})
    void is_refused_with_a_reason(String password, String repeated, String reason) {
      account();
      Page page = browser.open(server.url("/account/password")).fill("current", "wonderland")
          .fill("new", password).fill("repeated", repeated).press("Change the password");
      assertEquals(400, page.answer().status());
      assertTrue(page.answer().body().contains("role=\"alert\"")
          && page.answer().body().contains(reason), page.answer().body());
      assertFalse(page.answer().body().contains("wonderland"), "what was typed is not sent back");
      Account.open(server.issuer(), new Browser(), Person.ALICE);
    }
  }
}
