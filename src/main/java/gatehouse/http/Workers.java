package gatehouse.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a server: a few for exchanges that end at once, and as many as needed for whatever
 * may wait.
 *
 * <p>A small fixed pool answers short exchanges fastest; a thread for each costs a quarter of the
 * throughput. But reading a request can wait as well, on a client that sends a byte a second, and
 * four such clients would stop everybody. So a watcher looks after the pool: when its queue has not
 * moved for {@value #STUCK_MILLIS} ms, what is queued goes to threads of its own.
 *
 * <pre>
 *   dispatcher ──► short pool ──────► handler answers at once
 *                   │   └─ queue stuck? ──► waiting threads
 *                   └─ route MAY_WAIT ───► waiting threads ──► handler hashes, fetches, streams
 * </pre>
 *
 * <p>Waiting threads are virtual on JDK 21 and later, and a bounded pool before.
 */
final class Workers implements AutoCloseable {
  /** Enough to keep two to eight cores busy with exchanges that never block. */
  private static final int SHORT_THREADS =
      Math.max(4, Runtime.getRuntime().availableProcessors());

  /** A short exchange takes well under a millisecond; nobody notices this much more. */
  private static final long STUCK_MILLIS = 20;

  /** Only before JDK 21: platform threads for streams and waiting handlers; 1 MB of stack each. */
  private static final int MAX_WAITING_THREADS = 2_000;

  private final ThreadPoolExecutor shortPool;
  private final ExecutorService waiting;
  private final Thread watcher;
  private final Runnable onShortage;
  private volatile boolean closed;

  /**
   * The threads.
   *
   * @param onShortage makes room when every thread waits
   */
  Workers(String name, Runnable onShortage) {
    this.onShortage = onShortage;
    shortPool = new ThreadPoolExecutor(SHORT_THREADS, SHORT_THREADS, 0, TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(), daemons(name + "-short-"));
    waiting = waitingThreads(name + "-wait-");
    watcher = new Thread(this::watch, name + "-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Runs a task that is expected to end at once. */
  void runShort(Runnable task) {
    shortPool.execute(task);
    if (!shortPool.getQueue().isEmpty()) {
      LockSupport.unpark(watcher);
    }
  }

  /**
   * Runs a task that may wait.
   *
   * @throws RejectedExecutionException if there are no more threads
   */
  void runWaiting(Runnable task) {
    try {
      waiting.execute(task);
    } catch (RejectedExecutionException e) {
      onShortage.run();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
    shortPool.shutdownNow();
    waiting.shutdownNow();
  }

  /** Sleeps while the queue is empty, and moves its tasks on when it stands still. */
  private void watch() {
    while (!closed) {
      if (shortPool.getQueue().isEmpty()) {
        LockSupport.park(this);
        continue;
      }
      long before = shortPool.getCompletedTaskCount();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS));
      if (shortPool.getCompletedTaskCount() == before) {
        for (Runnable task; (task = shortPool.getQueue().poll()) != null;) {
          move(task);
        }
      }
    }
  }

  private void move(Runnable task) {
    try {
      waiting.execute(task);
    } catch (RejectedExecutionException e) {
      // Every thread waits on somebody. The task keeps its turn in the queue.
      onShortage.run();
      shortPool.getQueue().offer(task);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS));
    }
  }

  private static ExecutorService waitingThreads(String name) {
    try {
      // JDK 21, by name because the source is of 17.
      return (ExecutorService) Executors.class
          .getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return new ThreadPoolExecutor(0, MAX_WAITING_THREADS, 10, TimeUnit.SECONDS,
          new SynchronousQueue<>(), daemons(name));
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
