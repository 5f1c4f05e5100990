package gatehouse.junit;

import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes down every request with what became of it, before the answer leaves: a test that has got
 * an answer finds its request here.
 */
final class Recorder {
  /** A megabyte or two of the longest test we know; what is older is forgotten. */
  private static final int MAX_REQUESTS = 1_000;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<RecordedRequest> requests = new ArrayList<>();
  private int last;
  private int taken;

  Recorder(Clock clock) {
    this.clock = clock;
  }

  /**
   * Answers a request and writes it down.
   *
   * @param path of the request, under the issuer
   * @param next answers, and notes what misfortune it played
   */
  Response around(String path, Request request, Function<List<String>, Response> next) {
    List<String> notes = new ArrayList<>(1);
    Response answer;
    try {
      answer = next.apply(notes);
    } catch (HttpError e) {
      notes.add(e.getMessage());
      add(path, request, Response.empty(e.status()), notes);
      throw e;
    } catch (RuntimeException e) {
      notes.add("the server failed: " + e);
      add(path, request, Response.empty(500), notes);
      throw e;
    }
    notes.add(Decision.of(request, answer));
    add(path, request, answer, notes);
    return answer;
  }

  private void add(String path, Request request, Response answer, List<String> notes) {
    notes.removeIf(String::isEmpty);
    lock.lock();
    try {
      requests.add(RecordedRequest.of(
          ++last, clock.instant(), path, request, answer, String.join("; ", notes)));
      if (requests.size() > MAX_REQUESTS) {
        requests.remove(0);
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Requests all() {
    lock.lock();
    try {
      return new Requests(requests);
    } finally {
      lock.unlock();
    }
  }

  void forget() {
    lock.lock();
    try {
      requests.clear();
      taken = last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The first request that matches and comes after the last one taken; waits for it.
   *
   * @throws AssertionError with a transcript, if none came in time
   */
  RecordedRequest take(String path, Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        for (RecordedRequest request : requests) {
          if (request.number() > taken && Requests.matches(path, request.path())) {
            taken = request.number();
            return request;
          }
        }
        if (left <= 0) {
          throw new AssertionError("no request to " + path + " within " + patience.toSeconds()
              + " s" + System.lineSeparator() + new Requests(requests));
        }
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a request", e);
    } finally {
      lock.unlock();
    }
  }
}
