package gatehouse.store;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that decides about changes, writes them and makes them visible.
 *
 * <pre>
 *   callers   ──change──►  queue  ──all that wait──►  decide │ write, sync │ apply │ answer
 *                                                       ▲                    │
 *                                                       └──── Tables ◄───────┘
 * </pre>
 *
 * <p>While the disk is busy with one batch the next one gathers, so many callers share one sync.
 * Conditions are tested in the order of arrival against the rows in memory and what the batch has
 * decided so far. Memory changes when the disk has it: nobody reads what a crash could take back.
 * If the disk refuses, the whole batch is refused, since each decision may rest on those before
 * it.
 *
 * <p>It is a thread of its own because a thread that is interrupted while it uses a file closes
 * that file for all; threads that handle requests get interrupted, this one does not.
 */
final class GroupCommit implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("gatehouse.store");

  /** A batch that is larger gets no further change; there was still room for the largest. */
  private static final int MAX_BATCH_BYTES =
      JournalRecord.MAX_BODY_BYTES - JournalRecord.MAX_CHANGE_BYTES;

  /** A change that waits for its answer: what was there before, or null; see {@link Table}. */
  private static final class Waiting extends CompletableFuture<Row> {
    private final Change change;
    private final byte[] bytes;
    private Row before;

    private Waiting(Change change, byte[] bytes) {
      this.change = change;
      this.bytes = bytes;
    }
  }

  private record Place(String table, String key) {
  }

  /** Takes the place of a change in the queue and ends the thread. */
  private static final Waiting STOP = new Waiting(null, new byte[0]);

  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Journal journal;
  private final Tables tables;
  private final Clock clock;
  private final Runnable afterwards;
  private final Thread thread = new Thread(this::run, "gatehouse-journal");
  private volatile boolean stopped;

  /**
   * Begins to write. Whoever holds the monitor of the journal is between two batches, when memory
   * and disk say the same.
   *
   * @param afterwards is run after each batch, and must be quick
   */
  GroupCommit(Journal journal, Tables tables, Clock clock, Runnable afterwards) {
    this.journal = journal;
    this.tables = tables;
    this.clock = clock;
    this.afterwards = afterwards;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Makes the change durable and visible if its condition holds; waits for that.
   *
   * @return what was there before, {@link Row#NONE} for nothing; null if the condition did not hold
   */
  Row commit(Change change) {
    Waiting waiting = new Waiting(change,
        JournalRecord.change(change.table(), change.key(), change.fresh()));
    queue.add(waiting);
    if (stopped && queue.remove(waiting)) {
      throw new StoreUnavailable("the store is closed");
    }
    try {
      return waiting.join();
    } catch (CompletionException e) {
      throw new StoreUnavailable(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Answers those who wait, and ends. */
  @Override
  public void close() {
    queue.add(STOP);
    joinPatiently(thread);
  }

  /** Waits for the end of a thread, which is near, and keeps an interruption for later. */
  static void joinPatiently(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    while (!stopped) {
      gather(batch);
      try {
        synchronized (journal) {
          write(batch);
          afterwards.run();
        }
      } catch (IOException e) {
        refuse(batch, new StoreUnavailable("a change could not be written: " + e.getMessage(), e));
      } catch (RuntimeException | Error e) {
        // A bug, or no memory: what is in memory may differ from what is on disk now.
        LOG.log(System.Logger.Level.ERROR, "the store stops; start the process again", e);
        stopped = true;
        refuse(batch, new StoreUnavailable("the store has stopped after an error", e));
      }
      batch.clear();
    }
    for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
      late.completeExceptionally(new StoreUnavailable("the store is closed"));
    }
  }

  /** Waits for a change, and takes all others that wait too. */
  private void gather(List<Waiting> batch) {
    try {
      int bytes = 0;
      for (Waiting next = queue.take(); next != null;
          next = bytes < MAX_BATCH_BYTES ? queue.poll() : null) {
        if (next == STOP) {
          stopped = true;
          return;
        }
        batch.add(next);
        bytes += next.bytes.length;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void write(List<Waiting> batch) throws IOException {
    long now = clock.millis();
    Map<Place, Row> decided = new HashMap<>();
    List<byte[]> changes = new ArrayList<>(batch.size());
    for (Waiting waiting : batch) {
      Change change = waiting.change;
      Place place = new Place(change.table(), change.key());
      Row row = decided.containsKey(place) ? decided.get(place)
          : tables.get(change.table(), change.key());
      row = row != null && row.lives(now) ? row : null;
      if (change.condition().test(row)) {
        waiting.before = row == null ? Row.NONE : row;
        decided.put(place, change.fresh());
        changes.add(waiting.bytes);
      }
    }
    if (!changes.isEmpty()) {
      journal.append(JournalRecord.of(changes));
      decided.forEach((place, row) -> tables.set(place.table, place.key, row));
    }
    batch.forEach(waiting -> waiting.complete(waiting.before));
  }

  private static void refuse(List<Waiting> batch, StoreUnavailable why) {
    batch.forEach(waiting -> waiting.completeExceptionally(why));
  }
}
