package gatehouse.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vectors are those of the reference implementation (P-H-C/phc-winner-argon2, {@code
 * src/test.c}): RFC 9106 §5.3 uses a secret and associated data, which a password hash has not.
 */
class Argon2idTest {
  private static final String SMALL =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  @ParameterizedTest
  @CsvSource({
    "256,2,1,9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "256,2,2,6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
    "65536,1,1,f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
    "65536,2,1,09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"})
  void computesTheVectorsOfTheReferenceImplementation(int memory, int passes, int lanes,
      String hash) {
    assertEquals(hash, Encoding.hex(Argon2id.compute("password",
        "somesalt".getBytes(StandardCharsets.US_ASCII), 32, memory, passes, lanes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    SMALL,
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"})
  void acceptsAHashThatOtherSoftwareHasMade(String stored) {
    assertTrue(Argon2id.matches("password", stored));
    assertFalse(Argon2id.matches("Password", stored));
    assertFalse(Argon2id.matches("", stored));
  }

  @Test
  void saltsEveryHashAndAcceptsItsOwn() {
    String one = Argon2id.hash("wünderland");
    assertTrue(one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), one);
    assertNotEquals(one, Argon2id.hash("wünderland"));
    assertTrue(Argon2id.matches("wünderland", one));
    assertFalse(Argon2id.matches("wunderland", one));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=256,t=17,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=256,t=2,p=17$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$nf65EOgL"})
  void refusesAStoredHashThatWouldExhaustTheMachine(String stored) {
    assertThrows(IllegalArgumentException.class, () -> Argon2id.matches("password", stored));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "",
    "password",
    "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgL",
    "$argon2id$v=19$m=256,t=2,p=1$!$nf65EOgL",
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$!",
    "$2b$12$abcdefghijklmnopqrstuv"})
  void refusesAStoredTextThatIsNoHashOfItsKind(String stored) {
    assertThrows(IllegalArgumentException.class, () -> Argon2id.matches("password", stored));
  }

  /** Two empty hashes are equal: a row that was cut off must not let anybody in. */
  @ParameterizedTest
  @ValueSource(strings = {
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf4"})
  void refusesAHashThatWasCutOff(String stored) {
    assertThrows(IllegalArgumentException.class, () -> Argon2id.matches("password", stored));
  }
}
