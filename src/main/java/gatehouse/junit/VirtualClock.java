package gatehouse.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The one clock that a {@link TestGatehouse} goes by: tokens, codes, sessions, caches, rate limits.
 *
 * <p>It begins at the present and runs, because the client or the resource server under test looks
 * at the machine's clock and has to agree about what is now. {@link #advance} lets any time pass at
 * once; {@link #freeze} makes it stand still, for tests that need the exact second.
 *
 * <p>It does not move the machine's clock: what others take for now stays as it is. Safe for use by
 * many threads.
 */
public final class VirtualClock extends Clock {
  /**
   * What time it is.
   *
   * @param ahead how far it is before the machine's clock
   * @param frozen the moment at which it stands, or null while it runs
   */
  private record Reading(Duration ahead, Instant frozen) {
    Instant now() {
      return frozen != null ? frozen : Instant.now().plus(ahead);
    }
  }

  private final AtomicReference<Reading> reading =
      new AtomicReference<>(new Reading(Duration.ZERO, null));

  /** How far the clock is off for the request that this thread is answering. */
  private final ThreadLocal<Duration> skew = new ThreadLocal<>();

  VirtualClock() {
  }

  /**
   * Lets time pass, whether the clock runs or stands.
   *
   * @param duration how much; a negative one goes back
   */
  public void advance(Duration duration) {
    reading.updateAndGet(old -> old.frozen == null
        ? new Reading(old.ahead.plus(duration), null)
        : new Reading(old.ahead, old.frozen.plus(duration)));
  }

  /** Makes it this moment; from here it runs or stands as before. */
  public void set(Instant moment) {
    reading.updateAndGet(old -> old.frozen == null
        ? new Reading(Duration.between(Instant.now(), moment), null)
        : new Reading(old.ahead, moment));
  }

  /** Stands still from now on, until {@link #advance} or {@link #set} moves it. */
  public void freeze() {
    reading.updateAndGet(old -> new Reading(old.ahead, old.now()));
  }

  @Override
  public Instant instant() {
    Instant now = reading.get().now();
    Duration off = skew.get();
    return off == null ? now : now.plus(off);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  /** Does the work in this thread as if the clock were off by so much. */
  <T> T skewed(Duration off, Supplier<T> work) {
    Duration before = skew.get();
    skew.set(off);
    try {
      return work.get();
    } finally {
      skew.set(before);
    }
  }
}
