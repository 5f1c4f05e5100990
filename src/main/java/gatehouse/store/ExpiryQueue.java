package gatehouse.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which keys to look at when: keys in buckets by the minute in which their rows end, so that nobody
 * ever looks at all rows to find the dead ones.
 *
 * <pre>
 *   12:00  k1 k7           over: its keys are handed out, a few per write
 *   12:01  k2              the row of k2 was given until 12:30 meanwhile: it goes there when met
 *   12:30  k3 k4 k5 k6
 * </pre>
 *
 * <p>An entry is a hint: the row decides. A row that was given more time keeps its entry, so a row
 * that is written often has one entry and not one per write. What was removed early leaves its
 * entry until its minute comes. Rows without end have none.
 */
final class ExpiryQueue {
  /** A dead row takes up space for so long at most, and a month has 43,200 buckets. */
  private static final long BUCKET_MILLISECONDS = 60_000;

  private final TreeMap<Long, List<String>> buckets = new TreeMap<>();

  /** Whether a row that ends then needs an entry, if the one before it (or null) had one. */
  static boolean needsEntry(Row before, Row fresh) {
    return fresh.expires() != Row.NEVER
        && (before == null || bucket(fresh.expires()) < bucket(before.expires()));
  }

  synchronized void add(String key, long expires) {
    buckets.computeIfAbsent(bucket(expires), b -> new ArrayList<>(1)).add(key);
  }

  /** A key whose row may have ended, handed out once; or null. */
  synchronized String poll(long now) {
    Map.Entry<Long, List<String>> first = buckets.firstEntry();
    if (first == null || first.getKey() >= bucket(now)) {
      return null;
    }
    List<String> keys = first.getValue();
    String key = keys.remove(keys.size() - 1);
    if (keys.isEmpty()) {
      buckets.remove(first.getKey());
    }
    return key;
  }

  private static long bucket(long time) {
    return Math.floorDiv(time, BUCKET_MILLISECONDS);
  }
}
