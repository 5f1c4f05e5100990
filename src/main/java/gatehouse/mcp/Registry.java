package gatehouse.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The things of one kind that a server offers, in the order in which they were added.
 *
 * <p>They may come and go while the server runs. Every request sees one consistent snapshot, which
 * is never altered, only replaced: reading takes no lock.
 */
final class Registry<T> {
  private final String kind;
  private volatile Map<String, T> all = Map.of();

  /** An empty one; the kind is for error messages. */
  Registry(String kind) {
    this.kind = kind;
  }

  synchronized void add(String key, T item) {
    Map<String, T> next = new LinkedHashMap<>(all);
    if (next.putIfAbsent(key, item) != null) {
      throw new IllegalArgumentException("there is already a " + kind + " named " + key);
    }
    all = Collections.unmodifiableMap(next);
  }

  /** Removes and gives it, or null. */
  synchronized T remove(String key) {
    Map<String, T> next = new LinkedHashMap<>(all);
    T removed = next.remove(key);
    all = Collections.unmodifiableMap(next);
    return removed;
  }

  /** All as they are now; the list does not change later. */
  List<T> all() {
    return List.copyOf(all.values());
  }

  /** The one of that name, or null. */
  T get(String key) {
    return all.get(key);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }
}
