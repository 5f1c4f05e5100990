package gatehouse.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a thread of ours waits on the other end of a connection: until a head is complete, a
 * body has arrived, an answer has been taken. Whoever needs longer is hung up on; and so is, when
 * threads run short, whoever has kept one waiting for longest. That is the attacker who sends a
 * byte a second or reads nothing (Slowloris), and not the client that was only just accepted.
 *
 * <p>The JDK's server does not let us at its connections. But they are interruptible channels: a
 * thread that is interrupted while it reads or writes finds its connection closed, and nothing
 * else. So every wait is announced here, with its thread, and is over before anything else runs on
 * it.
 *
 * <p>A connection at rest waits on nobody: no thread is at it.
 */
final class Patience implements AutoCloseable {
  /** How often the waits are looked through. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Who has not waited for so long is not slow, however short of threads we are. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Wait> heads = new ThreadLocal<>();
  private final Thread watcher;
  private volatile boolean closed;

  Patience(String name) {
    watcher = new Thread(this::watch, name + "-patience");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** A wait of this thread; to be closed by it. */
  final class Wait implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();
    private final long most;
    private boolean over;

    private Wait(Duration most) {
      this.most = most.toNanos();
    }

    private synchronized void giveUp() {
      if (!over) {
        thread.interrupt();
      }
    }

    /** It is over, and what comes next on this thread is not to be interrupted. */
    @Override
    public void close() {
      if (waits.remove(this)) {
        synchronized (this) {
          over = true;
        }
        Thread.interrupted();
      }
    }
  }

  /** Runs what reads a head first, then handles the request. */
  void forHead(Runnable task) {
    Wait wait = begin(Limits.HEAD_TIME);
    heads.set(wait);
    try {
      task.run();
    } finally {
      wait.close();
    }
  }

  /** The head that this thread was waiting for has arrived. */
  void headIsComplete() {
    heads.get().close();
  }

  /** This thread is about to wait on the other end, for so long at most. */
  Wait begin(Duration most) {
    Wait wait = new Wait(most);
    waits.add(wait);
    return wait;
  }

  /** The stream, with a wait around everything that is written to it. */
  OutputStream patiently(OutputStream out, Duration most) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        Wait wait = begin(most);
        try {
          out.write(bytes, from, length);
        } finally {
          wait.close();
        }
      }

      @Override
      public void flush() throws IOException {
        Wait wait = begin(most);
        try {
          out.flush();
        } finally {
          wait.close();
        }
      }
    };
  }

  /** Hangs up on whoever has kept a thread for longest, if it is long. */
  void giveUpSlowest() {
    Wait slowest = null;
    for (Wait wait : waits) {
      slowest = slowest == null || wait.since - slowest.since < 0 ? wait : slowest;
    }
    if (slowest != null && System.nanoTime() - slowest.since > SLOW_NANOS) {
      slowest.giveUp();
    }
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      long now = System.nanoTime();
      for (Wait wait : waits) {
        if (now - wait.since > wait.most) {
          wait.giveUp();
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watcher);
  }
}
