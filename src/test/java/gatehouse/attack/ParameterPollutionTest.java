package gatehouse.attack;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One parameter, two values: what was checked is the first, what is used is the second. */
class ParameterPollutionTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();

  /** A refusal, not an accident: 4xx, and the browser stays. */
  private static void refusedHere(Page page) {
    assertTrue(page.answer().status() / 100 == 4, () -> page.url() + " " + page.answer().status());
    assertNull(page.sentTo());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri"})
  void aSecondTargetIsNotAnswered(String name) {
    refusedHere(client.attempt().plus(name, "https://evil.example/cb").in(ALICE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continue", "request_uri"})
  void anAuthorizationRequestThatIsCarriedTwiceIsRefused(String name) {
    String value = name.equals("continue") ? "x" : "urn:ietf:params:oauth:request_uri:x";
    refusedHere(client.attempt().plus(name, value).plus(name, value).in(ALICE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password", "csrf", "continue"})
  void aLoginFormWithASecondValueSignsNobodyIn(String name) {
    Browser browser = new Browser();
    Page login = client.attempt().in(browser);
    login.form().values().set("username", "alice").set("password", "wonderland");
    login.form().values().add(name, login.form().values().get(name));
    refusedHere(login.press("Sign in"));
    assertTrue(client.attempt().in(browser).asksToSignIn());
  }

  @ParameterizedTest
  @ValueSource(strings = {"continue", "login_hint", "username"})
  void aLinkToTheLoginPageWithASecondValueIsRefused(String name) {
    refusedHere(new Browser().open(server.url("/login?") + name + "=a&" + name + "=b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"decision", "csrf", "continue"})
  void aConsentFormWithASecondValueAllowsNothing(String name) {
    Page page = client.attempt().in(ALICE);
    page = page.asksToSignIn() ? page.signIn(Person.ALICE) : page;
    Parameters form = page.form().values().set("decision", "deny");
    form.add(name, name.equals("decision") ? "allow" : form.get(name));
    refusedHere(ALICE.post(server.url("/consent"), form));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csrf", "id_token_hint", "client_id", "post_logout_redirect_uri",
    "state"})
  void aLogoutWithASecondValueSignsNobodyOut(String name) {
    Browser browser = new Browser();
    browser.open(server.url("/login")).signIn(Person.ALICE);
    Page page = browser.open(server.url("/logout?") + name + "=a&" + name + "=b");
    assertTrue(page.answer().status() < 500, () -> "" + page.answer().status());
    assertTrue(client.attempt().in(browser).asksForConsent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/revoke", "/introspect", "/par"})
  void everyOtherEndpointCallsItInvalid(String path) {
    OAuthClient confidential = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI)));
    refused(400, "invalid_request", confidential.post(server.url(path), Parameters.of(
        "grant_type", "refresh_token", "refresh_token", "x", "token", "x", "foo", "1", "foo",
        "2", "grant_type", "refresh_token", "token", "x", "response_type", "code",
        "response_type", "code")));
  }

  @Test
  void theFirstAndTheLastAreRefusedAlikeAndNothingIsSpent() {
    Tokens tokens = client.connect(Person.ALICE, ALICE, "account:read", "offline_access");
    for (String[] order : new String[][] {{tokens.refresh(), "x"}, {"x", tokens.refresh()}}) {
      refused(400, "invalid_request", client.token(Parameters.of("grant_type", "refresh_token",
          "refresh_token", order[0], "refresh_token", order[1])));
    }
    assertNotNull(client.refresh(tokens).refresh());
    assertEquals(true, client.isAccepted(tokens));
  }
}
