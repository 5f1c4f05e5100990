package gatehouse.http;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, counted by classes of duration: cheap to add to, from any thread. Single
 * durations are not kept, so percentiles are as coarse as the classes.
 */
public final class Histogram {
  /** Upper bounds in seconds: from what is answered from memory to what somebody gives up on. */
  private static final double[] BOUNDS =
      {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  public Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Adds one that took so many nanoseconds. */
  public void add(long duration) {
    int i = 0;
    while (i < BOUNDS.length && duration > BOUNDS[i] * 1e9) {
      i++;
    }
    counts[i].increment();
    nanos.add(duration);
  }

  /** The classes; there is one more, without a bound. */
  public int classes() {
    return BOUNDS.length;
  }

  /** The upper bound of a class, in seconds. */
  public double bound(int index) {
    return BOUNDS[index];
  }

  /** How many there were in this class alone. */
  public long count(int index) {
    return counts[index].sum();
  }

  /** How long all of them took, in seconds. */
  public double sum() {
    return nanos.sum() / 1e9;
  }
}
