package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  private final Cookie plain = new Cookie("session", false);
  private final Cookie secure = new Cookie("session", true);

  @Test
  void isTiedToTheHostAndToTheConnectionOverHttps() {
    assertEquals("__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure",
        secure.store("abc"));
  }

  @Test
  void isHiddenFromScriptsAndOtherSitesOverHttpToo() {
    assertEquals("session=abc; Path=/; HttpOnly; SameSite=Lax", plain.store("abc"));
  }

  @Test
  void isRemovedUnderTheSameNameAndPath() {
    assertEquals("__Host-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0",
        secure.remove());
  }

  @ParameterizedTest
  @CsvSource({"session=abc,abc", "a=b; session=abc,abc", "session=abc; session=old,abc",
    "a=b;session=abc;c=d,abc", "session=a=b,a=b", "session=,''"})
  void readsTheFirstOfItsName(String header, String value) {
    assertEquals(value, plain.read(Requests.get("/", "Cookie", header)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "session", "xsession=abc", "session2=abc", "Session=abc",
    "__Host-session=abc", "a=session=abc"})
  void doesNotReadWhatHasAnotherName(String header) {
    assertNull(plain.read(Requests.get("/", "Cookie", header)));
  }

  /** A cookie without the prefix may come from a sibling host. */
  @Test
  void doesNotReadTheNameWithoutPrefixOverHttps() {
    assertNull(secure.read(Requests.get("/", "Cookie", "session=planted")));
  }
}
