package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.7: another site's form makes the user's browser sign in, allow or sign out. */
class CsrfTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();
  private final Browser browser = new Browser();

  private Page consentPage(OAuthClient who) {
    Page page = who.attempt().in(browser);
    return page.asksToSignIn() ? page.signIn(Person.ALICE) : page;
  }

  private static boolean signedIn(Browser browser) {
    return browser.open(server.url("/logout")).answer().body().contains("Sign out?");
  }

  /** Status 403, the question again, and nothing was decided. */
  private void refused(Page page) {
    assertEquals(403, page.answer().status());
    assertNull(page.sentTo());
    assertTrue(page.asksForConsent());
  }

  @Test
  void aConsentWithoutTheTokenOfItsPageIsNone() {
    Parameters form = consentPage(client).form().values();
    String url = server.url("/consent");
    form.set("decision", "allow");
    refused(browser.post(url, Parameters.parse(form.encoded()).remove("csrf")));
    refused(browser.post(url, Parameters.parse(form.encoded()).set("csrf", "invented")));
    refused(browser.post(url, Parameters.parse(form.encoded()).set("csrf", "")));
    assertNotNull(browser.post(url, form).response().get("code"));
  }

  @Test
  void aConsentCannotBeSentTwice() {
    Page page = consentPage(client);
    assertNotNull(page.allow().response().get("code"));
    refused(page.allow());
  }

  @Test
  void aConsentCannotBeGivenInAnotherBrowserOrByAnotherUser() {
    Page alices = consentPage(client);
    Browser bobs = new Browser();
    client.attempt().in(bobs).signIn(Person.BOB);
    Parameters form = alices.form().values().set("decision", "allow");
    refused(bobs.post(server.url("/consent"), form));
    assertTrue(new Browser().post(server.url("/consent"), form).asksToSignIn());
  }

  @Test
  void theTokenOfOneRequestsPageDoesNotAllowAnotherRequest() {
    OAuthClient evil = server.newClient();
    Page good = consentPage(client);
    Page bad = consentPage(evil);
    Parameters mixed = bad.form().values().set("csrf", good.form().values().get("csrf"))
        .set("decision", "allow");
    refused(browser.post(server.url("/consent"), mixed));
  }

  @Test
  void theTokenOfTheLoginPageDoesNotAllowAnything() {
    Page consent = consentPage(client);
    String other = browser.open(server.url("/login")).form().values().get("csrf");
    refused(consent.fill("csrf", other).allow());
  }

  @Test
  void aConsentPageThatWasOpenForTooLongDecidesNothing() {
    Page page = consentPage(client);
    server.clock().advance(Duration.ofMinutes(61));
    refused(page.allow());
  }

  @Test
  void aConsentOfASessionThatHasEndedIsNone() {
    Page page = consentPage(client);
    browser.open(server.url("/logout")).press("Sign out");
    Page after = page.allow();
    assertTrue(after.asksToSignIn());
    assertNull(after.sentTo());
  }

  @Test
  void nobodyIsSignedInByAFormOfAnotherSite() {
    Page page = browser.post(server.url("/login"),
        Parameters.of("username", "bob", "password", "builder"));
    assertEquals(403, page.answer().status());
    assertFalse(signedIn(browser));

    // The attacker's own form, in the victim's browser.
    Browser attackers = new Browser();
    Parameters form = attackers.open(server.url("/login")).form().values()
        .set("username", "bob").set("password", "builder");
    assertEquals(403, browser.post(server.url("/login"), form).answer().status());
    assertFalse(signedIn(browser));
  }

  @Test
  void nobodyIsSignedOutByALinkOrAFormOfAnotherSite() {
    browser.open(server.url("/login")).signIn(Person.ALICE);
    assertTrue(browser.open(server.url("/logout")).answer().body().contains("Sign out?"));
    browser.post(server.url("/logout"), new Parameters());
    browser.post(server.url("/logout"), Parameters.of("csrf", "invented"));
    browser.open(server.url("/logout?id_token_hint=invented"));
    assertTrue(signedIn(browser));
  }

  @Test
  void noClientIsRegisteredByAFormOfAnotherSite() {
    browser.open(server.url("/login")).signIn(Person.ALICE);
    Page page = browser.post(server.url("/clients"), Parameters.of("name", "Evil",
        "redirect_uris", "https://evil.example/cb", "kind", "public"));
    assertEquals(403, page.answer().status());
    assertFalse(page.answer().body().contains("client_id"), page.answer().body());
  }
}
