package gatehouse;

import gatehouse.guard.AuthorizationServer;
import gatehouse.http.Urls;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses to start what would be unsafe, or would send clients to an address that does not agree
 * with itself; each refusal says why and what to do.
 */
final class SafeSettings {
  private SafeSettings() {
  }

  /**
   * Checks the settings against each other.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static void require(Settings b) {
    boolean reachable = !isLoopback(b.host);
    if (b.publicUrl != null) {
      requirePublicUrl(b.publicUrl);
    } else if (reachable && (!b.speaksTls() || isEveryAddress(b.host))) {
      refuse("others can reach " + b.host + ", so clients must be told an https address: "
          + "give --public-url https://…");
    }
    if (b.speaksTls() && b.publicUrl != null && b.publicUrl.startsWith("http://")) {
      refuse("--tls speaks https only, so --public-url must begin with https://");
    }
    boolean local = b.publicUrl == null ? !reachable
        : Urls.isLoopback(URI.create(b.publicUrl).getHost());
    if (b.demoUsers && (reachable || !local)) {
      refuse("the demo users have passwords that everybody knows and are for loopback only: "
          + "give --user NAME:PASSWORD");
    }
    if (b.documentTrust.development() && (reachable || !local)) {
      refuse("--dev-cimd lets strangers make this server connect to your network and is for "
          + "loopback only");
    }
    if (b.testKeys != null && (reachable || !local)) {
      refuse("keys for tests are known to more than this server and are for loopback only");
    }
    requireIssuers(b);
    boolean database = b.data != null && b.data.startsWith("jdbc:");
    if (database && !b.data.startsWith("jdbc:postgresql:")) {
      refuse("of databases --data takes PostgreSQL alone: jdbc:postgresql://HOST/DATABASE");
    }
    if (b.driver != null && !database) {
      refuse("--driver is for a database, and --data names none");
    }
    if (!b.passwords && b.upstreams.isEmpty()) {
      refuse("without passwords and upstream providers nobody could sign in to make a passkey");
    }
    if (reachable && local) {
      refuse("others can reach " + b.host + ", but --public-url names this computer only");
    }
  }

  private static void requireIssuers(Settings b) {
    Set<String> issuers = new HashSet<>();
    int asked = 0;
    for (AuthorizationServer server : b.authorizationServers) {
      if (!issuers.add(server.issuer())) {
        refuse("the authorization server " + server + " is named twice");
      }
      asked += server.clientId() == null ? 0 : 1;
    }
    if (asked > 1) {
      refuse("of several authorization servers at most one can be asked about tokens: whose an "
          + "opaque token is, nobody could tell");
    }
    if (b.open && asked + issuers.size() > 0) {
      refuse("an open MCP endpoint takes no tokens, so it cannot have authorization servers");
    }
  }

  private static void requirePublicUrl(String text) {
    URI url = Urls.parse(text);
    if (url == null || url.getHost() == null || url.getRawQuery() != null
        || url.getRawFragment() != null || url.getRawUserInfo() != null) {
      refuse("--public-url must be a URL with a host and without query or fragment");
    }
    if (text.endsWith("/")) {
      refuse("--public-url is used verbatim as issuer and must not end with a slash: "
          + text.substring(0, text.length() - 1));
    }
    String canonical = Urls.origin(url) + url.normalize().getRawPath();
    if (!text.equals(canonical)) {
      refuse("--public-url is compared as a text by clients that may have parsed it: write "
          + canonical);
    }
    boolean plainLoopback = "http".equals(url.getScheme()) && Urls.isLoopback(url.getHost());
    if (!plainLoopback && !"https".equals(url.getScheme())) {
      // RFC 8414 §2, OAuth 2.1 §1.5.
      refuse("--public-url must be https unless it names this computer: tokens would travel "
          + "in the clear");
    }
  }

  /** Whether nobody but this computer reaches the address. */
  static boolean isLoopback(String host) {
    return address(host).isLoopbackAddress();
  }

  /** Whether it stands for all addresses of this machine, and so is none to connect to. */
  private static boolean isEveryAddress(String host) {
    return address(host).isAnyLocalAddress();
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--host " + host + " is not an address of this machine");
    }
  }

  private static void refuse(String why) {
    throw new IllegalArgumentException(why);
  }
}
