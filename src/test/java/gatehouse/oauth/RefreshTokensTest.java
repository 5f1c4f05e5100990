package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Audit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The three fates of a token that was used before, and the one of a token that was not. */
class RefreshTokensTest {
  private static final Duration AFTER_THE_WINDOW = Duration.ofSeconds(61);

  private final Fixture f = new Fixture();
  private final RefreshTokens tokens =
      new RefreshTokens(f.store, f.grants, f.policy, f.clock, Audit.NONE);
  private final String rt1 = tokens.issue(f.grant);

  /** Uses the token; the answer is the new token. */
  private String use(String token) {
    return use(token, "");
  }

  private String use(String token, String request) {
    return tokens.use(token, "c1", request, RefreshTokens.Rotation::newToken);
  }

  private void refused(String token) {
    assertEquals("invalid_grant",
        assertThrows(OAuthError.class, () -> use(token)).code());
  }

  @Test
  void everyUseGivesANewToken() {
    String rt2 = use(rt1);
    String rt3 = use(rt2);
    assertEquals(3, Set.of(rt1, rt2, rt3).size());
    assertEquals(f.grant.id(), tokens.grantOf(rt3));
    assertTrue(f.grants.isAlive(f.grant.id()));
  }

  @Test
  void areStoredByHashAloneAndTheirAnswersSealed() {
    String rt2 = use(rt1);
    f.rows("refresh_tokens").forEach(row -> {
      assertFalse(row.contains(rt1), row);
      assertFalse(row.contains(rt2), row);
    });
  }

  @Nested
  class WithinTheWindow {

    @Test
    void theSameRequestGetsTheSameAnswerAgain() {
      String rt2 = use(rt1);
      f.clock.advance(Duration.ofSeconds(59));
      assertEquals(rt2, use(rt1));
      assertEquals(2, f.rows("refresh_tokens").size());
    }

    @Test
    void theSameAnswerComesThoughItWasUsedMeanwhile() {
      String rt2 = use(rt1);
      use(rt2);
      assertEquals(rt2, use(rt1));
      assertTrue(f.grants.isAlive(f.grant.id()));
    }

    @Test
    void anotherRequestReplacesAnAnswerThatNobodyUsed() {
      String rt2 = use(rt1);
      String other = use(rt1, "read");
      assertNotEquals(rt2, other);
      refused(rt2);
      use(other);
    }

    /** Else a thief who is quick has a family of his own, which never meets the honest one. */
    @Test
    void anotherRequestDoesNotForkAFamilyThatHasMovedOn() {
      String rt3 = use(use(rt1));
      assertThrows(OAuthError.class, () -> use(rt1, "read"));
      assertEquals(Set.of(rt3), currentAmong(rt3));
    }

    @Test
    void manyAtOnceGetOneAnswer() {
      for (int round = 0; round < 20; round++) {
        String token = tokens.issue(f.grant);
        Set<String> answers = IntStream.range(0, 16).parallel()
            .mapToObj(i -> use(token)).collect(Collectors.toSet());
        assertEquals(1, answers.size());
        use(answers.iterator().next());
      }
    }
  }

  @Nested
  class AfterTheWindow {

    @Test
    void aTokenWhoseAnswerWasLostIsUsedAgain() {
      String lost = use(rt1);
      f.clock.advance(AFTER_THE_WINDOW);
      String rt2 = use(rt1);
      assertNotEquals(lost, rt2);
      refused(lost);
      assertTrue(f.grants.isAlive(f.grant.id()));
      use(rt2);
    }

    @Test
    void aTokenWhoseAnswerWasUsedEndsTheFamily() {
      String rt3 = use(use(rt1));
      f.clock.advance(AFTER_THE_WINDOW);
      refused(rt1);
      assertFalse(f.grants.isAlive(f.grant.id()));
      refused(rt3);
    }

    @Test
    void anOldTokenOfTheChainEndsTheFamilyToo() {
      String rt2 = use(rt1);
      String rt4 = use(use(rt2));
      f.clock.advance(AFTER_THE_WINDOW);
      refused(rt2);
      refused(rt4);
      assertFalse(f.grants.isAlive(f.grant.id()));
    }
  }

  @Nested
  class Refusals {

    @Test
    void leaveTheTokenOfAnotherClientAlone() {
      assertEquals("invalid_grant", assertThrows(OAuthError.class,
          () -> tokens.use(rt1, "c2", "", RefreshTokens.Rotation::newToken)).code());
      use(rt1);
    }

    @Test
    void meetUnknownTokens() {
      refused("invented");
      assertNull(tokens.grantOf("invented"));
      assertNull(tokens.clientOf("invented"));
    }

    @Test
    void meetTokensOfAnEndedGrant() {
      f.grants.revoke(f.grant.id());
      refused(rt1);
    }

    @Test
    void meetTokensThatNobodyUsedForAMonth() {
      f.clock.advance(Duration.ofDays(30));
      refused(rt1);
    }

    @Test
    void doNotEndTokensThatAreUsedFromTimeToTime() {
      String token = rt1;
      for (int i = 0; i < 5; i++) {
        f.clock.advance(Duration.ofDays(29));
        token = use(token);
      }
      f.clock.advance(Duration.ofDays(36));
      refused(token);
    }

    @Test
    void ofTheAnswerLeaveTheTokenAsItWas() {
      assertThrows(OAuthError.class, () -> tokens.use(rt1, "c1", "", rotation -> {
        throw new OAuthError("invalid_scope", "too much");
      }));
      assertEquals(1, f.rows("refresh_tokens").size());
      use(rt1);
    }
  }

  private Set<String> currentAmong(String... candidates) {
    // Rows that were never used: one per living branch of the family.
    long branches = f.rows("refresh_tokens").stream()
        .filter(row -> !row.contains("\"next\"")).count();
    assertEquals(candidates.length, branches, "living branches");
    return List.of(candidates).stream().filter(t -> tokens.grantOf(t) != null)
        .collect(Collectors.toSet());
  }
}
