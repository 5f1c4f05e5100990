package gatehouse.http;

import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An HTTP answer as a value: a status, headers, and either all of the body or what will stream it.
 *
 * <p>Immutable; {@link #with} gives a new one. Caching and security headers are added later by
 * {@link SecurityHeaders} unless the answer already says something about them.
 */
public final class Response {

  /** A header line. */
  public record Header(String name, String value) {
    /**
     * Refuses what could end the line: the JDK writes the low byte of each char (RFC 9110 §5.5).
     */
    public Header {
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7e) {
          throw new IllegalArgumentException("a header value has a character that is not ASCII");
        }
      }
    }
  }

  /** What writes an event stream, on a thread that may wait; the stream ends when it returns. */
  @FunctionalInterface
  public interface Stream {
    /** Writes events until there is nothing more to say; throws if the other end has gone. */
    void run(Events events) throws IOException;
  }

  private static final byte[] NOTHING = new byte[0];

  /** No answer: the connection ends. A misfortune that tests play. */
  public static final Response HANG_UP = new Response(0, List.of(), NOTHING, null);

  private final int status;
  private final List<Header> headers;
  private final byte[] body;
  private final Stream stream;

  private Response(int status, List<Header> headers, byte[] body, Stream stream) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.stream = stream;
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, List.of(), NOTHING, null);
  }

  /** An answer with these bytes. */
  public static Response bytes(int status, String contentType, byte[] body) {
    return new Response(status, List.of(new Header("Content-Type", contentType)), body, null);
  }

  /** An answer in JSON. */
  public static Response json(int status, JsonValue value) {
    return bytes(status, "application/json", value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A page. */
  public static Response html(int status, String page) {
    return bytes(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** A plain text. */
  public static Response text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** 303 See Other: after a POST with a password, 307 would send it on (RFC 9700 §4.12). */
  public static Response redirect(String location) {
    return empty(303).with("Location", location);
  }

  /** An event stream (WHATWG HTML, server-sent events). */
  public static Response events(Stream stream) {
    return new Response(200, List.of(new Header("Content-Type", "text/event-stream"),
        new Header("Cache-Control", "no-cache, no-store"),
        // nginx would otherwise hold events back until its buffer is full.
        new Header("X-Accel-Buffering", "no")), NOTHING, stream);
  }

  /** The same answer with one more header line. */
  public Response with(String name, String value) {
    List<Header> more = new ArrayList<>(headers.size() + 1);
    more.addAll(headers);
    more.add(new Header(name, value));
    return new Response(status, more, body, stream);
  }

  /** The same answer with another stream. */
  public Response streaming(Stream other) {
    return new Response(status, headers, body, other);
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return Collections.unmodifiableList(headers);
  }

  /** The first value of the header, or null. */
  public String header(String name) {
    for (Header header : headers) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return null;
  }

  /** The whole body; empty for a stream. */
  public byte[] body() {
    return body;
  }

  /** What writes the body, or null if {@link #body} is all of it. */
  public Stream stream() {
    return stream;
  }
}
