package gatehouse.http;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by key: so many at once, and the same number again over a period.
 *
 * <p>It answers how long to wait, which belongs into {@code Retry-After} (RFC 6585 §4). The buckets
 * are bounded in number; the one that was used longest ago goes first, and with a full bucket that
 * changes nothing. An attacker with more keys than that gains what a new key has anyway.
 */
public final class RateLimit {
  /** Some 10 MB at the very most. */
  private static final int MAX_KEYS = 100_000;

  private static final class Bucket {
    private double left;
    private long at;
  }

  private final int capacity;
  private final double perMilli;
  private final Clock clock;
  private final Map<String, Bucket> buckets;
  private long refused;

  /** Lets {@code capacity} through at once, and that many per period in the long run. */
  public RateLimit(int capacity, Duration period, Clock clock) {
    this.capacity = capacity;
    this.perMilli = (double) capacity / period.toMillis();
    this.clock = clock;
    this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
        return size() > MAX_KEYS;
      }
    };
  }

  /** Takes one from the key's bucket; zero if there was one, else the seconds until there is. */
  public synchronized long take(String key) {
    long now = clock.millis();
    Bucket bucket = buckets.computeIfAbsent(key, k -> {
      Bucket full = new Bucket();
      full.left = capacity;
      full.at = now;
      return full;
    });
    bucket.left = Math.min(capacity, bucket.left + Math.max(0, now - bucket.at) * perMilli);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left--;
      return 0;
    }
    refused++;
    return Math.max(1, (long) Math.ceil((1 - bucket.left) / perMilli / 1000));
  }

  /** How often there was none left. */
  public synchronized long refused() {
    return refused;
  }

  /** Fills the key's bucket again. */
  public synchronized void forget(String key) {
    buckets.remove(key);
  }
}
