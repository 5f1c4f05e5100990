package gatehouse.junit;

import gatehouse.http.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What stands in for a person's browser: keeps cookies, sends forms, follows redirects as long as
 * they stay here, and stops at the one that leads back to the client.
 *
 * <p>It speaks the little of HTTP/1.1 that this needs over a socket of its own (RFC 9112), because
 * the JDK's clients keep threads or connections for later, and repeat a request on their own when a
 * connection is dropped; a misfortune that a test has written must not be repaired on the way.
 *
 * <p>Always to loopback, whatever the public URL is: nothing leaves this computer.
 */
final class HeadlessBrowser {
  /** The header by which the server knows it; its value is a secret of the server. */
  static final String HEADER = "Gatehouse-Headless";

  /** Login, consent and back are four; more is a loop. */
  private static final int MAX_REDIRECTS = 10;

  /** Longer than any delay a test can mean; it ends the test instead of hanging it. */
  private static final int TIMEOUT_MILLIS = 60_000;

  /**
   * What the browser shows.
   *
   * @param location where it was sent away from here, or null if it is still here
   */
  record Page(int status, String location, String html) {
  }

  private record Reply(int status, Map<String, String> headers, String body) {
  }

  private final URI issuer;
  private final int port;
  private final String secret;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  HeadlessBrowser(String issuer, int port, String secret) {
    this.issuer = URI.create(issuer);
    this.port = port;
    this.secret = secret;
  }

  /** Opens an address under the issuer. */
  Page open(String url) {
    return follow(send("GET", URI.create(url), null));
  }

  /** Sends a form. */
  Page post(String url, Form form) {
    return follow(send("POST", URI.create(url), form.encoded()));
  }

  private Page follow(Reply first) {
    Reply reply = first;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      String location = reply.headers.get("location");
      if (reply.status / 100 != 3 || location == null) {
        return new Page(reply.status, null, reply.body);
      }
      if (!location.startsWith(issuer + "/")) {
        return new Page(reply.status, location, reply.body);
      }
      reply = send("GET", URI.create(location), null);
    }
    throw new IllegalStateException("redirects without end");
  }

  private Reply send(String method, URI url, String form) {
    StringBuilder head = new StringBuilder(method).append(' ').append(url.getRawPath())
        .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery()).append(" HTTP/1.1\r\n");
    line(head, "Host", issuer.getRawAuthority());
    line(head, "Connection", "close");
    line(head, "Accept", "text/html");
    line(head, HEADER, secret);
    if (!cookies.isEmpty()) {
      StringBuilder pairs = new StringBuilder();
      cookies.forEach((name, value) ->
          pairs.append(pairs.length() == 0 ? "" : "; ").append(name).append('=').append(value));
      line(head, "Cookie", pairs.toString());
    }
    if (form != null) {
      line(head, "Content-Type", "application/x-www-form-urlencoded");
      line(head, "Content-Length", "" + form.length());
    }
    head.append("\r\n").append(form == null ? "" : form);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url.getPath() + " was not answered", e);
    }
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Our pages have a known length and the connection ends after them: the rest is the body. */
  private Reply read(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("the connection was dropped");
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).trim();
      headers.put(name, value);
      if (name.equals("set-cookie")) {
        store(value);
      }
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    return new Reply(status, headers, text.substring(end + 4));
  }

  private void store(String setCookie) {
    int end = setCookie.indexOf(';');
    String pair = end < 0 ? setCookie : setCookie.substring(0, end);
    int equals = pair.indexOf('=');
    if (setCookie.contains("Max-Age=0")) {
      cookies.remove(pair.substring(0, equals));
    } else {
      cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }
}
