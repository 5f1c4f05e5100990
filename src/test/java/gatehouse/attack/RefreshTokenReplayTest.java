package gatehouse.attack;

import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.14: a refresh token was copied, and two now live from it. */
class RefreshTokenReplayTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Tokens first =
      client.connect(Person.ALICE, ALICE, "account:read", "account:write", "offline_access");

  /** The same token, asking for something a little different. */
  private Answer otherwise(Tokens tokens) {
    return client.token(Parameters.of("grant_type", "refresh_token",
        "refresh_token", tokens.refresh(), "scope", "account:read"));
  }

  @Test
  void fiftyAtOnceWithOneTokenGetOneAnswer() throws Exception {
    List<Answer> answers = Race.of(50, () -> client.refresh(first.refresh()));
    answers.forEach(answer -> answer.expect(200));
    assertEquals(1, answers.stream().map(Answer::body).distinct().count());
    Tokens second = new Tokens(answers.get(0).json());
    assertTrue(client.isAccepted(second));
    assertNotEquals(first.refresh(), second.refresh());
    client.refresh(second);
  }

  @Test
  void aTokenThatComesBackAfterItsSuccessorWasUsedEndsTheFamily() {
    Tokens second = client.refresh(first);
    Tokens third = client.refresh(second);
    server.clock().advanceSeconds(61);
    refused(400, "invalid_grant", client.refresh(first.refresh()));
    dead(client, first);
    dead(client, second);
    dead(client, third);
  }

  @Test
  void fiftyReplaysAtOnceGetNothingAndEndTheFamily() throws Exception {
    Tokens third = client.refresh(client.refresh(first));
    server.clock().advanceSeconds(61);
    Race.of(50, () -> client.refresh(first.refresh()))
        .forEach(answer -> refused(400, "invalid_grant", answer));
    dead(client, third);
  }

  @Test
  void theThiefWhoComesFirstIsFoundOutWhenTheOwnerGoesOn() {
    Tokens thiefs = new Tokens(client.refresh(first.refresh()).expect(200).json());
    client.refresh(thiefs);
    server.clock().advanceSeconds(61);
    refused(400, "invalid_grant", client.refresh(first.refresh()));
    dead(client, thiefs);
  }

  @Test
  void theWindowForHonestRepetitionDoesNotGiveAThiefAFamilyOfHisOwn() {
    client.refresh(client.refresh(first));
    refused(400, "invalid_grant", otherwise(first));
  }

  @Test
  void anotherClientCannotUseItNorEndIt() {
    OAuthClient thief = server.newClient();
    refused(400, "invalid_grant", thief.refresh(first.refresh()));
    refused(400, "invalid_grant", thief.post(thief.endpoint("revocation"),
        Parameters.of("token", first.refresh())));
    client.refresh(first);
  }

  @Test
  void aRevokedTokenIsDeadWithEverythingThatCameFromIt() {
    Tokens second = client.refresh(first);
    client.post(client.endpoint("revocation"), Parameters.of("token", second.refresh()))
        .expect(200);
    dead(client, first);
    dead(client, second);
  }
}
