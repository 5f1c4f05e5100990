package gatehouse.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Whether a request still has somebody who waits for it, and the way to tell its handler.
 *
 * <p>2026-07-28, "Cancellation": closing the connection is the signal; sessions have {@code
 * notifications/cancelled}, tasks have {@code tasks/cancel}; and time runs out for everyone
 * (basic, "Timeouts"). All come to the same: the handler's thread is interrupted and its callbacks
 * run.
 *
 * <p>It forces nothing: a handler that ignores interrupts costs its thread, and nobody else's.
 */
public final class Cancellation {
  private enum Reason { CANCELLED, EXPIRED }

  private final Deadlines deadlines;
  private final Duration limit;

  // Held for a few instructions only, never while something is waited for.
  private final Object lock = new Object();
  private final List<Runnable> callbacks = new ArrayList<>();
  private Thread worker;
  private Reason reason;
  private Future<?> alarm;

  /** For work that may take as long as the limit. */
  Cancellation(Deadlines deadlines, Duration limit) {
    this.deadlines = deadlines;
    this.limit = limit;
  }

  /** Runs work on this thread, which may be interrupted until the work is done. */
  <T> T during(Callable<T> work) throws Exception {
    Future<?> mine = deadlines.after(limit, this::expire);
    synchronized (lock) {
      alarm = mine;
      worker = Thread.currentThread();
      if (reason != null) {
        worker.interrupt();
      }
    }
    try {
      return work.call();
    } finally {
      synchronized (lock) {
        alarm.cancel(false);
        worker = null;
        // What is done needs no undoing, even if the connection closes a moment later.
        callbacks.clear();
        // The thread goes back to a pool, where an interrupt would hit somebody else.
        Thread.interrupted();
      }
    }
  }

  /** Something that waits for somebody else. */
  interface Wait<T> {
    T join() throws InterruptedException;
  }

  /** Waits for somebody else within {@link #during}: that time is not the handler's. */
  <T> T waiting(Wait<T> wait) throws InterruptedException {
    synchronized (lock) {
      alarm.cancel(false);
    }
    try {
      return wait.join();
    } finally {
      synchronized (lock) {
        alarm = deadlines.after(limit, this::expire);
      }
    }
  }

  /** The one who asked does not want it any more. */
  public void cancel() {
    end(Reason.CANCELLED);
  }

  private void expire() {
    end(Reason.EXPIRED);
  }

  private void end(Reason why) {
    List<Runnable> due;
    synchronized (lock) {
      if (reason != null) {
        return;
      }
      reason = why;
      due = List.copyOf(callbacks);
      callbacks.clear();
    }
    // Before the interruption: one of them ends the stream, to which a handler that was interrupted
    // would still give its result.
    due.forEach(Cancellation::call);
    synchronized (lock) {
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  /** Calls back once the request is over before its time; at once if it already is. */
  public void onCancel(Runnable callback) {
    synchronized (lock) {
      if (reason == null) {
        callbacks.add(callback);
        return;
      }
    }
    call(callback);
  }

  private static void call(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      Faults.logged("a cancellation callback failed", TraceContext.NONE, e);
    }
  }

  /** Whether to stop, whatever the reason. */
  public boolean isCancelled() {
    synchronized (lock) {
      return reason != null;
    }
  }

  /** Whether to stop because time ran out: then there is still somebody to tell. */
  public boolean isExpired() {
    synchronized (lock) {
      return reason == Reason.EXPIRED;
    }
  }
}
