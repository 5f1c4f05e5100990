package gatehouse.oauth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bounded memory for what can be found out again: two generations, of which the older is dropped
 * when the younger is full. What is asked for stays; nobody waits for anybody.
 */
final class Remembered<T> {
  private final int size;
  private volatile Map<String, T> young = new ConcurrentHashMap<>();
  private volatile Map<String, T> old = Map.of();

  /** A memory of at most twice {@code size} entries. */
  Remembered(int size) {
    this.size = size;
  }

  /** What was put under the key, or null. */
  T get(String key) {
    T value = young.get(key);
    if (value == null) {
      value = old.get(key);
      if (value != null) {
        put(key, value);
      }
    }
    return value;
  }

  /** Remembers the value. */
  void put(String key, T value) {
    if (young.size() >= size) {
      synchronized (this) {
        if (young.size() >= size) {
          old = young;
          young = new ConcurrentHashMap<>();
        }
      }
    }
    young.put(key, value);
  }
}
