package gatehouse.mcp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Passes on what changed to whoever listens at the moment.
 *
 * <p>Telling costs the one who makes the change a loop over the listeners, each of which only puts
 * a note into its own queue. Nothing is kept for those who are not there.
 */
public final class Changes {
  private final Set<Consumer<Change>> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Changes() {
  }

  /** Listens, until the result is run. */
  public Runnable listen(Consumer<Change> listener) {
    listeners.add(listener);
    if (closed) {
      listener.accept(Change.of(Change.Kind.CLOSING));
    }
    return () -> listeners.remove(listener);
  }

  void tell(Change change) {
    if (change.kind() == Change.Kind.CLOSING) {
      closed = true;
    }
    listeners.forEach(listener -> listener.accept(change));
  }
}
