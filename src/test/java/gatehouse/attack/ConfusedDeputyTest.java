package gatehouse.attack;

import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * MCP security best practices, "Confused Deputy": the user is signed in and has said yes before, so
 * a link of the attacker's is answered without another word.
 */
class ConfusedDeputyTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient good = server.newClient();
  private final Browser alice = new Browser();

  private OAuthClient evil() {
    return OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("client_name", "Test client")
        .add("redirect_uris", new JsonArray().add("https://evil.example/cb"))
        .add("token_endpoint_auth_method", "none"));
  }

  @Test
  void consentForOneClientIsNoConsentForAnotherOfTheSameName() {
    good.connect(Person.ALICE, alice);
    Page page = evil().attempt().with("redirect_uri", "https://evil.example/cb").in(alice);
    assertTrue(page.asksForConsent());
    assertTrue(page.answer().body().contains("evil.example"));
    assertNull(page.sentTo());
  }

  @Test
  void noLinkCanAskForAnAnswerWithoutAWord() {
    good.connect(Person.ALICE, alice);
    Attempt silent = evil().attempt().with("redirect_uri", "https://evil.example/cb")
        .with("prompt", "none");
    sentBack("consent_required", silent, silent.in(alice));
    Attempt again = good.attempt().with("prompt", "none");
    sentBack("consent_required", again, again.in(alice));
    Attempt stranger = good.attempt().with("prompt", "none");
    sentBack("login_required", stranger, stranger.in(new Browser()));
  }

  @Test
  void theDecisionInALinkIsNoDecision() {
    good.connect(Person.ALICE, alice);
    Attempt attempt = good.attempt().with("decision", "allow").with("csrf", "x");
    assertTrue(attempt.in(alice).asksForConsent());
  }

  @Test
  void theFormCannotAddWhatThePageDidNotShow() {
    Page page = good.attempt("account:read").in(alice).signIn(Person.ALICE);
    page.form().values().add("scope", "account:write").add("scope", "openid");
    Attempt attempt = good.attempt();
    String code = page.allow().response().get("code");
    assertTrue(code.length() > 0);
    refused(400, "invalid_grant", good.exchange(attempt, code));
  }

  @Test
  void whatThePageDidNotShowIsNotGranted() {
    Attempt attempt = good.attempt("account:read");
    Page page = attempt.in(alice).signIn(Person.ALICE);
    page.form().values().add("scope", "account:write").add("scope", "offline_access");
    var tokens = good.redeem(attempt, page.allow());
    assertTrue(tokens.scopes().equals(java.util.Set.of("account:read")), "" + tokens.scopes());
  }

  @Test
  void aPushedRequestOfOneClientCannotBeCarriedByAnother() {
    OAuthClient evil = evil();
    String pushed = good.post(server.url("/par"), good.attempt().parameters()).expect(201)
        .text("request_uri");
    Page page = alice.open(server.url("/authorize?") + Parameters.of(
        "client_id", evil.clientId(), "request_uri", pushed).encoded());
    page.answer().expect(400);
    assertNull(page.sentTo());
  }
}
