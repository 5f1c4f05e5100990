package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Events;
import gatehouse.mcp.Channel;
import gatehouse.mcp.JsonRpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;

/**
 * One stream of a session: messages go in, and are written to whichever connection serves it.
 *
 * <p>2025-11-25, "Streamable HTTP" (SEP-1699 for the polling). A stream outlives its connection:
 * losing it is not cancelling, the work goes on, and a client that returns with {@code
 * Last-Event-ID} gets the rest. It has one connection at a time; a newer one replaces it, because
 * the old one may be dead without our knowing.
 *
 * <p>The priming event, an id with empty data, is for 2025-11-25 alone: older clients would take it
 * for a broken message.
 */
final class EventStream implements Channel {
  /** Below the 60 s after which common proxies close what is silent. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** How long a client should wait before it comes back. Losing a connection is rare. */
  private static final long RETRY_MS = 500;

  private record Event(long place, String text) {
  }

  private final EventLog log;
  private final long number;
  private final boolean priming;
  private final Condition changed;
  private final Deque<Event> events = new ArrayDeque<>();
  private long last;
  private long connection;
  private int readers;
  private boolean ended;

  EventStream(EventLog log, long number, boolean priming) {
    this.log = log;
    this.number = number;
    this.priming = priming;
    this.changed = log.lock.newCondition();
  }

  /** Whether it is over and nobody is reading the rest. The lock is held. */
  boolean isForgettable() {
    return ended && readers == 0;
  }

  @Override
  public void send(String method, JsonObject params) {
    send(JsonRpc.notification(method, params));
  }

  /** Adds a message, which is kept for as long as the log has room. */
  void send(JsonObject message) {
    String text = message.toString();
    log.lock.lock();
    try {
      if (!ended) {
        events.add(new Event(++last, text));
        log.added(text.length());
        changed.signalAll();
      }
    } finally {
      log.lock.unlock();
    }
  }

  /** Nothing more will be said. */
  void end() {
    log.lock.lock();
    try {
      endQuietly();
      log.ended();
    } finally {
      log.lock.unlock();
    }
  }

  /** The same without forgetting others. The lock is held. */
  void endQuietly() {
    ended = true;
    changed.signalAll();
  }

  /** Drops all events but the last; how many characters that frees. */
  int keepLast() {
    Event newest = events.pollLast();
    int freed = clear();
    if (newest != null) {
      events.add(newest);
    }
    return freed;
  }

  /** Drops everything; how many characters that frees. */
  int clear() {
    int freed = events.stream().mapToInt(event -> event.text().length()).sum();
    events.clear();
    return freed;
  }

  @Override
  public void hangUp() {
    // Only a client that has an event id, and expects this, would come back.
    if (priming) {
      log.lock.lock();
      try {
        connection++;
        changed.signalAll();
      } finally {
        log.lock.unlock();
      }
    }
  }

  /** A new connection, which replaces the one before; {@link #serve} must follow. */
  long connect() {
    log.lock.lock();
    try {
      readers++;
      changed.signalAll();
      return ++connection;
    } finally {
      log.lock.unlock();
    }
  }

  /** The place of the newest event. */
  long last() {
    log.lock.lock();
    try {
      return last;
    } finally {
      log.lock.unlock();
    }
  }

  /** Writes what came after the place, and what comes, until the stream or this connection ends. */
  void serve(Events out, long mine, long after) throws IOException {
    try {
      if (priming) {
        out.retry(RETRY_MS);
        out.send(number + "-" + after, "");
      }
      long place = after;
      while (true) {
        Event next = next(mine, place);
        if (next != null) {
          out.send(number + "-" + next.place(), next.text());
          place = next.place();
        } else if (isOver(mine, place)) {
          return;
        } else {
          out.comment();
        }
      }
    } finally {
      disconnect();
    }
  }

  private void disconnect() {
    log.lock.lock();
    try {
      readers--;
    } finally {
      log.lock.unlock();
    }
  }

  private boolean isOver(long mine, long place) {
    log.lock.lock();
    try {
      return connection != mine || ended && after(place) == null;
    } finally {
      log.lock.unlock();
    }
  }

  /** The next event, or null if there is none within the time, or none any more. */
  private Event next(long mine, long place) throws IOException {
    log.lock.lock();
    try {
      long left = KEEP_ALIVE.toNanos();
      Event next = after(place);
      while (connection == mine && next == null && !ended && left > 0) {
        left = changed.awaitNanos(left);
        next = after(place);
      }
      return connection == mine ? next : null;
    } catch (InterruptedException e) {
      // The server ends its threads.
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      log.lock.unlock();
    }
  }

  private Event after(long place) {
    for (Event event : events) {
      if (event.place() > place) {
        return event;
      }
    }
    return null;
  }
}
