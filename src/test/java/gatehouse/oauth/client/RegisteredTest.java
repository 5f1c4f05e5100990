package gatehouse.oauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.OAuthError;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registrations pile up: which of them go, and which stay. */
class RegisteredTest {
  private final TestClock clock = new TestClock();
  private final Registered registered = new Registered(new MemoryStore(clock), clock);

  private String add(String owner) {
    JsonObject metadata = new JsonObject()
        .add("client_name", "Claude").add("token_endpoint_auth_method", "none");
    return registered.add(metadata, owner, true).client().id();
  }

  private List<String> ids(String owner) {
    return registered.of(owner).stream().map(owned -> owned.client().id()).toList();
  }

  @Test
  void goAfterTwoDaysWithoutUseAndStayForAsLongAsAGrantCanLast() {
    String unused = add(null);
    String used = add(null);
    registered.keep(used, clock.instant().plus(Duration.ofDays(180)));
    clock.advance(Duration.ofDays(2));
    assertNull(registered.find(unused));
    clock.advance(Duration.ofDays(390));
    assertNotNull(registered.find(used));
  }

  @Test
  void outliveAGrantThatLastsLongerThanOthers() {
    String id = add(null);
    registered.keep(id, clock.instant().plus(Duration.ofDays(3_650)));
    clock.advance(Duration.ofDays(3_649));
    assertNotNull(registered.find(id));
  }

  @Test
  void doNotComeBackByBeingUsedWhileTheyAreRemoved() {
    String id = add("alice");
    registered.remove(id);
    registered.keep(id, clock.instant().plus(Duration.ofDays(1)));
    assertNull(registered.find(id));
  }

  @Test
  void alikeMakeRoomForEachOtherAndNotAtTheCostOfAPersons() {
    String persons = add("alice");
    String first = add(null);
    clock.advance(Duration.ofMinutes(31));
    for (int i = 0; i < 20; i++) {
      add(null);
    }
    assertNull(registered.find(first));
    assertNotNull(registered.find(persons));
  }

  @Test
  void areListedForWhoMadeThemByHand() {
    String one = add("alice");
    String two = add("alice");
    add("bob");
    add(null);
    assertEquals(List.of(one, two), ids("alice"));
    assertNull(registered.of("alice").get(0).used());
    clock.advanceSeconds(60);
    registered.keep(one, clock.instant());
    assertEquals(clock.instant(), registered.of("alice").get(0).used());
    registered.remove(one);
    assertEquals(List.of(two), ids("alice"));
    assertEquals(List.of(), ids("carol"));
  }

  @Test
  void byHandAreFiftyAtMostUntilOneIsDeleted() {
    for (int i = 0; i < 50; i++) {
      add("alice");
    }
    assertEquals("invalid_client_metadata",
        assertThrows(OAuthError.class, () -> add("alice")).code());
    assertNotNull(add("bob"));
    registered.remove(ids("alice").get(7));
    assertNotNull(add("alice"));
    assertEquals(50, ids("alice").size());
  }
}
