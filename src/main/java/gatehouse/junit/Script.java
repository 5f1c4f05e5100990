package gatehouse.junit;

import gatehouse.http.Handler;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The misfortunes that a test has written down, and the turn of each.
 *
 * <p>Every entry counts the requests that it is about for itself. Entries that are due at the same
 * request all happen, the one written first on the outside: a delay and a status give a late
 * status.
 */
final class Script {
  /** What happens instead of, before or after the proper answer. */
  @FunctionalInterface
  interface Event {
    Response happen(Request request, Handler next);
  }

  /**
   * An entry.
   *
   * @param about which requests it counts, by path and request
   * @param counts which answers it counts; null if it has to decide before there is one
   * @param from the first of them at which it happens, from 0
   * @param to the one at which it does not happen any more
   * @param seen how many there have been
   * @param what in words, for the transcript
   */
  record Entry(BiPredicate<String, Request> about, Predicate<Response> counts, int from,
      int to, AtomicInteger seen, String what, Event event) {

    boolean isDue() {
      int turn = seen.getAndIncrement();
      return turn >= from && turn < to;
    }
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  void add(Entry entry) {
    entries.add(entry);
  }

  /** Strikes out everything. */
  void clear() {
    entries.clear();
  }

  /** Answers the request with everything that is due. */
  Response around(String path, Request request, List<String> notes, Handler proper) {
    Handler next = proper;
    // From the inside out, so that the first entry ends up outside.
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.about.test(path, request)) {
        next = entry.counts == null ? before(entry, next, notes) : after(entry, next, notes);
      }
    }
    return next.handle(request);
  }

  private static Handler before(Entry entry, Handler next, List<String> notes) {
    if (!entry.isDue()) {
      return next;
    }
    notes.add("misfortune: " + entry.what);
    return request -> entry.event.happen(request, next);
  }

  private static Handler after(Entry entry, Handler next, List<String> notes) {
    return request -> {
      Response answer = next.handle(request);
      if (!entry.counts.test(answer) || !entry.isDue()) {
        return answer;
      }
      notes.add("misfortune: " + entry.what);
      return entry.event.happen(request, same -> answer);
    };
  }

  /** Waits, in real time, but not beyond the end of the server. */
  void pause(Duration duration) {
    try {
      closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every pause. */
  void close() {
    closed.countDown();
  }
}
