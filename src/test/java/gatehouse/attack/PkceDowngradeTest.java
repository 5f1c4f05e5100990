package gatehouse.attack;

import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;

import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9700 §4.8.2: the attacker takes the challenge out, and with it the protection. */
class PkceDowngradeTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Attempt attempt = client.attempt();

  @ParameterizedTest
  @ValueSource(strings = {"code_challenge", "code_challenge_method"})
  void aRequestFromWhichAPartWasTakenGetsNoCode(String name) {
    client.attempt().allowedBy(Person.ALICE, ALICE).response();
    attempt.without(name);
    sentBack("invalid_request", attempt, attempt.in(ALICE));
    attempt.with(name, "");
    sentBack("invalid_request", attempt, attempt.in(ALICE));
  }

  @Test
  void aPushedRequestCannotLeaveItOutEither() {
    refused(400, "invalid_request", client.post(server.url("/par"),
        attempt.without("code_challenge").parameters()));
    refused(400, "invalid_request", client.post(server.url("/par"),
        client.attempt().with("code_challenge_method", "plain").parameters()));
  }

  @Test
  void aCodeWithAChallengeNeedsItsVerifierAndGetsOneTry() {
    String code = attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
    refused(400, "invalid_grant", client.token(Parameters.of(
        "grant_type", "authorization_code", "code", code, "code_verifier", "")));
    refused(400, "invalid_grant", client.exchange(attempt, code));
  }

  @Test
  void theChallengeInTheLinkIsNotTheSecret() {
    String code = attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
    refused(400, "invalid_grant", Http.postForm(server.url("/token"), Parameters.of(
        "grant_type", "authorization_code", "code", code, "client_id", client.clientId(),
        "code_verifier", attempt.get("code_challenge"), "code_challenge_method", "plain")));
  }
}
