package gatehouse.login.passkey;

import gatehouse.http.Urls;
import java.net.URI;
import java.util.Locale;

/**
 * Who we are to authenticators (W3C Web Authentication Level 3 §4, "Relying Party Identifier").
 *
 * <p>It follows from the issuer alone. The id is the host without scheme and port, so passkeys
 * outlive a change of port; the origin, which every response is compared with, has all three
 * (§13.4.9). Other origins that could share the passkeys (§5.11) are not supported.
 *
 * @param id the host
 * @param origin as browsers write it
 * @param name shown by the browser while a passkey is made
 */
public record RelyingParty(String id, String origin, String name) {
  /** The relying party of the issuer. */
  public static RelyingParty of(String issuer, String name) {
    URI uri = URI.create(issuer);
    return new RelyingParty(uri.getHost().toLowerCase(Locale.ROOT), Urls.origin(uri), name);
  }

  /**
   * Whether browsers offer passkeys at that address: §4 wants a domain, not an address in numbers,
   * and a secure context, which is https or {@code localhost}.
   */
  public static boolean isPossible(String issuer) {
    URI uri = URI.create(issuer);
    String host = uri.getHost();
    return !host.startsWith("[") && !isIpv4(host)
        && ("https".equals(uri.getScheme()) || Urls.isLoopback(host));
  }

  private static boolean isIpv4(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
