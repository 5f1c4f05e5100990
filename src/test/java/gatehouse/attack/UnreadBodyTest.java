package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.GatehouseServer;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import gatehouse.support.Tokens;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stranger's body of megabytes costs us nothing: the guard answers by the head alone. */
@DisplayName("A body that nobody wants to read")
class UnreadBodyTest {
  private static final int LARGE = 4_000_000;

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static RawSocket post(String authorization, int length) throws IOException {
    return RawSocket.to(server.port()).sendHead("POST /mcp HTTP/1.1", "Host: localhost",
        "Content-Type: application/json", "Accept: application/json, text/event-stream",
        authorization, "Content-Length: " + length);
  }

  @Test
  @DisplayName("is not waited for: who has no token, or a wrong one, is told at once")
  void answeredByTheHead() throws IOException {
    for (String authorization : new String[] {"X-None: 1", "Authorization: Bearer wrong",
        "Authorization: Basic eDp5"}) {
      try (RawSocket socket = post(authorization, LARGE)) {
        String answer = socket.readAnswer();
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.toLowerCase().contains("www-authenticate: bearer"), answer);
      }
    }
  }

  @Test
  @DisplayName("is read over when it comes, and the connection goes on")
  void connectionGoesOn() throws IOException {
    try (RawSocket socket = post("X-None: 1", LARGE)) {
      assertTrue(socket.readAnswer().startsWith("HTTP/1.1 401 "));
      socket.send(" ".repeat(LARGE));
      socket.sendHead("GET /health HTTP/1.1", "Host: localhost");
      assertTrue(socket.readAnswer().startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  @DisplayName("ends the connection if it is broken: its rest is no request")
  void brokenBodyEndsTheConnection() throws IOException {
    try (RawSocket socket = RawSocket.to(server.port()).sendHead("POST /token HTTP/1.1",
        "Host: localhost", "Transfer-Encoding: chunked")) {
      socket.send("no-length\r\n0\r\n\r\n");
      String answer = socket.readAnswer().toLowerCase();
      assertTrue(answer.startsWith("http/1.1 408 ") && answer.contains("connection: close"),
          answer);
    }
  }

  @Test
  @DisplayName("does not keep a client that sends all of it at once from its answer")
  void answeredAfterAll() throws IOException {
    try (RawSocket socket = post("X-None: 1", LARGE)) {
      socket.send(" ".repeat(LARGE));
      assertTrue(socket.readAnswer().startsWith("HTTP/1.1 401 "));
    }
  }

  @Test
  @DisplayName("is read from whoever may call, up to its limit")
  void readWithAToken() throws IOException {
    Tokens tokens = server.newClient().connect(Person.ALICE);
    String authorization = "Authorization: Bearer " + tokens.access();
    try (RawSocket socket = post(authorization, LARGE)) {
      socket.send(" ".repeat(LARGE));
      assertTrue(socket.readAnswer().startsWith("HTTP/1.1 400 "));
    }
    try (RawSocket socket = post(authorization, 5_000_000)) {
      String answer = socket.readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }
  }
}
