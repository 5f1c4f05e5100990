package gatehouse.mcp;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The alarm clock: one thread for everything that must not take for ever.
 *
 * <p>Every call of a tool sets an alarm and unsets it again, so that has to be cheap. An alarm that
 * becomes the next one due wakes the thread, which costs twenty times as much as the rest; so while
 * there is work, an empty alarm is always due before.
 *
 * <p>What an alarm does must end at once, because all the others wait behind it.
 */
final class Deadlines {
  /** The empty alarm: shorter than any real one, long enough that its cost does not show. */
  private static final long BREATH_MS = 1_000;

  /** Without anything to wait for the thread ends: a test may start hundreds of servers. */
  private static final long IDLE_MS = 10_000;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
    Thread thread = new Thread(task, "gatehouse-mcp-deadlines");
    thread.setDaemon(true);
    return thread;
  });
  private final AtomicBoolean breathing = new AtomicBoolean();

  Deadlines() {
    // Else every call would stay in memory until the time at which it would have run out.
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_MS, TimeUnit.MILLISECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Forgets every alarm, so that the thread ends at once: the server is closing. */
  void close() {
    timer.getQueue().clear();
    timer.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** Does it after a while, unless the alarm is cancelled before. */
  Future<?> after(Duration time, Runnable alarm) {
    if (breathing.compareAndSet(false, true)) {
      timer.schedule(() -> breathing.set(false), BREATH_MS, TimeUnit.MILLISECONDS);
    }
    return timer.schedule(alarm, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
