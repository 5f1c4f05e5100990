package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of 2026-07-28: any thread puts messages in, the one that serves the connection writes
 * them.
 *
 * <p>Streamable HTTP, "Receiving Messages": no event ids, because nothing can be resumed; comments
 * keep the connection open, and their failing is how a hang-up shows. Whoever puts something in
 * never waits for a slow reader: there is room for a while, then notifications are refused.
 */
final class Outbox implements Channel {
  /** A reader this far behind is not reading. Messages are a few hundred bytes. */
  private static final int MAX_WAITING = 1_000;

  // Not synchronized: a virtual thread that waits for a monitor pins its carrier before JDK 24.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean ended;

  @Override
  public void send(String method, JsonObject params) {
    offer(method, params);
  }

  /** Puts a notification in; whether there was room. */
  boolean offer(String method, JsonObject params) {
    String text = JsonRpc.notification(method, params).toString();
    lock.lock();
    try {
      if (ended || waiting.size() >= MAX_WAITING) {
        return false;
      }
      waiting.add(text);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Puts the last message in, or none; only the first end counts. */
  void end(JsonObject last) {
    lock.lock();
    try {
      if (!ended && last != null) {
        waiting.add(last.toString());
      }
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what comes until the end. */
  void drain(Events events, Duration keepAlive) throws IOException {
    while (true) {
      String text = next(keepAlive.toNanos());
      if (text == null && isDone()) {
        return;
      }
      if (text == null) {
        events.comment();
      } else {
        events.send(text);
      }
    }
  }

  /** The next message, or null if there is none within the time. */
  private String next(long nanos) throws IOException {
    lock.lock();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.poll();
    } catch (InterruptedException e) {
      // The server ends its threads.
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isDone() {
    lock.lock();
    try {
      return ended && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
