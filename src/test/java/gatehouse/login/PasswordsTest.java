package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final int MANY = 400;

  private final Passwords passwords = new Passwords();

  /** All of them hash for as long as the test wants, so that whoever comes later has to wait. */
  @Test
  void letThoseWhoAreKnownPassAStandingLineOfStrangers() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    AtomicInteger hashed = new AtomicInteger();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        strangers.add(threads.submit(() -> {
          try {
            return passwords.inTurn(false, () -> {
              await(end);
              hashed.incrementAndGet();
              return 200;
            });
          } catch (HttpError e) {
            refused.countDown();
            return e.status();
          }
        }));
      }
      await(refused);
      assertEquals("in", passwords.inTurn(true, () -> "in"));
      assertEquals(0, hashed.get(), "the strangers are still there");
    } finally {
      end.countDown();
    }
    int in = 0;
    for (Future<Integer> stranger : strangers) {
      int status = stranger.get(1, TimeUnit.MINUTES);
      assertTrue(status == 200 || status == 503);
      in += status == 200 ? 1 : 0;
    }
    threads.shutdown();
    assertEquals(hashed.get(), in);
    assertTrue(in > 0 && in < MANY, in + " of them got their turn");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
