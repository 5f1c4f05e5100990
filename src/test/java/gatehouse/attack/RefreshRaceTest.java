package gatehouse.attack;

import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Honest races and lost answers are told from theft (RFC 9700 §4.14.2; AS-76 … AS-78). */
@DisplayName("A race for a refresh token")
class RefreshRaceTest {
  private static final int WINDOW = 60;

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private OAuthClient client;
  private Tokens first;

  @BeforeEach
  void connect() {
    client = server.newClient();
    first = client.connect(Person.ALICE, "account:read", "account:write");
  }

  /** All got the same answer, which is good and can be refreshed again. */
  private Tokens oneLine(List<Answer> answers) {
    Set<String> bodies = answers.stream().map(a -> a.expect(200).body())
        .collect(Collectors.toSet());
    assertEquals(1, bodies.size(), bodies.toString());
    Tokens tokens = new Tokens(answers.get(0).json());
    assertTrue(client.isAccepted(tokens), "logged out");
    return tokens;
  }

  @RepeatedTest(3)
  void gives_everybody_the_same_answer_and_logs_nobody_out() throws Exception {
    Tokens second = oneLine(Race.of(50, () -> client.refresh(first.refresh())));
    assertNotEquals(first.refresh(), second.refresh());
    assertTrue(client.isAccepted(first));
    server.clock().advanceSeconds(WINDOW - 1);
    assertEquals(second.json(), new Tokens(client.refresh(first.refresh()).json()).json());
    Tokens third = oneLine(Race.of(50, () -> client.refresh(second.refresh())));
    assertTrue(client.isAccepted(client.refresh(third)));
  }

  @Test
  void ends_the_family_if_a_used_token_comes_back_when_the_window_is_over() throws Exception {
    Tokens second = client.refresh(first);
    Tokens third = client.refresh(second);
    server.clock().advanceSeconds(WINDOW + 1);
    refused(400, "invalid_grant", client.refresh(first.refresh()));
    dead(client, first);
    dead(client, second);
    dead(client, third);
  }

  @Test
  void recovers_an_answer_that_was_lost_though_the_window_is_over() throws Exception {
    Tokens lost = client.refresh(first);
    server.clock().advanceSeconds(WINDOW + 1);
    Tokens again = oneLine(Race.of(50, () -> client.refresh(first.refresh())));
    assertNotEquals(lost.refresh(), again.refresh());
    refused(400, "invalid_grant", client.refresh(lost.refresh()));
    assertTrue(client.isAccepted(client.refresh(again)));
  }

  @Test
  void recovers_as_often_as_answers_are_lost() {
    for (int i = 0; i < 5; i++) {
      client.refresh(first);
      server.clock().advanceSeconds(WINDOW + 1);
    }
    assertTrue(client.isAccepted(client.refresh(client.refresh(first))));
  }

  @Test
  void leaves_one_line_of_tokens_though_the_requests_differ() throws Exception {
    AtomicInteger number = new AtomicInteger();
    List<Answer> answers = Race.of(40, () -> {
      Parameters form = Parameters.of(
          "grant_type", "refresh_token", "refresh_token", first.refresh());
      return client.token(number.getAndIncrement() % 2 == 0 ? form
          : form.add("scope", "account:read"));
    });
    Set<String> tokens = answers.stream().filter(answer -> answer.status() == 200)
        .map(answer -> answer.text("refresh_token")).collect(Collectors.toSet());
    List<Answer> alive = tokens.stream().map(client::refresh)
        .filter(answer -> answer.status() == 200).toList();
    assertEquals(1, alive.size(), tokens.size() + " tokens were given");
    assertTrue(client.isAccepted(new Tokens(alive.get(0).json())));
  }

  @Test
  void is_not_entered_by_another_client() throws Exception {
    OAuthClient thief = server.newClient();
    Race.of(20, () -> thief.refresh(first.refresh()))
        .forEach(answer -> refused(400, "invalid_grant", answer));
    assertTrue(client.isAccepted(client.refresh(first)));
  }

  @Test
  void is_over_when_the_grant_is_revoked_in_the_middle() throws Exception {
    AtomicInteger number = new AtomicInteger();
    List<Answer> answers = Race.of(40, () -> number.getAndIncrement() == 20
        ? client.post(client.endpoint("revocation"), Parameters.of("token", first.refresh()))
        : client.refresh(first.refresh()));
    for (Answer answer : answers) {
      if (answer.status() == 200 && !answer.body().isEmpty()) {
        dead(client, new Tokens(answer.json()));
      }
    }
    dead(client, first);
  }
}
