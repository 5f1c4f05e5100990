package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.crypto.Seal;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Requests;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CsrfTest {
  private final TestClock clock = new TestClock();
  private final Csrf csrf = new Csrf(
      "http://localhost", new Seal(new byte[] {1}, clock), new MemoryStore(clock), clock);
  private final Request browser = Requests.get("/", "Cookie", "gatehouse_browser=b1");
  private final Request otherBrowser = Requests.get("/", "Cookie", "gatehouse_browser=b2");

  @Test
  void acceptsATokenOnce() {
    String token = csrf.protect(browser, "login").token();
    assertTrue(csrf.accept(browser, "login", token));
    assertFalse(csrf.accept(browser, "login", token));
  }

  @Test
  void bindsATokenToBrowserAndPurpose() {
    String token = csrf.protect(browser, "login").token();
    assertFalse(csrf.accept(otherBrowser, "login", token));
    assertFalse(csrf.accept(Requests.get("/"), "login", token));
    assertFalse(csrf.accept(browser, "consent/s1", token));
    assertTrue(csrf.accept(browser, "login", token), "the failures must not have used it up");
  }

  @Test
  void refusesWhatItDidNotMake() {
    assertFalse(csrf.accept(browser, "login", null));
    assertFalse(csrf.accept(browser, "login", ""));
    assertFalse(csrf.accept(browser, "login", "invented"));
  }

  @Test
  void givesABrowserACookieOnce() {
    Csrf.Protection first = csrf.protect(Requests.get("/"), "login");
    assertNotNull(first.setCookie());
    assertNull(csrf.protect(browser, "login").setCookie());
  }

  @Test
  void givesEveryFormATokenOfItsOwn() {
    assertNotEquals(csrf.protect(browser, "login").token(),
        csrf.protect(browser, "login").token());
  }

  @Test
  void forgetsATokenAfterAnHour() {
    String early = csrf.protect(browser, "login").token();
    clock.advance(Duration.ofMinutes(59));
    assertTrue(csrf.accept(browser, "login", early));
    String late = csrf.protect(browser, "login").token();
    clock.advance(Duration.ofMinutes(61));
    assertFalse(csrf.accept(browser, "login", late));
  }

  /** A used token must be remembered at least as long as it could be opened. */
  @Test
  void acceptsATokenOnceUntilItsLastMoment() {
    String token = csrf.protect(browser, "login").token();
    assertTrue(csrf.accept(browser, "login", token));
    clock.advance(Duration.ofHours(1));
    assertEquals(false, csrf.accept(browser, "login", token));
  }

  @Test
  void remembersOnlySoManyFormsOfANetworkAMinute() {
    for (int i = 0; i < 600; i++) {
      assertTrue(csrf.accept(browser, "login", csrf.protect(browser, "login").token()));
    }
    String token = csrf.protect(browser, "login").token();
    HttpError error = assertThrows(HttpError.class, () -> csrf.accept(browser, "login", token));
    assertEquals(429, error.status());
    clock.advance(Duration.ofSeconds(error.retryAfter()));
    assertTrue(csrf.accept(browser, "login", token));
  }
}
