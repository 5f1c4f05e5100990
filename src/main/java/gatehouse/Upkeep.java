package gatehouse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks every other second after what may have changed outside: the certificate, the configuration.
 * There is no signal to send; whoever replaces a file has said enough. A thread exists only where
 * there is something to look after.
 */
final class Upkeep implements AutoCloseable {
  /** A change is noticed within this time. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger("gatehouse.upkeep");

  private final List<Runnable> looks;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Begins. */
  Upkeep(List<Runnable> looks) {
    this.looks = List.copyOf(looks);
    if (!looks.isEmpty()) {
      Thread thread = new Thread(this::run, "gatehouse-upkeep");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        looks.forEach(Upkeep::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      // The next look may find it in order.
      LOG.log(System.Logger.Level.ERROR, "something could not be looked after", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
