package gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Event streams that somebody has opened and on which nothing happens. */
final class Streams implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();

  private Streams() {
  }

  /** Opens {@code subscriptions/listen} so many times; as many as the server allows stay. */
  static Streams open(int port, String token, int count) throws IOException {
    Streams streams = new Streams();
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\",\"params\":"
        + "{\"notifications\":{\"toolsListChanged\":true},"
        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    String request = "POST /mcp HTTP/1.1\r\nHost: localhost:" + port
        + "\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json"
        + "\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28"
        + "\r\nMcp-Method: subscriptions/listen\r\nContent-Length: " + body.length()
        + "\r\n\r\n" + body;
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] status = socket.getInputStream().readNBytes(12);
      if (!new String(status, StandardCharsets.US_ASCII).endsWith("200")) {
        socket.close();
        break;
      }
      streams.sockets.add(socket);
    }
    if (streams.sockets.isEmpty()) {
      throw new IOException("no stream could be opened");
    }
    return streams;
  }

  int count() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
