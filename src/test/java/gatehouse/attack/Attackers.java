package gatehouse.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Those who attack a server on this computer, in many ways and from many addresses of 127.0.0.0/8:
 * a program of its own, which prints a line when it is in place and ends with its input.
 *
 * <p>Arguments: the way, the port, and how many connections or threads.
 */
final class Attackers {
  /** Spreads them over so many addresses, none of them the honest client's. */
  private static final int ADDRESSES = 100;

  private final int port;
  private final int count;
  private final Random random = new Random();

  private Attackers(int port, int count) {
    this.port = port;
    this.count = count;
  }

  public static void main(String[] arguments) throws Exception {
    Attackers attackers =
        new Attackers(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    Thread attack = new Thread(() -> {
      try {
        attackers.attack(arguments[0]);
      } catch (IOException | InterruptedException e) {
        System.out.println("failed: " + e);
      }
    });
    attack.setDaemon(true);
    attack.start();
    System.in.read();
    System.exit(0);
  }

  private void attack(String way) throws IOException, InterruptedException {
    switch (way) {
      case "slow-headers" -> drip("GET /jwks HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      case "slow-bodies" -> drip("POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
          + "application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n");
      case "slow-mcp-bodies" -> drip("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
          + "application/json\r\nContent-Length: 4000000\r\n\r\n");
      case "slow-readers" -> neverRead();
      case "idle" -> {
        connect();
        ready();
        Thread.sleep(Long.MAX_VALUE);
      }
      default -> flood(way);
    }
  }

  private static void ready() {
    System.out.println("in place");
  }

  private InetSocketAddress from() {
    return new InetSocketAddress("127.0.0." + (2 + random.nextInt(ADDRESSES)), 0);
  }

  private List<SocketChannel> connect() throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.bind(from());
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.configureBlocking(false);
      channels.add(channel);
    }
    return channels;
  }

  /** A beginning, and then a byte a second; who is thrown out comes back. */
  private void drip(String beginning) throws IOException, InterruptedException {
    List<SocketChannel> channels = connect();
    for (SocketChannel channel : channels) {
      channel.write(bytes(beginning));
    }
    ready();
    while (true) {
      Thread.sleep(1_000);
      for (int i = 0; i < channels.size(); i++) {
        try {
          channels.get(i).write(bytes("a"));
        } catch (IOException e) {
          SocketChannel channel = SocketChannel.open();
          channel.bind(from());
          channel.connect(new InetSocketAddress("127.0.0.1", port));
          channel.configureBlocking(false);
          channel.write(bytes(beginning));
          channels.set(i, channel);
        }
      }
    }
  }

  /** Asks and asks, and reads nothing of what is answered. */
  private void neverRead() throws IOException, InterruptedException {
    ByteBuffer requests = bytes("GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200));
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.bind(from());
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.configureBlocking(false);
      channels.add(channel);
    }
    for (int round = 0; round < 20; round++) {
      for (SocketChannel channel : channels) {
        try {
          channel.write(requests.duplicate());
        } catch (IOException e) {
          // Thrown out, as it should be.
        }
      }
      if (round == 5) {
        ready();
      }
      Thread.sleep(500);
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  /** One request after the other, from as many threads. */
  private void flood(String way) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> {
        while (true) {
          try {
            one(way);
          } catch (IOException e) {
            // Refused in some way.
          }
        }
      });
      thread.setDaemon(true);
      thread.start();
    }
    ready();
    while (true) {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void one(String way) throws IOException {
    String noise = Long.toHexString(random.nextLong());
    switch (way) {
      case "registrations" -> send("POST", "/register", "application/json",
          "{\"client_name\":\"" + noise + "\",\"redirect_uris\":[\"http://localhost/" + noise
              + "\"],\"token_endpoint_auth_method\":\"none\"}");
      case "logins" -> {
        String page = send("GET", "/login", null, "");
        String csrf = between(page, "name=\"csrf\" value=\"", "\"");
        String cookie = between(page, "gatehouse_browser", ";");
        send("POST", "/login", "application/x-www-form-urlencoded\r\nCookie: gatehouse_browser"
            + cookie, "csrf=" + csrf + "&username=alice&password=" + noise);
      }
      case "unknown-clients" -> send("GET", "/authorize?response_type=code&client_id=" + noise
          + "&redirect_uri=http://localhost/cb", null, "");
      case "garbage" -> {
        send("POST", "/register", "application/json", "[".repeat(60_000));
        send("POST", "/mcp", "application/json", "{\"a\":".repeat(10_000));
        send("POST", "/token", "application/x-www-form-urlencoded", "%".repeat(60_000));
      }
      case "oversized" -> {
        switch (random.nextInt(4)) {
          case 0 -> send("POST", "/mcp", "application/json", " ".repeat(4_000_000));
          case 1 -> send("POST", "/register", "application/json", " ".repeat(200_000));
          case 2 -> send("GET", "/" + "a".repeat(60_000), null, "");
          default -> send("GET", "/jwks", "text/plain\r\nX-Large: " + "a".repeat(100_000), "");
        }
      }
      default -> throw new IllegalArgumentException(way);
    }
  }

  private String send(String method, String target, String type, String body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(from());
      socket.setSoTimeout(15_000);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket.getOutputStream().write((method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
          + (type == null ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: "
          + body.length() + "\r\nConnection: close\r\n\r\n" + body)
          .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before);
    int from = start + before.length();
    int end = start < 0 ? -1 : text.indexOf(after, from);
    return end < 0 ? "" : text.substring(from, end);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
