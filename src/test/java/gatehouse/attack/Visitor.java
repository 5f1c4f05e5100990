package gatehouse.attack;

import gatehouse.support.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody at an address of their own, with a browser that keeps its cookies: on Linux all of
 * 127.0.0.0/8 is this computer.
 */
final class Visitor {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("(?mi)^Set-Cookie: ([^=]+)=([^;\r]*)");

  private final int port;
  private final String address;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Visitor(int port, String address) {
    this.port = port;
    this.address = address;
  }

  /** The address of the nth of many. */
  static String address(int number) {
    return "127.1." + number / 250 + "." + (number % 250 + 1);
  }

  /** Tries a password; the head of the answer. */
  String signIn(String name, String password) throws IOException {
    Matcher csrf = CSRF.matcher(send("GET /login", ""));
    if (!csrf.find()) {
      throw new IOException("no form on the login page");
    }
    return send("POST /login", Parameters.of("csrf", csrf.group(1), "continue", "",
        "username", name, "password", password).encoded());
  }

  /** Tries a password; the status. */
  int attempt(String name, String password) throws IOException {
    return Integer.parseInt(signIn(name, password).substring(9, 12));
  }

  private String send(String line, String form) throws IOException {
    StringBuilder cookie = new StringBuilder("a=b");
    cookies.forEach((name, value) -> cookie.append("; ").append(name).append('=').append(value));
    String request = line + " HTTP/1.1\r\nHost: localhost:" + port
        + "\r\nOrigin: http://localhost:" + port + "\r\nCookie: " + cookie
        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        + form.length() + "\r\nConnection: close\r\n\r\n" + form;
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port,
        InetAddress.getByName(address), 0)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher set = COOKIE.matcher(answer);
      while (set.find()) {
        cookies.put(set.group(1), set.group(2));
      }
      return answer;
    }
  }
}
