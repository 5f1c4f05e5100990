package gatehouse.http;

/**
 * How long the exchanges of a route have taken lately: whether they end at once or wait.
 *
 * <p>A tool computes for 50 µs or asks another server for a second, and nobody says which. On a
 * thread of its own each call costs a third of the throughput; on the small pool four that wait
 * would stop everybody. So they begin on the pool, and leave it when a tenth of them wait, until
 * they do not any more. The few that wait before that is noticed are the watcher's of {@link
 * Workers}.
 */
final class Pace {
  /** The average is one of about so many exchanges. */
  private static final int MEMORY = 32;

  /** Ten times what a busy machine makes of an exchange that only computes. */
  private static final long QUICK_NANOS = 2_000_000;

  /** The same for one that signs: a millisecond, while others sign on the same core. */
  private static final long SIGNED_NANOS = 20_000_000;

  /** No exchange counts for more, or one long one would outweigh a thousand quick ones. */
  private static final int MOST = 10;

  private final long quick;

  /** Written without a lock: an exchange that is not counted makes no difference. */
  private volatile long average;

  /**
   * The pace of a route.
   *
   * @param signs whether its exchanges make a signature
   */
  Pace(boolean signs) {
    quick = signs ? SIGNED_NANOS : QUICK_NANOS;
  }

  /** Whether they end at once. */
  boolean isQuick() {
    return average < quick;
  }

  /** An exchange took so long. */
  void took(long nanos) {
    long before = average;
    average = before + (Math.min(nanos, MOST * quick) - before) / MEMORY;
  }
}
