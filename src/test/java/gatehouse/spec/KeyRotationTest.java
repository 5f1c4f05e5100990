package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonValue;
import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.TestClock;
import gatehouse.support.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AS-87, AS-88; OpenID Connect Core §10.1.1: what a change of keys means for those who verify. */
@DisplayName("Rotation of signing keys")
class KeyRotationTest {
  private final TestClock clock = new TestClock();
  private Gatehouse gatehouse;
  private OAuthClient client;

  @BeforeEach
  void start() {
    gatehouse = Gatehouse.builder().port(0).clock(clock).demo().start();
    client = OAuthClient.discover(gatehouse.mcpUrl()).register();
  }

  @AfterEach
  void stop() {
    gatehouse.close();
  }

  private List<String> published() {
    List<String> ids = new ArrayList<>();
    for (JsonValue key : client.keys().get("keys").asArray()) {
      ids.add(key.asObject().getString("kid", null));
    }
    assertEquals(ids.size(), new HashSet<>(ids).size(), "every kid is there once");
    return ids;
  }

  private static String kid(String jwt) {
    return Tokens.part(jwt, 0).getString("kid", null);
  }

  @Test
  void at_the_operators_word_a_new_key_signs_and_the_old_one_still_verifies() {
    Tokens old = client.connect(Person.ALICE, "openid", "account:read");
    gatehouse.keys().rotate();
    Tokens fresh = client.refresh(old);
    assertNotEquals(kid(old.access()), kid(fresh.access()));
    assertEquals(kid(fresh.access()), kid(fresh.id()));
    assertTrue(published().containsAll(List.of(kid(old.access()), kid(fresh.access()))));
    assertTrue(client.isAccepted(old));
    assertTrue(client.isAccepted(fresh));
    Http.get(client.endpoint("userinfo"), "Authorization", "Bearer " + old.access()).expect(200);
  }

  @Test
  void who_has_the_keys_already_is_told_so_until_there_is_a_new_one() {
    String url = gatehouse.issuer() + "/jwks";
    String tag = Http.get(url).expect(200).header("ETag");
    Http.get(url, "If-None-Match", tag).expect(304);
    gatehouse.keys().rotate();
    Answer changed = Http.get(url, "If-None-Match", tag).expect(200);
    assertNotEquals(tag, changed.header("ETag"));
  }

  @Test
  void every_token_is_stamped_with_the_key_that_signed_it_whenever_it_was() {
    Tokens tokens = client.connect(Person.ALICE, "openid", "account:read");
    for (int day = 0; day < 100; day += 4) {
      tokens = client.refresh(tokens);
      assertTrue(published().contains(kid(tokens.access())), "day " + day);
      assertTrue(client.isAccepted(tokens), "day " + day);
      clock.advance(Duration.ofDays(4));
    }
  }

  @Test
  void the_next_key_is_published_days_before_it_signs() {
    Tokens tokens = client.connect(Person.ALICE);
    String first = kid(tokens.access());
    String next = null;
    for (int day = 0; day < 100 && kid(tokens.access()).equals(first); day++) {
      List<String> ids = published();
      next = ids.stream().filter(id -> !id.equals(first)).findFirst().orElse(null);
      clock.advance(Duration.ofDays(1));
      tokens = client.refresh(tokens);
    }
    assertEquals(next, kid(tokens.access()), "it had been published the day before");
    assertTrue(published().contains(first));
    clock.advance(Duration.ofDays(3));
    assertFalse(published().contains(first));
  }

  @Test
  void an_old_hint_at_the_user_still_works_while_its_key_is_published() {
    Browser browser = new Browser();
    Tokens tokens = client.connect(Person.ALICE, browser, "openid");
    gatehouse.keys().rotate();
    assertTrue(browser.open(gatehouse.issuer() + "/logout?" + Parameters.of(
        "id_token_hint", tokens.id()).encoded()).answer().body().contains("You are signed out"));
  }

  @Test
  void a_token_of_a_key_that_is_gone_is_no_token_any_more() {
    Tokens old = client.connect(Person.ALICE);
    gatehouse.keys().rotate();
    clock.advance(Duration.ofDays(3));
    assertFalse(published().contains(kid(old.access())));
    assertFalse(client.isAccepted(old));
  }

  @Test
  @DisplayName("AS-88: a token lives as long as it says, or such a lifetime is refused")
  void longLived() {
    Duration tenDays = Duration.ofDays(10);
    Gatehouse patient;
    try {
      patient = Gatehouse.builder().port(0).clock(clock).demo()
          .policy(policy -> policy.lifetime("access-token", tenDays)).start();
    } catch (IllegalArgumentException refusal) {
      assertTrue(refusal.getMessage().contains("access"), refusal.getMessage());
      return;
    }
    try (patient) {
      OAuthClient other = OAuthClient.discover(patient.mcpUrl()).register();
      Tokens tokens = other.connect(Person.ALICE);
      patient.keys().rotate();
      clock.advance(Duration.ofDays(3));
      assertTrue(other.isAccepted(tokens), "it says that it expires in ten days");
    }
  }

  @Test
  void the_key_set_may_be_cached_for_less_than_a_key_is_published_ahead() {
    String control = Http.get(gatehouse.issuer() + "/jwks").expect(200).header("Cache-Control");
    assertTrue(control.matches("public, max-age=\\d+"), control);
    assertTrue(Long.parseLong(control.substring(control.indexOf('=') + 1)) <= 86_400);
    assertThrows(UnsupportedOperationException.class,
        () -> gatehouse.keys().published().keys().clear());
  }
}
