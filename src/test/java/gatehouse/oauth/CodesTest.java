package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.crypto.Encoding;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodesTest {
  private final Fixture f = new Fixture();
  private final Codes codes = new Codes(f.store, f.policy, f.clock);
  private final Codes.Code code =
      new Codes.Code(f.grant.id(), "c1", "http://localhost/cb", "challenge", "nonce");

  @Test
  void standForWhatTheyWereIssuedFor() {
    assertEquals(code, codes.find(codes.issue(code)));
    Codes.Code bare = new Codes.Code(f.grant.id(), "c1", null, "challenge", null);
    assertEquals(bare, codes.find(codes.issue(bare)));
    assertNull(codes.find("invented"));
  }

  @Test
  void haveEnoughBitsAndAreStoredByHashAlone() {
    String handle = codes.issue(code);
    assertTrue(Encoding.bytes(handle).length >= 16);
    f.rows("codes").forEach(row -> assertFalse(row.contains(handle)));
  }

  @Test
  void areRedeemedOnce() {
    String handle = codes.issue(code);
    assertEquals(Codes.Outcome.REDEEMED, codes.redeem(handle));
    assertEquals(Codes.Outcome.REPLAYED, codes.redeem(handle));
    assertEquals(code, codes.find(handle), "still known, so that a replay can be seen");
  }

  @Test
  void areRedeemedOnceThoughManyTryAtOnce() {
    for (int round = 0; round < 50; round++) {
      String handle = codes.issue(code);
      List<Codes.Outcome> outcomes = IntStream.range(0, 16).parallel()
          .mapToObj(i -> codes.redeem(handle)).toList();
      assertEquals(1, outcomes.stream().filter(Codes.Outcome.REDEEMED::equals).count());
    }
  }

  @Test
  void areGoodForAMinute() {
    String handle = codes.issue(code);
    f.clock.advance(Duration.ofSeconds(59));
    assertFalse(codes.isLate(handle));
    f.clock.advance(Duration.ofSeconds(1));
    assertTrue(codes.isLate(handle));
  }

  @Test
  void areRecognisedAsReplaysForAnHour() {
    String handle = codes.issue(code);
    codes.redeem(handle);
    f.clock.advance(Duration.ofMinutes(59));
    assertEquals(code, codes.find(handle));
    f.clock.advance(Duration.ofMinutes(2));
    assertNull(codes.find(handle));
    assertTrue(codes.isLate(handle));
  }
}
