package gatehouse.mcp;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The alarm clock: one thread for everything that must not take for ever.
 *
 * <p>Setting and unsetting an alarm costs about a microsecond, which every call of a tool pays.
 * What an alarm does must end at once, because all the others wait behind it.
 */
final class Deadlines {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
    Thread thread = new Thread(task, "gatehouse-mcp-deadlines");
    thread.setDaemon(true);
    return thread;
  });

  Deadlines() {
    // Else every call would stay in memory until the time at which it would have run out.
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Does it after a while, unless the alarm is cancelled before. */
  Future<?> after(Duration time, Runnable alarm) {
    return timer.schedule(alarm, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
