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
 *                   │   └─ queue stuck? ──► waiting threads, until the pool moves again
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
  private volatile boolean asleep = true;
  private volatile boolean stuck;
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
  }

  /** Runs a task that is expected to end at once. */
  void runShort(Runnable task) {
    if (stuck) {
      try {
        waiting.execute(task);
        return;
      } catch (RejectedExecutionException e) {
        // Every thread waits on somebody: it has to queue.
        onShortage.run();
      }
    }
    shortPool.execute(task);
    // Woken once per burst: a call of the kernel for each task would be a tenth of its cost.
    if (asleep && !shortPool.getQueue().isEmpty()) {
      asleep = false;
      wakeWatcher();
    }
  }

  /** The first queue starts it: most servers of a program of tests never have one. */
  private synchronized void wakeWatcher() {
    if (watcher.getState() == Thread.State.NEW && !closed) {
      watcher.start();
    } else {
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

  /** How many short tasks wait for their turn. */
  int queued() {
    return shortPool.getQueue().size();
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
      if (!stuck && shortPool.getQueue().isEmpty()) {
        asleep = true;
        if (shortPool.getQueue().isEmpty()) {
          LockSupport.park(this);
        }
        asleep = false;
        continue;
      }
      long before = shortPool.getCompletedTaskCount();
      sleep();
      stuck = shortPool.getCompletedTaskCount() == before
          && shortPool.getActiveCount() == SHORT_THREADS;
      for (Runnable task; stuck && (task = shortPool.getQueue().poll()) != null;) {
        move(task);
      }
    }
  }

  /** The whole time, even if somebody unparks this thread meanwhile. */
  private void sleep() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS);
    for (long left; !closed && (left = end - System.nanoTime()) > 0;) {
      LockSupport.parkNanos(this, left);
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
