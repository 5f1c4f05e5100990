package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long QUICK = 50_000;
  private static final long WAIT = 1_000_000_000;

  private final Pace pace = new Pace(false);

  @Test
  void isQuickUntilTheOppositeIsShown() {
    assertTrue(pace.isQuick());
  }

  @Test
  void oneThatWaitsAmongManyQuickOnesChangesNothing() {
    for (int i = 0; i < 1_000; i++) {
      pace.took(i % 50 == 0 ? WAIT : QUICK);
      assertTrue(pace.isQuick());
    }
  }

  @Test
  void aFewInARowThatWaitMakeItSlow() {
    for (int i = 0; i < 5; i++) {
      pace.took(WAIT);
    }
    assertFalse(pace.isQuick());
  }

  @Test
  void aSignatureOnABusyCoreIsQuickWhereOneIsMade_andADiskIsNot() {
    Pace signing = new Pace(true);
    for (int i = 0; i < 1_000; i++) {
      signing.took(5_000_000);
      pace.took(5_000_000);
    }
    assertTrue(signing.isQuick());
    assertFalse(pace.isQuick());
    for (int i = 0; i < 100; i++) {
      signing.took(WAIT);
    }
    assertFalse(signing.isQuick());
  }

  @Test
  void isQuickAgainWhenNothingWaitsAnyMore() {
    for (int i = 0; i < 1_000; i++) {
      pace.took(WAIT);
    }
    for (int i = 0; i < 100; i++) {
      pace.took(QUICK);
    }
    assertTrue(pace.isQuick());
  }
}
