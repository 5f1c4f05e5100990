package gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What a connection asks again and again: one request, or two that pass a value on, such as a code
 * from the redirect into the token request.
 *
 * <p>As a file it is five blocks between lines of {@code ----}: the request that needs no value, the
 * one that needs one as <code>{value}</code> in its body, the marks left and right of a value in an
 * answer, and the values to begin with. {@code load.lua} and {@link Generator} read it.
 *
 * @param plain method and path, headers, an empty line, body; empty if there is none
 * @param valued the same with <code>{value}</code> in the body; empty if there is none
 */
record Scenario(String plain, String valued, String left, String right, List<String> values) {
  private static final String BETWEEN = "\n----\n";

  /** The same request every time. */
  static Scenario same(String request) {
    return new Scenario(request, "", "", "", List.of());
  }

  /** A request in the form of the file; headers as name, value, name, value. */
  static String request(String methodAndPath, String body, String... headers) {
    StringBuilder out = new StringBuilder(methodAndPath);
    for (int i = 0; i < headers.length; i += 2) {
      out.append('\n').append(headers[i]).append(": ").append(headers[i + 1]);
    }
    return out.append("\n\n").append(body).toString();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, String.join(BETWEEN, plain, valued, left, right,
        String.join("\n", values)));
  }

  static Scenario read(Path file) throws IOException {
    String[] blocks = Files.readString(file).split(BETWEEN, -1);
    return new Scenario(blocks[0], blocks[1], blocks[2], blocks[3],
        blocks[4].isEmpty() ? List.of() : Arrays.asList(blocks[4].split("\n")));
  }

  /** One run of it, shared by the connections of a generator. */
  final class Run {
    private final Deque<String> ready = new ArrayDeque<>(values);

    /** The next request, as it goes over the wire. */
    synchronized String next(String host) {
      String value = ready.poll();
      String block = value == null && !plain.isEmpty() ? plain
          : valued.replace("{value}", value == null ? "none-left" : value);
      int end = block.indexOf("\n\n");
      String body = block.substring(end + 2);
      return block.substring(0, end).replaceFirst("\n|$", " HTTP/1.1\nHost: " + host + "\n")
          .stripTrailing().replace("\n", "\r\n") + "\r\nContent-Length: " + body.length()
          + "\r\n\r\n" + body;
    }

    synchronized void answered(String answer) {
      int from = left.isEmpty() ? -1 : answer.indexOf(left);
      if (from >= 0) {
        ready.add(answer.substring(from + left.length(),
            answer.indexOf(right, from + left.length())));
      }
    }
  }
}
