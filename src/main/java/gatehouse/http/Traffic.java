package gatehouse.http;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What a {@link Server} has answered: how often by route and status, how fast by route, and what is
 * under way. Routes are those of the map, never the paths of requests: nobody can make up new ones.
 */
public final class Traffic {
  /** The route of a request that has none. */
  static final String NOWHERE = "none";

  /** What was answered on one route. */
  public static final class Answers {
    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final Histogram times = new Histogram();

    /** How often with which status. */
    public Map<Integer, LongAdder> byStatus() {
      return byStatus;
    }

    /** From the head of a request to the head of its answer. */
    public Histogram times() {
      return times;
    }
  }

  final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  volatile IntSupplier queue = () -> 0;
  private final Map<String, Answers> byRoute = new ConcurrentHashMap<>();

  void answered(String route, int status, long nanos) {
    Answers answers = byRoute.get(route);
    if (answers == null) {
      answers = byRoute.computeIfAbsent(route, r -> new Answers());
    }
    answers.byStatus.computeIfAbsent(status, s -> new LongAdder()).increment();
    answers.times.add(nanos);
  }

  void stream(Response.Stream stream, Events events) throws IOException {
    streams.incrementAndGet();
    try {
      stream.run(events);
    } finally {
      streams.decrementAndGet();
    }
  }

  /** What was answered so far, by route. */
  public Map<String, Answers> byRoute() {
    return byRoute;
  }

  /** Requests that have come and are not answered yet, streams included. */
  public int underWay() {
    return underWay.get();
  }

  /** Requests that wait for a thread. */
  public int queued() {
    return queue.getAsInt();
  }

  /** Event streams that are open. */
  public int streams() {
    return streams.get();
  }
}
