package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.json.Fields;
import gatehouse.login.UpstreamProvider;
import gatehouse.support.Account;
import gatehouse.support.Browser;
import gatehouse.support.Page;
import gatehouse.support.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody has an account at another provider, which is a second Gatehouse, and uses it here. */
@DisplayName("Somebody with an account elsewhere")
class LinkedAccountTest {
  private final Gatehouse provider = Gatehouse.builder().port(0).demo().start();
  private final Browser browser = new Browser();
  private Gatehouse server;

  private void start(UpstreamProvider.Unknown unknown) {
    server = Gatehouse.builder().port(0).demo().upstream(UpstreamProvider.of("other",
        "Other", provider.issuer(), "gate", "between us", unknown)).start();
    provider.clients().add(Fields.of(new JsonObject()
        .add("client_id", "gate").add("client_secret", "between us")
        .add("redirect_uris", new JsonArray()
            .add(server.issuer() + "/login/upstream/other/callback"))));
  }

  @AfterEach
  void stop() {
    server.close();
    provider.close();
  }

  /** Goes on at the provider, as Bob there, until the browser is back here and stays. */
  private Page viaProvider(Page left) {
    Page there = browser.open(left.sentTo().toString());
    there = there.asksToSignIn() ? there.signIn(Person.BOB) : there;
    there = there.asksForConsent() ? there.allow() : there;
    return browser.open(there.sentTo().toString());
  }

  private Page signIn(Browser who) {
    return viaProvider(who.open(server.issuer() + "/login/upstream/other"));
  }

  @Test
  void connects_it_signs_in_with_it_and_takes_it_away_again() {
    start(UpstreamProvider.Unknown.REFUSE);
    assertEquals(403, signIn(browser).answer().status());

    Account account = Account.open(server.issuer(), browser, Person.ALICE);
    Page left = account.press("link", "provider", "other").page();
    assertTrue(viaProvider(left).answer().expect(200).body().contains("Connected as"));

    browser.open(server.issuer() + "/logout").press("Sign out");
    signIn(browser).answer().expect(200);
    assertFalse(browser.open(server.issuer() + "/account").asksToSignIn());
    account = Account.open(server.issuer(), browser, null);
    assertTrue(account.html().contains("<strong class=\"name\">alice</strong>"));

    account.press("unlink", "link", account.hidden("link").get(0));
    assertFalse(account.html().contains("Connected as"));
    browser.open(server.issuer() + "/logout").press("Sign out");
    assertEquals(403, signIn(browser).answer().status());
  }

  @Test
  void keeps_what_is_the_only_way_in_and_has_no_password_to_change() {
    start(UpstreamProvider.Unknown.CREATE);
    signIn(browser).answer().expect(200);
    Account account = Account.open(server.issuer(), browser, null);
    assertTrue(account.html().contains("Connected as"));
    assertFalse(account.html().contains("value=\"unlink\"")
        || account.html().contains("/account/password"));
    browser.open(server.issuer() + "/account/password").answer().expect(404);
  }
}
