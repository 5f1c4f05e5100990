package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedRowsTest {
  private final MemoryStore store = new MemoryStore(new TestClock());
  private final OwnedRows rows = new OwnedRows(store, "things");

  private String add(String owner) {
    String key = rows.newKey(owner);
    rows.put(key, new JsonObject().add("user", owner), Instant.MAX);
    return key;
  }

  @Test
  void areFoundByOwnerAndByKey() {
    String one = add("alice");
    String two = add("alice");
    assertEquals("alice", rows.get(one).getString("user", null));
    Set<String> found = new HashSet<>();
    rows.scan("alice", (key, row) -> found.add(key));
    assertEquals(Set.of(one, two), found);
    // SHA-256("alice") begins with 2b (coreutils: printf alice | sha256sum).
    assertTrue(one.startsWith("2b"), one);
    assertEquals("alice", store.get("things-2b", one).getString("user", null));
  }

  @Test
  void areAllFoundWhoseverTheyAre() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(add("user" + i));
    }
    Set<String> found = new HashSet<>();
    rows.scan((key, row) -> found.add(key));
    assertEquals(keys, found);
    List<String> looked = new ArrayList<>();
    rows.scan("user1", (key, row) -> looked.add(key));
    assertTrue(looked.size() < 50, looked.size() + " rows were looked at for one");
  }

  @Test
  void areTakenOnceAndReplacedOnlyIfTheSame() {
    String key = add("alice");
    JsonObject row = rows.get(key);
    JsonObject other = new JsonObject().add("user", "alice").add("n", 1);
    assertTrue(rows.replaceIfSame(key, row, other, Instant.MAX));
    assertFalse(rows.replaceIfSame(key, row, other, Instant.MAX));
    assertEquals(other, rows.take(key));
    assertNull(rows.take(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "2b", "xyz", "../..", "2Bx", " 2b"})
  void areNotFoundByWhatIsNoKeyAndNoTableIsMadeOfIt(String key) {
    assertNull(rows.get(key));
    assertNull(rows.take(key));
    assertFalse(rows.replaceIfSame(key, new JsonObject(), new JsonObject(), Instant.MAX));
    rows.hashed(key);
    assertEquals(0, store.size());
  }
}
