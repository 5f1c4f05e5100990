package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecoveryCodesTest {
  private final MemoryStore store = new MemoryStore(new TestClock());
  private final RecoveryCodes recovery = new RecoveryCodes(store);
  private final User alice = User.named("alice");

  @Test
  void areEightAndGoodOnceEach() {
    List<String> codes = recovery.renew(alice);
    assertEquals(8, codes.size());
    assertTrue(codes.get(0).matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}"), codes.get(0));
    assertTrue(recovery.accept(alice, codes.get(3)));
    assertFalse(recovery.accept(alice, codes.get(3)));
    assertEquals(7, recovery.left(alice));
  }

  @Test
  void areAcceptedAsPeopleTypeThem() {
    String code = recovery.renew(alice).get(0);
    assertTrue(recovery.accept(alice, " " + code.replace('-', ' ').toLowerCase(Locale.ROOT)));
  }

  @Test
  void belongToOnePerson() {
    String code = recovery.renew(alice).get(0);
    assertFalse(recovery.accept(User.named("bob"), code));
    assertFalse(recovery.accept(alice, ""));
  }

  @Test
  void endWhenNewOnesAreMade() {
    String old = recovery.renew(alice).get(0);
    recovery.renew(alice);
    assertFalse(recovery.accept(alice, old));
    recovery.remove(alice);
    assertEquals(0, recovery.left(alice));
  }

  @Test
  void areStoredByHashAlone() {
    List<String> codes = recovery.renew(alice);
    store.scan("recovery_codes", (name, row) -> codes.forEach(code ->
        assertFalse(row.toString().contains(code.replace("-", "")))));
  }
}
