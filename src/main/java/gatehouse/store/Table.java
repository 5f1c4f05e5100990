package gatehouse.store;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The rows of one table in memory, made for a million of them: no operation takes time that grows
 * with the table, except looking at all rows.
 *
 * <p>Two things would. A hash map that grows moves all its entries in the one unlucky write, a
 * tenth of a second for a million; so there are {@value #PARTS} small ones. And looking for dead
 * rows by walking through all; so each write looks at up to {@value #SWEEP_PER_WRITE} keys that
 * the {@link ExpiryQueue} says are due. Without writes nothing is swept, but then nothing grows
 * either.
 */
final class Table {
  /** A million rows make 16,000 in each, which is moved in a millisecond or two. */
  private static final int PARTS = 64;

  /** More than one, so that sweeping is always faster than writing. */
  private static final int SWEEP_PER_WRITE = 4;

  /** Scatters hash codes over the parts by other bits than the maps inside use (Knuth 6.4). */
  private static final int GOLDEN = 0x9E3779B9;

  private final List<ConcurrentHashMap<String, Row>> parts =
      Stream.generate(ConcurrentHashMap<String, Row>::new).limit(PARTS).toList();
  private final ExpiryQueue expiry = new ExpiryQueue();
  private final Clock clock;

  Table(Clock clock) {
    this.clock = clock;
  }

  /** The row if it lives, or null. */
  Row get(String key) {
    Row row = part(key).get(key);
    return row != null && row.lives(clock.millis()) ? row : null;
  }

  /**
   * Makes the change if its condition holds.
   *
   * @return what was there before, {@link Row#NONE} for nothing; null if the condition did not hold
   */
  Row change(Change change) {
    long now = clock.millis();
    Row[] kept = new Row[1];
    Row[] before = new Row[1];
    part(change.key()).compute(change.key(), (key, old) -> {
      Row current = old != null && old.lives(now) ? old : null;
      if (!change.condition().test(current)) {
        return old;
      }
      kept[0] = old;
      before[0] = current == null ? Row.NONE : current;
      return change.fresh();
    });
    if (before[0] != null) {
      written(change.key(), kept[0], change.fresh(), now);
    }
    return before[0];
  }

  /** Writes the row, or removes it if null. */
  void set(String key, Row fresh) {
    Row old = fresh == null ? part(key).remove(key) : part(key).put(key, fresh);
    written(key, old, fresh, clock.millis());
  }

  /** Shows every living row; one that changes meanwhile is shown before or after. */
  void scan(BiConsumer<String, Row> visitor) {
    long now = clock.millis();
    for (ConcurrentHashMap<String, Row> part : parts) {
      part.forEach((key, row) -> {
        if (row.lives(now)) {
          visitor.accept(key, row);
        }
      });
    }
  }

  /** How many rows take up space, dead ones included. */
  int size() {
    return parts.stream().mapToInt(ConcurrentHashMap::size).sum();
  }

  private void written(String key, Row old, Row fresh, long now) {
    if (fresh != null && ExpiryQueue.needsEntry(old, fresh)) {
      expiry.add(key, fresh.expires());
    }
    for (int i = 0; i < SWEEP_PER_WRITE; i++) {
      String due = expiry.poll(now);
      if (due == null) {
        return;
      }
      Row left = part(due).computeIfPresent(due, (k, row) -> row.lives(now) ? row : null);
      // It was given more time since, without a new entry.
      if (left != null && left.expires() != Row.NEVER) {
        expiry.add(due, left.expires());
      }
    }
  }

  private ConcurrentHashMap<String, Row> part(String key) {
    return parts.get((key.hashCode() * GOLDEN >>> 16) % PARTS);
  }
}
