package gatehouse.oauth.client;

import gatehouse.http.Urls;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whose client id metadata documents are accepted, and whose are shown as verified.
 *
 * <p>That a document lies at an address proves who controls the address, not that they are honest.
 * A host on the list is one the operator vouches for; the built-in list has the vendors of
 * well-known clients.
 *
 * @param level who may connect
 * @param hosts whom the operator vouches for, besides the built-in ones; a host stands for those
 *     below it as well
 * @param development whether plain http and addresses that are not public are allowed, too
 */
public record DocumentTrust(Level level, Set<String> hosts, boolean development) {

  /** Who may connect. */
  public enum Level {
    /** Anybody with a document; consent says whether the host is known. */
    ANY,
    /** Only clients whose document is on a listed host. */
    LISTED,
    /** Nobody: documents are not fetched, and not advertised. */
    NONE
  }

  /** Hosts where nobody but the vendor can put a document: none that serve what users upload. */
  private static final Set<String> KNOWN = Set.of("claude.ai", "anthropic.com", "chatgpt.com",
      "openai.com", "vscode.dev", "cursor.com", "windsurf.com", "zed.dev");

  /** Host names in lower case. */
  public DocumentTrust {
    Set<String> lower = new HashSet<>();
    hosts.forEach(host -> lower.add(host.toLowerCase(Locale.ROOT)));
    hosts = Set.copyOf(lower);
  }

  /** Anybody may connect, well-known vendors are shown as verified. */
  public static DocumentTrust any() {
    return new DocumentTrust(Level.ANY, Set.of(), false);
  }

  /** The same with plain http and private addresses allowed, or not. */
  public DocumentTrust development(boolean allowed) {
    return new DocumentTrust(level, hosts, allowed);
  }

  /** Whether documents are accepted from anybody at all. */
  public boolean isEnabled() {
    return level != Level.NONE;
  }

  boolean mayConnect(String host) {
    return level == Level.ANY || level == Level.LISTED && isVerified(host);
  }

  /** Whether somebody vouches for the host. */
  public boolean isVerified(String host) {
    for (String name = host.toLowerCase(Locale.ROOT); !name.isEmpty();) {
      if (hosts.contains(name) || KNOWN.contains(name)) {
        return true;
      }
      int dot = name.indexOf('.');
      name = dot < 0 ? "" : name.substring(dot + 1);
    }
    return false;
  }

  /** What the consent page says about who vouches for the client. */
  public Map<String, Object> describe(Client client) {
    boolean document = client.source() == Client.Source.DOCUMENT;
    String host = document ? Urls.parse(client.id()).getHost() : "";
    boolean verified = document ? isVerified(host)
        : client.source() == Client.Source.PRE_REGISTERED;
    return Map.of("document", document, "host", host, "verified", verified,
        "unverified", !verified);
  }
}
