package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStoreTest implements StoreContract {
  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock);

  @Override
  public Store store() {
    return store;
  }

  @Override
  public TestClock clock() {
    return clock;
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void sweepingLeavesLivingRowsAlone() {
    store.put("t", "living", new JsonObject(), clock.instant().plus(Duration.ofHours(1)));
    for (int i = 0; i < 20_000; i++) {
      store.put("t", "dead" + i, new JsonObject(), clock.instant());
    }
    assertEquals(new JsonObject(), store.get("t", "living"));
  }
}
