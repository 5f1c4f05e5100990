package gatehouse.junit;

import gatehouse.jose.KeyRing;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * RSA keys for tests, made once in a JVM and used again: making one takes a tenth of a second or
 * four, which is longer than everything else that a test does.
 *
 * <p>Servers of one JVM can therefore have the same key at the same time. Their tokens still do not
 * open each other's doors, since issuers differ; but whoever reads one of these keys out of the
 * memory of a test has them all. They are never for a server that others can reach.
 *
 * <p>This is the one place with static state: the pool is worth something only if all share it.
 */
final class KeyPool {
  /** Enough that a few servers side by side, or one that rotates, have different keys. */
  private static final int SIZE = 4;

  private static final AtomicInteger OWNERS = new AtomicInteger();

  /** Made one after the other in the background, so that whoever comes first waits for one. */
  private static final List<CompletableFuture<KeyPair>> KEYS = begin();

  /** The key of nobody: no server ever has it, so what it signs is a forgery. */
  private static final class Stranger {
    private static final KeyPair KEY = KeyRing.make();
  }

  private KeyPool() {
  }

  static KeyPair stranger() {
    return Stranger.KEY;
  }

  /** The keys of one owner: those of the pool from some one on, each once, and then new ones. */
  static Supplier<KeyPair> forOneOwner() {
    int start = ready(OWNERS.getAndIncrement());
    AtomicInteger used = new AtomicInteger();
    return () -> {
      int turn = used.getAndIncrement();
      return turn < SIZE ? KEYS.get((start + turn) % SIZE).join() : KeyRing.make();
    };
  }

  /** The place where an owner begins: its own, or the next that is there already. */
  private static int ready(int owner) {
    for (int i = 0; i < SIZE; i++) {
      int place = Math.floorMod(owner + i, SIZE);
      if (KEYS.get(place).isDone()) {
        return place;
      }
    }
    return Math.floorMod(owner, SIZE);
  }

  private static List<CompletableFuture<KeyPair>> begin() {
    List<CompletableFuture<KeyPair>> keys = new ArrayList<>();
    CompletableFuture<KeyPair> last = CompletableFuture.supplyAsync(KeyRing::make);
    for (int i = 0; i < SIZE; i++) {
      keys.add(last);
      last = i == SIZE - 1 ? last : last.thenApplyAsync(done -> KeyRing.make());
    }
    return List.copyOf(keys);
  }
}
