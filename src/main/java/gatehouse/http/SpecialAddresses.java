package gatehouse.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which addresses are not of the public internet (RFC 6890 and the IANA registries it began): what
 * a stranger's URL must never make us connect to.
 *
 * <p>For IPv6 the question is asked the other way round: only global unicast is public, and of that
 * not the parts that carry an IPv4 address inside (6to4, Teredo), since a translator would unwrap
 * it.
 */
public final class SpecialAddresses {

  /** Network and prefix length. */
  private record Block(int network, int bits) {
    boolean contains(int address) {
      return bits == 0 || (address ^ network) >>> (32 - bits) == 0;
    }
  }

  private static final Block[] IPV4 = {
    block(0, 0, 0, 8),           // this network
    block(10, 0, 0, 8),          // private
    block(100, 64, 0, 10),       // carrier-grade NAT
    block(127, 0, 0, 8),         // loopback
    block(169, 254, 0, 16),      // link-local, and cloud metadata services
    block(172, 16, 0, 12),       // private
    block(192, 0, 0, 24),        // protocol assignments
    block(192, 0, 2, 24),        // documentation
    block(192, 31, 196, 24),     // AS112
    block(192, 52, 193, 24),     // AMT
    block(192, 88, 99, 24),      // 6to4 relays
    block(192, 168, 0, 16),      // private
    block(192, 175, 48, 24),     // AS112
    block(198, 18, 0, 15),       // benchmarks
    block(198, 51, 100, 24),     // documentation
    block(203, 0, 113, 24),      // documentation
    block(224, 0, 0, 4),         // multicast
    block(240, 0, 0, 4),         // reserved, and broadcast
  };

  private SpecialAddresses() {
  }

  /** Whether the address is special. */
  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    // Java unwraps ::ffff:a.b.c.d into an IPv4 address by itself.
    return address instanceof Inet4Address ? isSpecial4(bytes) : isSpecial6(bytes);
  }

  /** Whether the numeric address is of this computer or a private network. */
  public static boolean isNear(String numericAddress) {
    try {
      InetAddress address = InetAddress.getByName(numericAddress);
      byte first = address.getAddress()[0];
      // fc00::/7 of RFC 4193 is what 10.0.0.0/8 is for IPv4; Java does not count it.
      boolean uniqueLocal = !(address instanceof Inet4Address) && (first & 0xfe) == 0xfc;
      return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isSpecial4(byte[] bytes) {
    int address = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    for (Block block : IPV4) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpecial6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    boolean globalUnicast = (first & 0xe000) == 0x2000; // leaves out NAT64, local, multicast …
    return !globalUnicast
        || first == 0x2001 && second < 0x0200           // protocol assignments, Teredo
        || first == 0x2001 && second == 0x0db8          // documentation
        || first == 0x2002                              // 6to4
        || first == 0x2620 && second == 0x004f          // AS112
        || first == 0x3fff && (second & 0xf000) == 0;   // documentation
  }

  private static Block block(int a, int b, int c, int bits) {
    return new Block(a << 24 | b << 16 | c << 8, bits);
  }
}
