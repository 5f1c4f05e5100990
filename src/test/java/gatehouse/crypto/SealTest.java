package gatehouse.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatehouse.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock();
  private final Seal seal = new Seal(new byte[] {1, 2, 3}, clock);

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{\"path\":\"/authorize\"}", "Zürich ☃ 𝄞"})
  void givesTheTextBack(String text) {
    assertEquals(text, seal.open("p", seal.seal("p", text, HOUR)));
  }

  @Test
  void opensUntilItsLifetimeHasPassed() {
    String sealed = seal.seal("p", "text", HOUR);
    clock.advance(HOUR);
    assertEquals("text", seal.open("p", sealed));
    clock.advance(Duration.ofMillis(1));
    assertNull(seal.open("p", sealed));
  }

  @Test
  void doesNotOpenForAnotherPurposeOrUnderAnotherKey() {
    String sealed = seal.seal("consent/alice", "text", HOUR);
    assertNull(seal.open("consent/bob", sealed));
    assertNull(seal.open("", sealed));
    assertNull(new Seal(new byte[] {1, 2, 4}, clock).open("consent/alice", sealed));
  }

  @Test
  void doesNotOpenIfAnyByteWasChanged() {
    byte[] bytes = Encoding.bytes(seal.seal("p", "text", HOUR));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertNull(seal.open("p", Encoding.base64url(changed)), "byte " + i);
    }
  }

  @Test
  void doesNotOpenAPartOfASealedText() {
    String sealed = seal.seal("p", "text", HOUR);
    for (int length = 0; length < sealed.length(); length++) {
      assertNull(seal.open("p", sealed.substring(0, length)), "length " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "!!!", "AAAA", "=="})
  void takesGarbageForASealThatDoesNotOpen(String garbage) {
    assertNull(seal.open("p", garbage));
  }

  @Test
  void showsNothingOfTheTextAndNeverLooksTheSame() {
    String one = seal.seal("p", "wonderland", HOUR);
    assertNotEquals(one, seal.seal("p", "wonderland", HOUR));
    assertFalse(new String(Encoding.bytes(one), StandardCharsets.ISO_8859_1)
        .contains("wonderland"));
  }
}
