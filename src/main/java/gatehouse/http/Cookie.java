package gatehouse.http;

import java.net.URI;
import java.time.Duration;

/**
 * A cookie as RFC 6265 §4.1 writes it, with the attributes that every cookie of ours has.
 *
 * <p>HttpOnly, because no script of ours reads one. SameSite=Lax, not Strict: the user arrives at
 * the authorization endpoint by a link from another site, and must be recognised there. Over https
 * also Secure and the {@code __Host-} prefix, which ties the cookie to this host and path.
 */
public record Cookie(String name, boolean secure) {

  /**
   * The cookie of a server. Its name has the port if the issuer has one: browsers do not tell ports
   * apart, and two servers on one computer would overwrite each other's (RFC 6265 §8.5).
   */
  public static Cookie of(String name, String issuer) {
    URI uri = URI.create(issuer);
    boolean secure = uri.getScheme().equals("https");
    return new Cookie(uri.getPort() < 0 ? name : name + "_" + uri.getPort(), secure);
  }

  /** The name as it appears on the wire. */
  public String wireName() {
    return secure ? "__Host-" + name : name;
  }

  /** The {@code Set-Cookie} value that stores the text until the browser closes. */
  public String store(String value) {
    return wireName() + "=" + value + "; Path=/; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  /** The {@code Set-Cookie} value that stores the text for so long. */
  public String keep(String value, Duration lifetime) {
    return store(value) + "; Max-Age=" + lifetime.toSeconds();
  }

  /** The {@code Set-Cookie} value that removes the cookie. */
  public String remove() {
    return store("") + "; Max-Age=0";
  }

  /** The value in the request, or null. */
  public String read(Request request) {
    String wanted = wireName();
    for (String header : request.headers("Cookie")) {
      for (String pair : header.split(";")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).trim().equals(wanted)) {
          return pair.substring(equals + 1).trim();
        }
      }
    }
    return null;
  }
}
