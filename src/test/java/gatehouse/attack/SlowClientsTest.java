package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Connections that begin and do not go on, many of them: an honest client walks its whole way past
 * them. How long that takes, {@link Siege} measures.
 */
@DisplayName("Connections that do not go on")
class SlowClientsTest {
  private static final int MANY = 300;

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  private final List<RawSocket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawSocket socket : sockets) {
      socket.close();
    }
  }

  private void connect(int count, String beginning) throws IOException {
    for (int i = 0; i < count; i++) {
      RawSocket socket = RawSocket.to(server.port());
      sockets.add(socket);
      if (!beginning.isEmpty()) {
        socket.send(beginning);
      }
    }
  }

  private void assertServes() {
    OAuthClient client = server.newClient();
    assertTrue(client.isAccepted(client.refresh(client.connect(Person.ALICE))));
  }

  @Test
  @DisplayName("in the middle of a head")
  void slowHeads() throws IOException {
    connect(MANY, "GET /jwks HTTP/1.1\r\nHost: loc");
    assertServes();
  }

  @Test
  @DisplayName("in the middle of a body, small or large")
  void slowBodies() throws IOException {
    connect(MANY, "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        + "application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b");
    connect(MANY, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: 4000000\r\n\r\n{");
    assertServes();
  }

  @Test
  @DisplayName("before they have said anything")
  void idle() throws IOException {
    connect(1_000, "");
    assertServes();
  }

  @Test
  @DisplayName("to read what they have asked for")
  void slowReaders() throws IOException {
    connect(50, "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(300));
    assertServes();
    Http.get(server.url("/health")).expect(200);
  }
}
