package gatehouse.attack;

import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has copied a code races with its owner (RFC 6749 §4.1.2, RFC 9700 §4.5). */
@DisplayName("A race for an authorization code")
class CodeRaceTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Attempt attempt = client.attempt("account:read");
  private final String code = attempt.allowedBy(Person.ALICE, ALICE).response().get("code");

  private static List<Answer> successes(List<Answer> answers) {
    answers.stream().filter(answer -> answer.status() != 200)
        .forEach(answer -> refused(400, "invalid_grant", answer));
    return answers.stream().filter(answer -> answer.status() == 200).toList();
  }

  @RepeatedTest(3)
  void has_one_winner_who_keeps_nothing() throws Exception {
    List<Answer> won = successes(Race.of(50, () -> client.exchange(attempt, code)));
    assertEquals(1, won.size());
    dead(client, new Tokens(won.get(0).json()));
    refused(400, "invalid_grant", client.exchange(attempt, code));
  }

  @Test
  void leaves_the_client_s_other_connections_alone() throws Exception {
    Tokens before = client.connect(Person.ALICE);
    Race.of(20, () -> client.exchange(attempt, code));
    assertTrue(client.isAccepted(before));
    assertNotNull(client.refresh(before).access());
  }

  @Test
  void cannot_be_spoilt_by_another_client() throws Exception {
    OAuthClient thief = server.newClient();
    AtomicInteger number = new AtomicInteger();
    List<Answer> won = successes(Race.of(30, () ->
        (number.getAndIncrement() == 7 ? client : thief).exchange(attempt, code)));
    assertEquals(1, won.size());
    Tokens tokens = new Tokens(won.get(0).json());
    assertEquals(client.clientId(), tokens.claims().getString("client_id", null));
    assertTrue(client.isAccepted(tokens));
  }

  @Test
  void is_not_won_by_guessing_the_verifier() throws Exception {
    assertEquals(0, successes(Race.of(30, () -> client.token(Parameters.of(
        "grant_type", "authorization_code", "code", code,
        "redirect_uri", attempt.get("redirect_uri"), "code_verifier", "g".repeat(43))))).size());
    refused(400, "invalid_grant", client.exchange(attempt, code));
  }

  @Test
  void does_not_begin_with_a_mistake_about_the_resource() throws Exception {
    Parameters wrong = Parameters.of("grant_type", "authorization_code", "code", code,
        "code_verifier", attempt.verifier(), "resource", "https://other.example/",
        "client_id", client.clientId());
    Race.of(10, () -> client.token(Parameters.parse(wrong.encoded())))
        .forEach(answer -> refused(400, "invalid_target", answer));
    assertTrue(client.isAccepted(new Tokens(client.exchange(attempt, code).expect(200).json())));
  }
}
