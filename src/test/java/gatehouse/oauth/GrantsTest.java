package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.store.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private final Fixture f = new Fixture();
  private final String id = f.grant.id();

  private Instant used() {
    return f.grants.of("alice").get(0).used();
  }

  @Test
  void areUsedToFiveMinutes() {
    Instant begun = f.clock.instant();
    f.clock.advanceSeconds(299);
    assertTrue(f.grants.use(id));
    assertEquals(begun, used());
    f.clock.advanceSeconds(1);
    assertTrue(f.grants.use(id));
    assertEquals(f.clock.instant(), used());
    assertEquals(begun, f.grants.of("alice").get(0).begun());
  }

  @Test
  void doNotLastLongerForBeingUsed() {
    f.clock.advance(Duration.ofDays(180).minusSeconds(1));
    assertTrue(f.grants.use(id));
    f.clock.advanceSeconds(1);
    assertFalse(f.grants.use(id));
    assertNull(f.grants.find(id));
  }

  @Test
  void doNotComeBackWhenTheyAreRevokedWhileTheirUseIsWrittenDown() {
    Store racing = (Store) Proxy.newProxyInstance(Store.class.getClassLoader(),
        new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
          if (method.getName().equals("replaceIfSame")) {
            f.store.take((String) arguments[0], id);
          }
          return method.invoke(f.store, arguments);
        });
    Grants grants = new Grants(racing, f.users, f.policy, f.clock);
    f.clock.advance(Duration.ofMinutes(6));
    grants.use(id);
    assertFalse(grants.use(id));
    assertEquals(0, f.grants.of("alice").size());
  }

  @Test
  void areListedForTheirUserAlone() {
    assertEquals("Client", f.grants.of("alice").get(0).name());
    assertEquals("127.0.0.1", f.grants.of("alice").get(0).host());
    assertEquals(0, f.grants.of("bob").size());
  }
}
