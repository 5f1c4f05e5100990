package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
  @Test
  void oneThingIsOneFactor() {
    assertEquals(Assurance.ONE_FACTOR, Evidence.PASSWORD.assurance());
    assertEquals(Assurance.ONE_FACTOR, Evidence.UPSTREAM.assurance());
    assertEquals(Assurance.ONE_FACTOR, Evidence.CODE.assurance());
    assertEquals(Assurance.ONE_FACTOR, Evidence.PASSKEY.assurance());
  }

  @Test
  void twoThingsAreTwoAndTheSameTwiceIsOne() {
    Evidence both = Evidence.PASSWORD.and(Evidence.CODE);
    assertEquals(Set.of("pwd", "otp", "mfa"), both.methods());
    assertEquals(Assurance.TWO_FACTORS, both.assurance());
    assertEquals(Assurance.ONE_FACTOR, Evidence.PASSWORD.and(Evidence.PASSWORD).assurance());
    assertEquals(Assurance.TWO_FACTORS, Evidence.UPSTREAM.and(Evidence.CODE).assurance());
  }

  @Test
  void aPasskeyResistsPhishingWithAPasswordOrItsOwnPin() {
    assertEquals(Assurance.PHISHING_RESISTANT,
        Evidence.PASSWORD.and(Evidence.PASSKEY).assurance());
    assertEquals(Assurance.PHISHING_RESISTANT, Evidence.VERIFIED_PASSKEY.assurance());
  }

  @Test
  void isReadBackAsItWasWritten() {
    Evidence both = Evidence.PASSWORD.and(Evidence.PASSKEY);
    assertEquals(both, Evidence.of(List.copyOf(both.methods())));
    assertTrue(both.includes(Evidence.PASSKEY));
    assertFalse(both.includes(Evidence.CODE));
  }

  /** RFC 9470 §4, OpenID Connect Core §3.1.2.1: any of the values will do. */
  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {"none,ONE_FACTOR", "1,ONE_FACTOR", "2,TWO_FACTORS",
      "phr,PHISHING_RESISTANT", "phr 2,TWO_FACTORS", "2 1,ONE_FACTOR", "myACR,ONE_FACTOR",
      "myACR phr,PHISHING_RESISTANT"})
  void whatARequestAsksForIsTheLeastOfItsValues(String acrValues, Assurance asked) {
    assertEquals(asked, Assurance.asked(acrValues));
  }
}
