package gatehouse.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The writing end of an event stream (WHATWG HTML §9.2).
 *
 * <p>Any thread may send; events do not interleave. Each is flushed at once. The JDK's server does
 * not say when the other end hangs up: it shows when writing fails, so whoever holds a stream open
 * sends a {@link #comment} from time to time. After the first failure every further call fails.
 */
public final class Events {
  private final OutputStream out;
  // Not synchronized: a virtual thread that waits for a monitor pins its carrier before JDK 24.
  private final ReentrantLock lock = new ReentrantLock();
  private final BooleanSupplier allowed;
  private volatile boolean open = true;

  /** Events to a stream. */
  public Events(OutputStream out) {
    this(out, () -> true);
  }

  private Events(OutputStream out, BooleanSupplier allowed) {
    this.out = out;
    this.allowed = allowed;
  }

  /**
   * The same stream as long as something holds; afterwards writing fails, as if the other end had
   * hung up. It is asked before every event.
   */
  public Events during(BooleanSupplier holds) {
    return new Events(out, holds);
  }

  /** Sends an event. A line break in the data would end it; JSON texts have none. */
  public void send(String data) throws IOException {
    send(null, data);
  }

  /** Sends an event with an id, to which a client can return; without one if the id is null. */
  public void send(String id, String data) throws IOException {
    if (data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("an event's data has a line break");
    }
    write((id == null ? "" : "id: " + id + "\n") + "data: " + data + "\n\n");
  }

  /** Tells the client how long to wait before it connects again. */
  public void retry(long milliseconds) throws IOException {
    write("retry: " + milliseconds + "\n\n");
  }

  /** Sends a line that means nothing, to keep the connection open and to learn whether it is. */
  public void comment() throws IOException {
    write(":\n\n");
  }

  /** Whether everything sent so far could be written. */
  public boolean isOpen() {
    return open;
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (!open || !allowed.getAsBoolean()) {
        throw new IOException("the stream is closed");
      }
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      open = false;
      throw e;
    } finally {
      lock.unlock();
    }
  }
}
