package gatehouse.mcp.legacy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What the streams of one session have said lately, so that a client can come back for what it
 * missed.
 *
 * <p>"Resumability and Redelivery" of the three revisions. An event's id names its stream and its
 * place in it, {@code 3-17}, so that what is replayed is of that stream and no other. The log is
 * bounded: streams that are over go first, then older events; the last one of a stream that is
 * being read stays, which is its result.
 *
 * <p>One lock for the session; nothing is written to a connection while it is held.
 */
final class EventLog {
  /** Streams that are over. A client comes back within seconds, or not at all. */
  private static final int MAX_ENDED = 16;

  /** Characters of all events together: a session may take half a megabyte, not more. */
  private static final int MAX_CHARS = 256 * 1024;

  final ReentrantLock lock = new ReentrantLock();

  private final Map<Long, EventStream> streams = new LinkedHashMap<>();
  private long lastStream;
  private int chars;

  /** A new stream. */
  EventStream open(boolean priming) {
    lock.lock();
    try {
      EventStream stream = new EventStream(this, ++lastStream, priming);
      streams.put(lastStream, stream);
      return stream;
    } finally {
      lock.unlock();
    }
  }

  /** The stream that an event of this id belongs to, or null if it is forgotten. */
  EventStream find(String eventId) {
    lock.lock();
    try {
      return streams.get(number(eventId.substring(0, Math.max(0, eventId.indexOf('-')))));
    } finally {
      lock.unlock();
    }
  }

  /** The place of the event in its stream, or -1 if the id is none of ours. */
  static long place(String eventId) {
    return number(eventId.substring(eventId.indexOf('-') + 1));
  }

  /** An event was added to a stream; makes room. The lock is held. */
  void added(int length) {
    chars += length;
    forget(stream -> chars > MAX_CHARS);
    for (EventStream stream : streams.values()) {
      if (chars > MAX_CHARS) {
        chars -= stream.keepLast();
      }
    }
  }

  /** A stream is over; forgets those that have been for long. The lock is held. */
  void ended() {
    long[] over = {streams.values().stream().filter(EventStream::isForgettable).count()};
    forget(stream -> over[0]-- > MAX_ENDED);
  }

  /** Forgets streams that are over and whose client has gone, the eldest first. */
  private void forget(Predicate<EventStream> which) {
    for (Iterator<EventStream> all = streams.values().iterator(); all.hasNext();) {
      EventStream stream = all.next();
      if (stream.isForgettable() && which.test(stream)) {
        all.remove();
        chars -= stream.clear();
      }
    }
  }

  /** Ends all streams. */
  void close() {
    lock.lock();
    try {
      streams.values().forEach(EventStream::endQuietly);
    } finally {
      lock.unlock();
    }
  }

  private static long number(String text) {
    boolean digits = !text.isEmpty() && text.length() < 18
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(text) : -1;
  }
}
