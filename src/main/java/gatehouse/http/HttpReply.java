package gatehouse.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One GET over one connection, and its reply (RFC 9112): status line, headers, and a body by
 * length, in chunks, or until the end.
 *
 * <p>Every part is bounded; who sends more is not read further.
 */
record HttpReply(int status, Map<String, String> headers, byte[] body) {
  /** All of status line and headers; what servers send is a tenth of it. */
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  /** The header's value, or null. */
  String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** Sends the request and reads the reply. */
  static HttpReply get(Socket socket, URI uri, int maxBody) throws IOException {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    String host = uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
    socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: " + host
        + "\r\nAccept: application/json\r\nUser-Agent: Gatehouse\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    int[] left = {MAX_HEAD_BYTES};
    String statusLine = line(in, left);
    Map<String, String> headers = new HashMap<>();
    for (String line; !(line = line(in, left)).isEmpty();) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    return new HttpReply(status(statusLine), headers, body(in, headers, maxBody, left));
  }

  private static int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new Fetch.Failed("its server does not speak HTTP");
    }
    try {
      return Integer.parseInt(line.substring(9, 12));
    } catch (NumberFormatException e) {
      throw new Fetch.Failed("its server does not speak HTTP");
    }
  }

  private static byte[] body(InputStream in, Map<String, String> headers, int most, int[] left)
      throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks(in, most, left);
    }
    byte[] body = in.readNBytes(length(headers, most));
    if (body.length > most) {
      throw tooLarge(most);
    }
    return body;
  }

  /** How much to read: what is declared, or one more than allowed to see whether there is more. */
  private static int length(Map<String, String> headers, int most) throws IOException {
    String declared = headers.get("content-length");
    if (declared == null) {
      return most + 1;
    }
    try {
      long length = Long.parseLong(declared);
      if (length > most) {
        throw tooLarge(most);
      }
      return (int) Math.max(0, length);
    } catch (NumberFormatException e) {
      throw new Fetch.Failed("its server does not speak HTTP");
    }
  }

  private static byte[] chunks(InputStream in, int most, int[] left) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = line(in, left);
      int semicolon = line.indexOf(';');
      int size;
      try {
        size = Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
      } catch (NumberFormatException e) {
        throw new Fetch.Failed("its server does not speak HTTP");
      }
      if (size == 0) {
        return body.toByteArray();
      }
      if (size < 0 || size > most - body.size()) {
        throw tooLarge(most);
      }
      body.write(in.readNBytes(size));
      line(in, left);
    }
  }

  private static String line(InputStream in, int[] left) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b; (b = in.read()) != '\n';) {
      if (b < 0 || --left[0] < 0) {
        throw new Fetch.Failed("its server does not speak HTTP");
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static Fetch.Failed tooLarge(int most) {
    return new Fetch.Failed("it is larger than " + most + " bytes");
  }
}
