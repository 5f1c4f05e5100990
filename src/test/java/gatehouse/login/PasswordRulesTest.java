package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NIST SP 800-63B §5.1.1.2. */
class PasswordRulesTest {
  private final User user = new User("alice.liddell", "Alice Liddell", "alice@example.com", null);

  private PasswordRules.Problem problem(String password) {
    return PasswordRules.problem(user, password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaabbbb", "12 34 56 78", "passphrase of words", "ÄÖÜäöüßé",
    "\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07\uD83D\uDC07"})
  void takeAnyCharactersIfThereAreEight(String password) {
    assertNull(problem(password));
  }

  @Test
  void countCodePointsAndNotTheirHalves() {
    assertEquals(PasswordRules.Problem.TOO_SHORT, problem("\uD83D\uDC07".repeat(7)));
    assertEquals(PasswordRules.Problem.TOO_SHORT, problem("1234567"));
    assertEquals(PasswordRules.Problem.TOO_SHORT, problem(""));
  }

  @Test
  void takeLongOnesUpToABound() {
    assertNull(problem("x".repeat(1_024)));
    assertEquals(PasswordRules.Problem.TOO_LONG, problem("x".repeat(1_025)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice.liddell", "ALICE.LIDDELL", "Alice Liddell", "alice@example.com"})
  void refuseWhatTheUserIsCalled(String password) {
    assertEquals(PasswordRules.Problem.OWN_NAME, problem(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PassWord1", "12345678", "iloveyou"})
  void refuseWhatEverybodyTriesFirst(String password) {
    assertEquals(PasswordRules.Problem.WELL_KNOWN, problem(password));
  }
}
