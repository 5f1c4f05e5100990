package gatehouse.attack;

import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.5.2, OAuth 2.1 §7.6: a code that was stolen on its way is redeemed once more. */
class CodeReplayTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();
  private final Attempt attempt = client.attempt("account:read", "offline_access");
  private final String code =
      attempt.allowedBy(Person.ALICE, new Browser()).response().get("code");

  @Test
  void ofFiftyWhoRedeemOneCodeAtOnceOneSucceedsAndThenNobodyHasAnything() throws Exception {
    List<Answer> answers = Race.of(50, () -> client.exchange(attempt, code));
    List<Answer> good = answers.stream().filter(answer -> answer.status() == 200).toList();
    assertEquals(1, good.size());
    answers.stream().filter(answer -> answer.status() != 200)
        .forEach(answer -> refused(400, "invalid_grant", answer));
    dead(client, new Tokens(good.get(0).json()));
  }

  @Test
  void aReplayEndsTheTokensOfTheFirstRedemptionAndThoseRefreshedFromThem() {
    Tokens first = new Tokens(client.exchange(attempt, code).expect(200).json());
    Tokens second = client.refresh(first);
    refused(400, "invalid_grant", client.exchange(attempt, code));
    dead(client, first);
    dead(client, second);
  }

  @Test
  void aReplayIsRecognisedLongAfterTheCodeWouldHaveExpired() {
    Tokens tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
    server.clock().advanceSeconds(600);
    assertTrue(client.isAccepted(tokens));
    refused(400, "invalid_grant", client.exchange(attempt, code));
    dead(client, tokens);
  }

  @Test
  void anotherClientsReplayEndsNothing() {
    Tokens tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
    refused(400, "invalid_grant", server.newClient().exchange(attempt, code));
    assertTrue(client.isAccepted(tokens));
  }
}
