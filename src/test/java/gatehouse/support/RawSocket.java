package gatehouse.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A bare connection, for requests that no decent client would send. Text is Latin-1: one byte. */
public final class RawSocket implements AutoCloseable {
  /** Nothing on loopback takes longer; it fails the test instead of hanging it. */
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;

  private RawSocket(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a port of this computer. */
  public static RawSocket to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawSocket(socket);
  }

  /** Sends the lines of a head, each with its line end, and the empty line after them. */
  public RawSocket sendHead(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  public RawSocket send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more will come, and goes on listening. */
  public RawSocket finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** One answer: its head, and its body if {@code Content-Length} tells how long that is. */
  public String readAnswer() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head;
      }
      answer.write(next);
      head = answer.toString(StandardCharsets.ISO_8859_1);
    }
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        answer.write(in.readNBytes(Integer.parseInt(line.substring(15).trim())));
      }
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  /** Everything until the server closes the connection. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
