package gatehouse.bench;

import com.sun.net.httpserver.HttpServer;
import gatehouse.Gatehouse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/**
 * A program that starts and stops servers: for each a line with the milliseconds until it had
 * started, until it had answered, and that stopping took. Arguments: {@code bare}, {@code
 * gatehouse} or {@code shared-key}, how many.
 */
final class EmbeddedProbe {
  private EmbeddedProbe() {
  }

  public static void main(String[] arguments) throws Exception {
    KeyPair shared = arguments[0].equals("shared-key")
        ? KeyPairGenerator.getInstance("RSA").generateKeyPair() : null;
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      long begin = System.nanoTime();
      long started;
      long answered;
      if (arguments[0].equals("bare")) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = BareServer.start(0, new byte[100], 0, () -> { });
        started = System.nanoTime();
        get(server.getAddress().getPort());
        answered = System.nanoTime();
        server.stop(0);
      } else {
        Gatehouse.Builder builder = Gatehouse.builder().port(0).demo();
        Gatehouse server = (shared == null ? builder : builder.testKeys(() -> shared)).start();
        started = System.nanoTime();
        get(server.port());
        answered = System.nanoTime();
        server.close();
      }
      System.out.println((started - begin) / 1e6 + " " + (answered - begin) / 1e6 + " "
          + (System.nanoTime() - answered) / 1e6);
    }
    System.exit(0);
  }

  private static void get(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(("GET /.well-known/oauth-authorization-server HTTP/1.1\r\n"
          + "Host: localhost:" + port + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = Generator.answer(new BufferedInputStream(socket.getInputStream()));
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(answer);
      }
    }
  }
}
