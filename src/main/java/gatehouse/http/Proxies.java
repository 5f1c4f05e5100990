package gatehouse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whose word counts for where a request came from: proxies in these networks, and nobody else.
 *
 * <p>Read are {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239). Each proxy adds at the
 * right whom it heard from, so the list is read from there: the first address that is not a proxy of ours
 * is the client, and what stands left of it is the client's own claim. If both headers are there
 * and do not agree, one of them was sent by the client and handed through: neither counts.
 *
 * <p>It decides about addresses alone, which limits and the audit trail use. Who <em>we</em> are
 * ({@code X-Forwarded-Host}, {@code X-Forwarded-Proto}) no request may say.
 */
public final class Proxies {
  /** Nobody is trusted: the client is whoever connects. */
  public static final Proxies NONE = new Proxies(List.of());

  /** Proxies between a client and us; more is a client that plays with the header. */
  private static final int MAX_HOPS = 16;

  private record Network(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if (((address[i >> 3] ^ other[i >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks = new ArrayList<>();

  /**
   * Proxies in these networks.
   *
   * @param networks addresses, or networks such as {@code 10.0.0.0/8} and {@code fd00::/8}
   * @throws IllegalArgumentException if one is not of that form, or is everybody
   */
  public Proxies(List<String> networks) {
    for (String text : networks) {
      this.networks.add(network(text));
    }
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    return networks.isEmpty();
  }

  /** Whether the numeric address is that of one of them. */
  public boolean contain(String numericAddress) {
    InetAddress address = address(numericAddress);
    return address != null && trusts(address);
  }

  /**
   * The numeric address of the client.
   *
   * @param peer who connects
   * @param headers a map that ignores the case of names
   */
  String client(InetAddress peer, Map<String, List<String>> headers) {
    if (networks.isEmpty() || !trusts(peer)) {
      return peer.getHostAddress();
    }
    List<String> plain = headers.get("X-Forwarded-For");
    List<String> standard = headers.get("Forwarded");
    InetAddress byPlain = plain == null ? null : client(peer, split(plain, ','));
    InetAddress byStandard = standard == null ? null : client(peer, nodes(standard));
    InetAddress client = byPlain == null ? byStandard : byPlain;
    boolean agreed = byPlain == null || byStandard == null || byPlain.equals(byStandard);
    return (client == null || !agreed ? peer : client).getHostAddress();
  }

  private InetAddress client(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    int first = Math.max(0, hops.size() - MAX_HOPS);
    for (int i = hops.size() - 1; i >= first && trusts(client); i--) {
      InetAddress hop = address(withoutPort(hops.get(i)));
      if (hop == null) {
        // "unknown", a pseudonym or nonsense: the proxy that wrote it is all there is to know.
        return client;
      }
      client = hop;
    }
    return client;
  }

  private boolean trusts(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** The {@code for} parameters of RFC 7239 §4, one for each hop; empty where one is missing. */
  private static List<String> nodes(List<String> lines) {
    List<String> nodes = new ArrayList<>();
    for (String element : split(lines, ',')) {
      String node = "";
      for (String pair : split(List.of(element), ';')) {
        if (pair.regionMatches(true, 0, "for=", 0, 4)) {
          node = pair.substring(4).trim().replace("\"", "");
        }
      }
      nodes.add(node);
    }
    return nodes;
  }

  /**
   * Header lines are one list (RFC 9110 §5.3); what is quoted does not separate. A quote that a
   * client left open does not swallow what a proxy has added behind it.
   */
  private static List<String> split(List<String> lines, char separator) {
    List<String> parts = new ArrayList<>();
    for (String line : lines) {
      boolean closed = line.chars().filter(c -> c == '"').count() % 2 == 0;
      boolean quoted = false;
      int start = 0;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        quoted ^= closed && c == '"';
        if (c == separator && !quoted) {
          parts.add(line.substring(start, i).trim());
          start = i + 1;
        }
      }
      parts.add(line.substring(start).trim());
    }
    return parts;
  }

  /** {@code 192.0.2.1:80} and {@code [2001:db8::1]:80} as well as the address alone. */
  private static String withoutPort(String node) {
    int bracket = node.indexOf(']');
    if (node.startsWith("[") && bracket > 0) {
      return node.substring(1, bracket);
    }
    int colon = node.indexOf(':');
    return colon > 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    int most = address == null ? 0 : address.getAddress().length * 8;
    int bits = slash < 0 ? most : number(text.substring(slash + 1), most);
    if (address == null || bits < 1) {
      throw new IllegalArgumentException("--trust-proxy " + text + " is no network, such as "
          + "10.0.0.0/8 or ::1; and everybody is not a proxy");
    }
    return new Network(address.getAddress(), bits);
  }

  /** The numeric address, or null; nothing is looked up. */
  private static InetAddress address(String text) {
    try {
      if (text.indexOf(':') >= 0) {
        // With a dot in front Java takes it for a name, and asks around for it.
        boolean numeric = text.charAt(0) != '.' && text.chars().allMatch(c ->
            c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 0x80);
        return numeric ? InetAddress.getByName(text) : null;
      }
      byte[] bytes = new byte[4];
      String[] parts = text.split("\\.", -1);
      for (int i = 0; i < 4; i++) {
        int part = parts.length == 4 ? number(parts[i], 255) : -1;
        if (part < 0) {
          return null;
        }
        bytes[i] = (byte) part;
      }
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** A decimal number without sign and leading zeros, or -1. */
  private static int number(String digits, int most) {
    boolean plain = !digits.isEmpty() && digits.length() <= 3
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && (digits.length() == 1 || digits.charAt(0) != '0');
    int number = plain ? Integer.parseInt(digits) : -1;
    return number > most ? -1 : number;
  }
}
