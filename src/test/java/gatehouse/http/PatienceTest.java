package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Patience patience = new Patience("test");
  private ServerSocketChannel server;
  private SocketChannel other;
  private SocketChannel ours;

  @BeforeEach
  void connect() throws IOException {
    server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    other = SocketChannel.open(server.getLocalAddress());
    ours = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    patience.close();
    server.close();
    other.close();
    ours.close();
  }

  private void read(Duration most) throws IOException {
    Patience.Wait wait = patience.begin(most);
    try {
      ours.read(ByteBuffer.allocate(10));
    } finally {
      wait.close();
    }
  }

  @Test
  void hangsUpOnWhoSendsNothing() throws IOException {
    assertThrows(ClosedByInterruptException.class, () -> read(Duration.ofMillis(1)));
    assertFalse(Thread.currentThread().isInterrupted(), "what comes next must not be interrupted");
    assertEquals(-1, other.read(ByteBuffer.allocate(10)));
  }

  @Test
  void hangsUpOnWhoReadsNothing() {
    assertThrows(ClosedByInterruptException.class, () -> {
      var out = patience.patiently(Channels.newOutputStream(ours), Duration.ofMillis(1));
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[100_000]);
      }
    });
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void leavesAloneWhoIsQuick() throws IOException {
    for (int i = 0; i < 100; i++) {
      other.write(ByteBuffer.wrap(new byte[1]));
      read(LONG);
    }
    patience.giveUpSlowest();
    assertTrue(ours.isOpen());
  }

  @Test
  void givesUpTheSlowestWhenThreadsRunShort() throws Exception {
    CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
      try {
        read(LONG);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    // Not slow at first: asked until it is.
    while (!slow.isDone()) {
      patience.giveUpSlowest();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(assertThrows(ExecutionException.class, slow::get).getCause().getCause()
        instanceof ClosedByInterruptException);
  }
}
