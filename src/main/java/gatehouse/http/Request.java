package gatehouse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An HTTP request as a value: everything has been read, and within its limits; only a body that may
 * be large is read when it is first asked for, so that a guard can answer without.
 *
 * <p>It carries no base URL. Who we are is a setting, never something a request may say (RFC 9728
 * §7.6 warns of documents built from a forged {@code Host}).
 */
public final class Request {
  /** An IPv6 customer has a /64 at least. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final Supplier<byte[]> reading;
  private byte[] body;
  private final String remoteAddress;

  /**
   * A request.
   *
   * @param path the decoded path, beginning with a slash
   * @param query the raw query, or null
   * @param headers a map that ignores the case of names
   * @param remoteAddress the numeric address of the other end
   */
  public Request(String method, String path, String query, Map<String, List<String>> headers,
      byte[] body, String remoteAddress) {
    this(method, path, query, headers, () -> body, remoteAddress);
  }

  /** A request whose body is read when it is asked for, by the thread that has the request. */
  Request(String method, String path, String query, Map<String, List<String>> headers,
      Supplier<byte[]> reading, String remoteAddress) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.reading = reading;
    this.remoteAddress = remoteAddress;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** The raw query, or null. */
  public String rawQuery() {
    return query;
  }

  /** The parameters of the query. */
  public Form query() {
    return Form.parse(query);
  }

  /** The first value of the header, or null. */
  public String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** All values of the header, one per line as they came. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** All headers; looking up ignores case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The body.
   *
   * @throws HttpError 413 or 408 if it is too large, or does not arrive
   */
  public byte[] body() {
    if (body == null) {
      body = reading.get();
    }
    return body;
  }

  /**
   * The parameters in the body.
   *
   * @throws HttpError 415 if the body is not declared as a form
   */
  public Form form() {
    if (!hasMediaType("application/x-www-form-urlencoded")) {
      throw new HttpError(415, "The body must be application/x-www-form-urlencoded.");
    }
    return Form.parse(new String(body(), StandardCharsets.UTF_8));
  }

  /** Whether the body is declared to be of the media type, whatever its parameters. */
  public boolean hasMediaType(String type) {
    String declared = header("Content-Type");
    if (declared == null) {
      return false;
    }
    int semicolon = declared.indexOf(';');
    return (semicolon < 0 ? declared : declared.substring(0, semicolon)).trim()
        .equalsIgnoreCase(type);
  }

  /** Whether a browser is asking for a page, as its {@code Accept} says. */
  public boolean wantsPage() {
    String accept = header("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  public String remoteAddress() {
    return remoteAddress;
  }

  /** The address, or of an IPv6 address the part that its owner cannot choose: what limits go by. */
  public String network() {
    if (remoteAddress.indexOf(':') < 0) {
      return remoteAddress;
    }
    try {
      // An address in numbers: nothing is resolved.
      byte[] bytes = InetAddress.getByName(remoteAddress).getAddress();
      return HexFormat.of().formatHex(bytes, 0, Math.min(IPV6_NETWORK_BYTES, bytes.length));
    } catch (UnknownHostException e) {
      return remoteAddress;
    }
  }
}
