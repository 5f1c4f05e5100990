package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final TestClock clock = new TestClock();
  private final RateLimit limit = new RateLimit(3, Duration.ofSeconds(60), clock);

  @Test
  void letsItsCapacityThroughAtOnceAndSaysHowLongToWaitThen() {
    assertEquals(0, limit.take("a"));
    assertEquals(0, limit.take("a"));
    assertEquals(0, limit.take("a"));
    assertEquals(20, limit.take("a"));
  }

  @Test
  void theWaitItNamesIsLongEnoughAndNotMuchLonger() {
    exhaust("a");
    long wait = limit.take("a");
    clock.advanceSeconds(wait - 1);
    assertTrue(limit.take("a") > 0);
    clock.advanceSeconds(1);
    assertEquals(0, limit.take("a"));
  }

  @Test
  void refusedAttemptsDoNotMakeTheWaitLonger() {
    exhaust("a");
    for (int i = 0; i < 100; i++) {
      assertEquals(20, limit.take("a"));
    }
  }

  @Test
  void neverSavesUpMoreThanItsCapacity() {
    exhaust("a");
    clock.advance(Duration.ofDays(365));
    exhaust("a");
    assertTrue(limit.take("a") > 0);
  }

  @Test
  void keepsKeysApart() {
    exhaust("a");
    assertEquals(0, limit.take("b"));
  }

  @Test
  void forgetsAKeyOnRequest() {
    exhaust("a");
    limit.forget("a");
    exhaust("a");
  }

  @Test
  void aClockThatGoesBackGivesNothing() {
    exhaust("a");
    clock.advance(Duration.ofHours(-1));
    assertTrue(limit.take("a") > 0);
  }

  private void exhaust(String key) {
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limit.take(key));
    }
  }
}
