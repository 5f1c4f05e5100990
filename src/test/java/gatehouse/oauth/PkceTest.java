package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PkceTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @Test
  @DisplayName("RFC 7636 App. B: the verifier of the example belongs to its challenge")
  void example() {
    assertTrue(Pkce.isVerifier(VERIFIER));
    assertTrue(Pkce.isChallenge(CHALLENGE));
    assertTrue(Pkce.matches(VERIFIER, CHALLENGE));
  }

  @Test
  void nothingElseBelongsToTheChallenge() {
    assertFalse(Pkce.matches(VERIFIER + "a", CHALLENGE));
    assertFalse(Pkce.matches(VERIFIER.toLowerCase(java.util.Locale.ROOT), CHALLENGE));
    assertFalse(Pkce.matches(CHALLENGE, CHALLENGE), "that would be the method plain");
    assertFalse(Pkce.matches("", CHALLENGE));
  }

  @Test
  void aVerifierHas43To128UnreservedCharacters() {
    assertTrue(Pkce.isVerifier("-._~".repeat(11)));
    assertTrue(Pkce.isVerifier("a".repeat(43)));
    assertTrue(Pkce.isVerifier("Z".repeat(128)));
    assertFalse(Pkce.isVerifier("a".repeat(42)));
    assertFalse(Pkce.isVerifier("a".repeat(129)));
    for (String illegal : new String[] {" ", "+", "/", "=", "é", "%", "\n", "ａ"}) {
      assertFalse(Pkce.isVerifier("a".repeat(43) + illegal), illegal);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw.cM", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw~cM"})
  void aChallengeIsASha256InBase64url(String text) {
    assertFalse(Pkce.isChallenge(text));
  }
}
