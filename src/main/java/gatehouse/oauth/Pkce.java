package gatehouse.oauth;

import gatehouse.crypto.Secrets;

/**
 * Proof Key for Code Exchange (RFC 7636), method S256 only: {@code plain} would hand the proof to
 * whoever reads the authorization request (OAuth 2.1 §7.5.2).
 */
public final class Pkce {
  /** SHA-256 in base64url (RFC 7636 §4.2). */
  private static final int CHALLENGE_CHARS = 43;

  private Pkce() {
  }

  /** Whether this can be a challenge at all. */
  public static boolean isChallenge(String challenge) {
    return challenge.length() == CHALLENGE_CHARS
        && challenge.chars().allMatch(c -> isUnreserved(c) && c != '.' && c != '~');
  }

  /** Whether this can be a verifier at all (RFC 7636 §4.1). */
  public static boolean isVerifier(String verifier) {
    return verifier.length() >= 43 && verifier.length() <= 128
        && verifier.chars().allMatch(Pkce::isUnreserved);
  }

  /** Whether the verifier belongs to the challenge (RFC 7636 §4.6). */
  public static boolean matches(String verifier, String challenge) {
    return Secrets.equal(Secrets.hash(verifier), challenge);
  }

  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
        || c == '-' || c == '.' || c == '_' || c == '~';
  }
}
