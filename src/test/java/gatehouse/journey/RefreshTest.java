package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.TestClock;
import gatehouse.support.Tokens;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that stays connected: what becomes of its tokens over minutes, months and mishaps. */
@DisplayName("A connection that is kept up")
class RefreshTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final TestClock clock = server.clock();
  private OAuthClient client;
  private Tokens first;

  @BeforeEach
  void connect() {
    client = server.newClient();
    first = client.connect(Person.ALICE, "account:read", "account:write");
  }

  @Test
  void outlives_its_access_token() {
    clock.advance(Duration.ofMinutes(15).plusSeconds(1));
    Answer late = server.mcp(first).listTools().expect(401);
    assertEquals("invalid_token", late.challenge().get("error"));

    Tokens second = client.refresh(first);
    assertEquals(first.scopes(), second.scopes());
    assertEquals("alice", second.claims().getString("sub", null));
    assertEquals(server.mcpUrl(), second.claims().getString("aud", null));
    assertTrue(client.isAccepted(second));
  }

  @Test
  void gets_a_new_refresh_token_every_time() {
    Tokens second = client.refresh(first);
    Tokens third = client.refresh(second);
    assertEquals(3, Set.of(first.refresh(), second.refresh(), third.refresh()).size());
    assertEquals(3, Set.of(first.access(), second.access(), third.access()).size());
  }

  @Test
  void gets_the_same_answer_to_the_same_request_within_the_window() {
    Answer answer = client.refresh(first.refresh()).expect(200);
    clock.advance(WINDOW.minusSeconds(1));
    assertEquals(answer.body(), client.refresh(first.refresh()).expect(200).body());
    // Also after the new token was used: two processes share one.
    client.refresh(new Tokens(answer.json()));
    assertEquals(answer.body(), client.refresh(first.refresh()).expect(200).body());
  }

  @Test
  void gets_another_token_if_the_answer_was_lost_and_the_window_is_over() {
    Tokens lost = client.refresh(first);
    clock.advance(WINDOW.plusSeconds(1));
    Tokens second = client.refresh(first);
    assertNotEquals(lost.refresh(), second.refresh());
    assertTrue(client.isAccepted(second));
    // The one that got lost is worth nothing to whoever finds it.
    assertEquals("invalid_grant", client.refresh(lost.refresh()).expect(400).text("error"));
    assertTrue(client.isAccepted(client.refresh(second)));
  }

  @Test
  void ends_with_all_its_tokens_if_a_used_one_comes_back() {
    Tokens second = client.refresh(first);
    Tokens third = client.refresh(second);
    clock.advance(WINDOW.plusSeconds(1));
    assertTrue(client.isAccepted(third));

    assertEquals("invalid_grant", client.refresh(first.refresh()).expect(400).text("error"));

    assertEquals("invalid_grant", client.refresh(third.refresh()).expect(400).text("error"));
    assertFalse(client.isAccepted(third));
    // Another connection of the same user has nothing to do with it.
    assertTrue(client.isAccepted(server.newClient().connect(Person.ALICE)));
  }

  @Test
  void can_be_narrowed_for_one_token_and_is_not_narrower_afterwards() {
    Tokens narrow = new Tokens(client.token(Parameters.of("grant_type", "refresh_token",
        "refresh_token", first.refresh(), "scope", "account:read")).expect(200).json());
    assertEquals(Set.of("account:read"), narrow.scopes());
    server.mcp(narrow).call("update_account", "{\"language\":\"de\"}").expect(403);
    assertEquals(first.scopes(), client.refresh(narrow).scopes());
  }

  @Test
  void cannot_be_widened() {
    Tokens reader = client.connect(Person.ALICE, "account:read");
    Answer refused = client.token(Parameters.of("grant_type", "refresh_token",
        "refresh_token", reader.refresh(), "scope", "account:read account:write")).expect(400);
    assertEquals("invalid_scope", refused.text("error"));
    assertEquals(Set.of("account:read"), client.refresh(reader).scopes());
  }

  @Test
  void is_of_no_use_to_another_client() {
    OAuthClient other = server.newClient();
    assertEquals("invalid_grant", other.refresh(first.refresh()).expect(400).text("error"));
    // And its attempt has harmed nobody.
    assertTrue(client.isAccepted(client.refresh(first)));
  }

  @Test
  void ends_if_nobody_uses_it_for_thirty_days() {
    clock.advance(Duration.ofDays(29));
    Tokens second = client.refresh(first);
    clock.advance(Duration.ofDays(31));
    assertEquals("invalid_grant", client.refresh(second.refresh()).expect(400).text("error"));
  }

  @Test
  void ends_after_half_a_year_however_busy() {
    Tokens tokens = first;
    for (int days = 0; days < 175; days += 25) {
      clock.advance(Duration.ofDays(25));
      tokens = client.refresh(tokens);
    }
    clock.advance(Duration.ofDays(6));
    assertEquals("invalid_grant", client.refresh(tokens.refresh()).expect(400).text("error"));
    assertFalse(client.isAccepted(tokens));
  }

  @Test
  void is_no_access_token() {
    Answer refused = server.mcp(client.refresh(first)).bearing(first.refresh()).listTools();
    assertEquals("invalid_token", refused.expect(401).challenge().get("error"));
  }
}
