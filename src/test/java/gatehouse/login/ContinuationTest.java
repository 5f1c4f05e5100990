package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.crypto.Seal;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContinuationTest {
  private final TestClock clock = new TestClock();
  private final Seal seal = new Seal(new byte[] {1}, clock);
  private final Continuation continuation =
      new Continuation("/authorize", "state=a%26b&x=%C3%A9", Instant.ofEpochSecond(7));

  @Test
  void comesBackAsItWent() {
    assertEquals(continuation, Continuation.open(seal, continuation.seal(seal)));
  }

  @Test
  void cannotBeMadeBySomebodyElse() {
    Seal another = new Seal(new byte[] {2}, clock);
    assertNull(Continuation.open(seal, continuation.seal(another)));
    assertNull(Continuation.open(seal, null));
    assertNull(Continuation.open(seal, "https://evil.example/"));
  }

  @Test
  void expires() {
    String sealed = continuation.seal(seal);
    clock.advance(Duration.ofMinutes(71));
    assertNull(Continuation.open(seal, sealed));
  }

  @Test
  void leadsToOurOwnAddressesOnly() {
    assertTrue(continuation.url("https://as", seal).startsWith("https://as/authorize?continue="));
    assertTrue(continuation.loginUrl("https://as", seal).startsWith("https://as/login?continue="));
  }
}
