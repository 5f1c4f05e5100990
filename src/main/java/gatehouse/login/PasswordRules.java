package gatehouse.login;

import java.util.List;
import java.util.Locale;

/**
 * What a password that somebody chooses has to be: long enough and not the first guess (NIST SP
 * 800-63B §5.1.1.2). Which characters it has is nobody's business, and it never expires.
 *
 * <p>The list of well-known passwords is as short as it looks. Guessing is slowed at sign-in, so
 * what counts is the handful that everybody tries.
 */
final class PasswordRules {
  /** SP 800-63B §5.1.1.2: at least eight characters; any code point counts as one. */
  static final int MIN_LENGTH = 8;

  private static final List<String> WELL_KNOWN = List.of("password", "password1", "passw0rd",
      "12345678", "123456789", "1234567890", "11111111", "00000000", "87654321", "qwertyuiop",
      "qwerty123", "qwertzuiop", "1q2w3e4r", "1qaz2wsx", "iloveyou", "sunshine", "princess",
      "football", "baseball", "welcome1", "letmein1", "trustno1", "superman", "abcd1234",
      "changeme", "passwort", "administrator");

  /** What can be wrong with a password. */
  enum Problem {
    TOO_SHORT, TOO_LONG, OWN_NAME, WELL_KNOWN
  }

  private PasswordRules() {
  }

  /** What is wrong with the password for this user, or null. */
  static Problem problem(User user, String password) {
    String plain = password.toLowerCase(Locale.ROOT);
    if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
      return Problem.TOO_SHORT;
    }
    if (password.length() > Passwords.MAX_LENGTH) {
      return Problem.TOO_LONG;
    }
    if (plain.equals(user.name().toLowerCase(Locale.ROOT))
        || plain.equals(user.displayName().toLowerCase(Locale.ROOT))
        || user.email() != null && plain.equals(user.email().toLowerCase(Locale.ROOT))) {
      return Problem.OWN_NAME;
    }
    return WELL_KNOWN.contains(plain) ? Problem.WELL_KNOWN : null;
  }
}
