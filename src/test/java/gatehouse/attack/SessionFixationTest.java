package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session id that the attacker knows, planted before the victim signs in. */
class SessionFixationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final Browser victim = new Browser();
  private final Browser attacker = new Browser();

  private static boolean signedIn(Browser browser) {
    return browser.open(server.url("/logout")).answer().body().contains("Sign out?");
  }

  /** The victim's cookies as they are now, in the attacker's browser. */
  private void copyTo(Browser other) {
    other.cookies("localhost").putAll(victim.cookies("localhost"));
  }

  @Test
  void anIdFromBeforeSigningInIsWorthNothingAfterwards() {
    victim.open(server.url("/login")).signIn(Person.BOB);
    String name = sessionName(victim);
    victim.cookies("localhost").put(name, "planted");
    copyTo(attacker);
    victim.open(server.url("/login")).signIn(Person.ALICE);
    assertTrue(signedIn(victim));
    assertFalse(victim.cookies("localhost").containsValue("planted"));
    assertFalse(signedIn(attacker));
  }

  @Test
  void theAttackersOwnSessionDoesNotBecomeTheVictims() {
    attacker.open(server.url("/login")).signIn(Person.BOB);
    victim.cookies("localhost").putAll(attacker.cookies("localhost"));
    victim.open(server.url("/login")).signIn(Person.ALICE);
    assertFalse(signedIn(attacker), "the planted session ends; it must not turn into Alice's");
    assertTrue(signedIn(victim));
  }

  @Test
  void aSessionEndsEverywhereWhenItsBrowserSignsOut() {
    victim.open(server.url("/login")).signIn(Person.ALICE);
    copyTo(attacker);
    victim.open(server.url("/logout")).press("Sign out");
    assertFalse(signedIn(attacker));
  }

  private static String sessionName(Browser browser) {
    return browser.cookies("localhost").entrySet().stream().map(Map.Entry::getKey)
        .filter(name -> name.contains("session")).findFirst().orElseThrow();
  }
}
