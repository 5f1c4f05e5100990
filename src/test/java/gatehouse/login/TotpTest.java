package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.crypto.Seal;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** RFC 4226 appendix D, RFC 6238 appendix B. */
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Nested
  @DisplayName("RFC 4226 appendix D")
  class Hotp {
    @ParameterizedTest
    @CsvSource({"0,755224", "1,287082", "2,359152", "3,969429", "4,338314", "5,254676",
        "6,287922", "7,162583", "8,399871", "9,520489"})
    void printsTheseCodes(long counter, String code) {
      assertEquals(code, Totp.code(SECRET, counter, 6));
    }
  }

  @Nested
  @DisplayName("RFC 6238 appendix B")
  class Vectors {
    @ParameterizedTest
    @CsvSource({"59,94287082", "1111111109,07081804", "1111111111,14050471",
        "1234567890,89005924", "2000000000,69279037", "20000000000,65353130"})
    void printsTheseCodes(long time, String code) {
      assertEquals(code, Totp.code(SECRET, Totp.step(time), 8));
    }
  }

  @Nested
  @DisplayName("RFC 6238 §5.2")
  class Validation {
    private final TestClock clock = new TestClock(Instant.ofEpochSecond(1_111_111_109));
    private final MemoryStore store = new MemoryStore(clock);
    private final TotpSecrets secrets =
        new TotpSecrets(store, new Seal(new byte[] {1}, clock), clock);
    private final User alice = User.named("alice");
    private final User bob = User.named("bob");

    private String code(int stepsAway) {
      return Totp.code(SECRET, Totp.step(clock.instant().getEpochSecond()) + stepsAway, 6);
    }

    private void setUp() {
      assertTrue(secrets.confirm(alice, SECRET, code(0)));
      clock.advanceSeconds(300);
    }

    @Test
    void acceptsOneStepAroundAndNoMore() {
      setUp();
      assertFalse(secrets.accept(alice, code(-2)));
      assertFalse(secrets.accept(alice, code(2)));
      assertTrue(secrets.accept(alice, code(-1)));
      assertTrue(secrets.accept(alice, code(0)));
      assertTrue(secrets.accept(alice, code(1)));
    }

    @Test
    void acceptsACodeOnceForAsLongAsItCouldBeSent() {
      setUp();
      String code = code(1);
      assertTrue(secrets.accept(alice, code));
      for (int i = 0; i < 5; i++) {
        assertFalse(secrets.accept(alice, code));
        clock.advanceSeconds(15);
      }
    }

    @Test
    void countsTheCodeOfTheSetUpAsUsed() {
      assertTrue(secrets.confirm(alice, SECRET, code(0)));
      assertFalse(secrets.accept(alice, code(0)));
    }

    @Test
    void keepsNoSecretWithoutItsCode() {
      assertFalse(secrets.confirm(alice, SECRET, "000000"));
      assertFalse(secrets.isSetUp(alice));
      assertFalse(secrets.accept(alice, code(0)));
    }

    @Test
    void acceptsNobodyElsesCode() {
      setUp();
      assertFalse(secrets.accept(bob, code(0)));
      assertTrue(secrets.accept(alice, code(0).substring(0, 3) + " " + code(0).substring(3)));
    }

    @Test
    void forgetsOnRequest() {
      setUp();
      secrets.remove(alice);
      assertFalse(secrets.accept(alice, code(0)));
    }

    @Test
    void keepsSecretsSealedForTheirOwner() {
      setUp();
      store.scan("totp", (name, row) ->
          assertFalse(row.toString().contains(Totp.base32(SECRET))));
      store.put("totp", "bob", store.get("totp", "alice"), Instant.MAX);
      assertFalse(secrets.accept(bob, code(0)), "a row moved to another user opens nothing");
    }
  }

  @ParameterizedTest
  @CsvSource({"f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB",
      "foobar,MZXW6YTBOI"})
  @DisplayName("RFC 4648 §10, without padding")
  void writesBase32(String text, String base32) {
    assertEquals(base32, Totp.base32(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void namesServiceAndAccountInTheAddress() {
    assertEquals("otpauth://totp/Gate%20house:alice%40example.org"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gate%20house",
        Totp.uri("Gate house", "alice@example.org", SECRET));
  }
}
