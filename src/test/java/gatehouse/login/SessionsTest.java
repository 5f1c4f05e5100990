package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Request;
import gatehouse.http.Requests;
import gatehouse.store.MemoryStore;
import gatehouse.store.OwnedRows;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock);
  private final Users users = new Users(new Passwords(), store);
  private final Sessions sessions =
      new Sessions(store, users, "http://localhost", () -> Duration.ofHours(12), clock);
  private final User alice = User.named("alice");

  SessionsTest() {
    users.add(alice);
  }

  private Request with(String setCookie) {
    return Requests.get("/", "Cookie", setCookie.substring(0, setCookie.indexOf(';')));
  }

  @Test
  void recogniseTheBrowserThatSignedIn() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    assertEquals("alice", sessions.find(request).user().name());
    assertEquals(clock.instant(), sessions.find(request).authTime());
    assertNull(sessions.find(Requests.get("/")));
    assertNull(sessions.find(Requests.get("/", "Cookie", "gatehouse_session=invented")));
  }

  @Test
  void endAfterTheirTime() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    clock.advance(Duration.ofHours(12));
    assertNull(sessions.find(request));
  }

  @Test
  void beginAnewAtEverySignIn() {
    Request planted = Requests.get("/", "Cookie", "gatehouse_session=planted");
    Request first = with(sessions.begin(planted, alice, Evidence.PASSWORD));
    assertNull(sessions.find(planted));

    Request second = with(sessions.begin(first, alice, Evidence.PASSWORD));
    assertNotEquals(first.header("Cookie"), second.header("Cookie"));
    assertNull(sessions.find(first));
    assertEquals("alice", sessions.find(second).user().name());
  }

  @Test
  void endOnRequest() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    sessions.end(request);
    assertNull(sessions.find(request));
  }

  @Test
  void endWithTheirUser() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    users.remove("alice");
    assertNull(sessions.find(request));
  }

  @Test
  void areListedForTheirUserWithBrowserAndTimesAndForNobodyElse() {
    String firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0";
    sessions.begin(Requests.get("/", "User-Agent", firefox), alice, Evidence.PASSWORD);
    Instant first = clock.instant();
    clock.advanceSeconds(60);
    sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD);
    users.add(User.named("bob"));
    sessions.begin(Requests.get("/"), users.find("bob"), Evidence.PASSWORD);
    List<Sessions.Listed> listed = sessions.of(alice);
    assertEquals(List.of("", "Firefox, Linux"),
        listed.stream().map(Sessions.Listed::device).toList());
    assertEquals(first, listed.get(1).begun());
  }

  @Test
  void areSeenToFiveMinutesAndEndWhenTheyWouldHave() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    Instant begun = clock.instant();
    clock.advance(Duration.ofMinutes(4));
    sessions.find(request);
    assertEquals(begun, sessions.of(alice).get(0).seen());
    clock.advance(Duration.ofMinutes(1));
    sessions.find(request);
    assertEquals(clock.instant(), sessions.of(alice).get(0).seen());
    assertEquals(begun, sessions.of(alice).get(0).begun());
    clock.advance(Duration.ofMinutes(12 * 60 - 6));
    assertEquals("alice", sessions.find(request).user().name());
    clock.advance(Duration.ofMinutes(1));
    assertNull(sessions.find(request));
  }

  @Test
  void goOnUnderAFreshIdAndNotUnderTheOld() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    Instant begun = clock.instant();
    clock.advanceSeconds(100);
    Request renewed = with(sessions.renew(request));
    assertNull(sessions.find(request));
    assertEquals(begun, sessions.find(renewed).authTime());
    assertEquals(1, sessions.of(alice).size());
  }

  @Test
  void endForNobodyButTheirUser() {
    Request request = with(sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD));
    String key = sessions.find(request).key();
    assertFalse(sessions.end(User.named("bob"), key));
    assertFalse(sessions.end(alice, "invented"));
    assertEquals("alice", sessions.find(request).user().name());
    assertTrue(sessions.end(alice, key));
    assertNull(sessions.find(request));
  }

  @Test
  void areStoredByHashAlone() {
    String cookie = sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD);
    String id = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    List<String> rows = new ArrayList<>();
    new OwnedRows(store, "sessions").scan((key, row) -> rows.add(key + row));
    assertEquals(1, rows.size());
    assertFalse(rows.get(0).contains(id.substring(2)));
  }
}
