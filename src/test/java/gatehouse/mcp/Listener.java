package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Events;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The reading end of an event stream: serves it on a thread of its own, and waits for events. */
public final class Listener {
  private static final long PATIENCE_SECONDS = 10;

  /** An event as it came, without its empty line. */
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean gone;

  private final OutputStream socket = new OutputStream() {
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (gone) {
        throw new IOException("the other end has gone");
      }
      event.write(bytes, from, length);
      if (bytes[from + length - 1] == '\n') {
        String text = event.toString(StandardCharsets.UTF_8);
        if (text.endsWith("\n\n")) {
          events.add(text.strip());
          event.reset();
        }
      }
    }
  };

  private Listener(Response response) {
    assertEquals(200, response.status());
    assertNotNull(response.stream(), () -> "not a stream: "
        + new String(response.body(), StandardCharsets.UTF_8));
    assertEquals("text/event-stream", response.header("Content-Type"));
    Thread server = new Thread(() -> {
      try {
        response.stream().run(new Events(socket));
      } catch (IOException e) {
        // As the HTTP server does: nobody is left to tell.
      } finally {
        ended.countDown();
      }
    });
    server.setDaemon(true);
    server.start();
  }

  public static Listener to(Response response) {
    return new Listener(response);
  }

  /** The next event, comments passed over. */
  public String event() throws InterruptedException {
    String event;
    do {
      event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(event, "nothing came");
    } while (event.startsWith(":"));
    return event;
  }

  /** The message in the next event that has one. */
  public JsonObject message() throws InterruptedException {
    while (true) {
      String event = event();
      int data = event.indexOf("data: ");
      if (data >= 0 && event.length() > data + 6) {
        return Fields.readObject(event.substring(data + 6)).json();
      }
    }
  }

  /** Asserts that the stream ends, with nothing more in it. */
  public void end() throws InterruptedException {
    assertTrue(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the stream did not end");
    events.removeIf(event -> event.startsWith(":"));
    assertTrue(events.isEmpty(), events::toString);
  }

  /** Closes the connection, which the server notices when it writes. */
  public void hangUp() {
    gone = true;
  }

  /** A path of names into an object, as text. */
  public static String at(JsonObject json, String... path) {
    JsonObject inner = json;
    for (int i = 0; i < path.length - 1; i++) {
      inner = inner.get(path[i]).asObject();
    }
    var value = inner.get(path[path.length - 1]);
    return value == null ? null : value.isString() ? value.asString() : value.toString();
  }
}
