package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatehouse.http.Request;
import gatehouse.http.Requests;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.time.Duration;
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
  void areStoredByHashAlone() {
    String cookie = sessions.begin(Requests.get("/"), alice, Evidence.PASSWORD);
    String id = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    store.scan("sessions", (key, row) -> assertFalse((key + row).contains(id)));
  }
}
