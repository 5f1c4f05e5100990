package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Events events = new Events(out);

  @Test
  void writesAnEventAsTwoLines() throws IOException {
    events.send("{\"é\":1}");
    assertEquals("data: {\"é\":1}\n\n", written());
  }

  @Test
  void writesIdRetryAndCommentInTheWordsOfTheStandard() throws IOException {
    events.send("7", "x");
    events.retry(1500);
    events.comment();
    assertEquals("id: 7\ndata: x\n\nretry: 1500\n\n:\n\n", written());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\n\ndata: forged", "\n"})
  void refusesDataThatWouldEndTheEvent(String data) {
    assertThrows(IllegalArgumentException.class, () -> events.send(data));
    assertEquals("", written());
  }

  @Test
  void endsWithTheNextEventOrSignOfLifeOnceItIsNoLongerAllowed() throws IOException {
    boolean[] allowed = {true};
    Events guarded = events.during(() -> allowed[0]);
    guarded.send("one");
    allowed[0] = false;
    assertThrows(IOException.class, guarded::comment);
    allowed[0] = true;
    assertThrows(IOException.class, () -> guarded.send("two"));
    assertEquals("data: one\n\n", written());
    assertFalse(guarded.isOpen());
  }

  @Test
  void staysClosedAfterTheOtherEndHasGone() throws IOException {
    Events broken = new Events(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("gone");
      }
    });
    assertTrue(broken.isOpen());
    assertThrows(IOException.class, broken::comment);
    assertFalse(broken.isOpen());
    assertThrows(IOException.class, () -> broken.send("x"));
  }

  @Test
  void keepsEventsOfManyThreadsApart() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> senders = IntStream.range(0, 8).<Callable<Void>>mapToObj(i -> () -> {
        for (int j = 0; j < 200; j++) {
          events.send(String.valueOf(i).repeat(50));
        }
        return null;
      }).toList();
      for (Future<Void> sender : threads.invokeAll(senders)) {
        sender.get();
      }
    } finally {
      threads.shutdownNow();
    }
    String[] all = written().split("\n\n");
    assertEquals(1_600, all.length);
    for (String event : all) {
      assertTrue(event.matches("data: (\\d)\\1{49}"), event);
    }
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
