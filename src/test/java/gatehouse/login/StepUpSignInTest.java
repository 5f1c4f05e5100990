package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OpenID Connect Core §3.1.2.1, RFC 9470 §5: a client, or the operator, wants to be surer. */
@DisplayName("A second factor, from the client's link to the ID token")
class StepUpSignInTest {
  private final Browser browser = new Browser();

  /** Follows the link whose address contains this. */
  private Page follow(Page page, String part) {
    Matcher links = Pattern.compile("href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"")
        .matcher(page.answer().expect(200).body());
    assertTrue(links.find(), () -> "no link to " + part + " in " + page.answer().body());
    return browser.open(links.group(1).replace("&amp;", "&"));
  }

  /** Sets an app up from the page that offers it, and goes on. */
  private Page setUp(Page choices, GatehouseServer server) {
    Page page = follow(choices, "/account/totp");
    String code =
        SignInFixture.code(Response.html(200, page.answer().body()), server.clock());
    Page codes = page.fill("code", code).press("Set up");
    server.clock().advanceSeconds(60);
    return follow(codes, "/login/second");
  }

  private static JsonObject idToken(OAuthClient client, Attempt attempt, Page page) {
    Tokens tokens = client.redeem(attempt, page.asksForConsent() ? page.allow() : page);
    return Tokens.part(tokens.id(), 1);
  }

  private static Attempt attempt(OAuthClient client, String acr) {
    Attempt attempt = client.attempt("account:read", "openid");
    return acr == null ? attempt : attempt.with("acr_values", acr);
  }

  @Nested
  @DisplayName("where it is offered")
  class Offered {
    @RegisterExtension
    final GatehouseServer server = GatehouseServer.demo();

    @Test
    void is_set_up_by_whoever_has_none_when_the_client_asks_for_it() {
      OAuthClient client = server.newClient();
      Attempt attempt = attempt(client, "2");
      Page choices = attempt.in(browser).signIn(Person.ALICE);
      assertFalse(choices.asksForConsent());
      JsonObject id = idToken(client, attempt, setUp(choices, server));
      assertEquals("2", id.getString("acr", null));
      assertEquals(new JsonArray().add("mfa").add("otp").add("pwd"), id.get("amr"));
    }

    @Test
    void is_asked_for_without_the_password_of_somebody_who_is_signed_in() {
      OAuthClient client = server.newClient();
      Attempt first = attempt(client, null);
      JsonObject id = idToken(client, first, first.allowedBy(Person.ALICE, browser));
      assertEquals("1", id.getString("acr", null));
      Attempt more = attempt(client, "2");
      Page page = more.in(browser);
      assertTrue(page.url().contains("/login/second"), page.url());
      assertEquals("2", idToken(client, more, setUp(page, server)).getString("acr", null));
      // From now on it is asked of her at every sign-in, whatever a client wants.
      Page again = attempt(client, null).in(new Browser()).signIn(Person.ALICE);
      assertTrue(again.answer().body().contains("name=\"code\""), again.answer().body());
    }

    @Test
    void is_not_set_up_in_a_browser_that_was_left_open() {
      OAuthClient client = server.newClient();
      attempt(client, null).allowedBy(Person.ALICE, browser);
      server.clock().advanceSeconds(15 * 60);
      Page page = attempt(client, "2").in(browser);
      assertTrue(page.asksToSignIn(), page.url());
      assertTrue(browser.open(server.url("/account/totp")).asksToSignIn());
      assertTrue(page.signIn(Person.ALICE).url().contains("/login/second"));
    }

    @Test
    void is_no_page_for_a_client_that_wants_none() {
      OAuthClient client = server.newClient();
      attempt(client, null).allowedBy(Person.ALICE, browser);
      assertEquals("login_required", attempt(client, "2").with("prompt", "none").in(browser)
          .response().get("error"));
    }

    @Test
    void is_not_asked_for_by_values_that_nobody_knows() {
      OAuthClient client = server.newClient();
      Attempt attempt = attempt(client, "urn:example:gold 1");
      JsonObject id = idToken(client, attempt, attempt.allowedBy(Person.ALICE, browser));
      assertEquals("1", id.getString("acr", null));
    }
  }

  @Nested
  @DisplayName("where everybody has to have one")
  class Demanded {
    @RegisterExtension
    final GatehouseServer server = GatehouseServer.with(
        builder -> builder.demo().secondFactor(SecondFactors.Rule.DEMANDED));

    @Test
    void is_set_up_at_the_first_sign_in_and_asked_for_at_the_next() {
      OAuthClient client = server.newClient();
      Attempt attempt = attempt(client, null);
      Page choices = attempt.in(browser).signIn(Person.ALICE);
      assertTrue(browser.open(server.url("/account")).asksToSignIn(), "no session before it");
      JsonObject id = idToken(client, attempt, setUp(choices, server));
      assertEquals("2", id.getString("acr", null));
      Page second = attempt(client, null).in(new Browser()).signIn(Person.ALICE);
      assertTrue(second.answer().body().contains("name=\"code\""));
      Page account = browser.open(server.url("/account/totp"));
      assertFalse(account.answer().expect(200).body().contains("value=\"remove\""));
    }
  }
}
