package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  /** More than there are threads for short tasks on any machine that runs tests. */
  private static final int MANY = 300;

  private final Workers workers = new Workers("test", () -> { });
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    workers.close();
  }

  @Test
  void slowTasksInTheShortPoolDoNotStopShortOnes() throws InterruptedException {
    CountDownLatch slowBegan = new CountDownLatch(MANY);
    for (int i = 0; i < MANY; i++) {
      workers.runShort(() -> {
        slowBegan.countDown();
        waitForRelease();
      });
    }
    CountDownLatch shortDone = new CountDownLatch(MANY);
    for (int i = 0; i < MANY; i++) {
      workers.runShort(shortDone::countDown);
    }
    assertTrue(shortDone.await(10, TimeUnit.SECONDS), "short tasks waited for slow ones");
    assertTrue(slowBegan.await(10, TimeUnit.SECONDS), "a slow task was lost");
  }

  @Test
  void waitingTasksDoNotStopShortOnes() throws InterruptedException {
    for (int i = 0; i < MANY; i++) {
      workers.runWaiting(this::waitForRelease);
    }
    CountDownLatch done = new CountDownLatch(1);
    workers.runShort(done::countDown);
    assertTrue(done.await(10, TimeUnit.SECONDS));
  }

  @Test
  void runsEveryTaskExactlyOnce() throws InterruptedException {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(20_000);
    for (int i = 0; i < 20_000; i++) {
      int number = i;
      workers.runShort(() -> {
        if (seen.add(number)) {
          done.countDown();
        }
      });
    }
    assertTrue(done.await(20, TimeUnit.SECONDS));
    assertEquals(20_000, seen.size());
  }

  @Test
  void takesNothingAfterItIsClosed() {
    workers.close();
    assertThrows(RejectedExecutionException.class, () -> workers.runShort(() -> { }));
    assertThrows(RejectedExecutionException.class, () -> workers.runWaiting(() -> { }));
  }

  private void waitForRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
