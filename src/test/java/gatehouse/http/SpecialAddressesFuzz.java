package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses: what the JDK knows to be of this machine or network is special to us as well. */
public final class SpecialAddressesFuzz {
  private SpecialAddressesFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      if (data.length >= 4) {
        byte[] four = Arrays.copyOf(data, 4);
        boolean special = check(InetAddress.getByAddress(four));
        // The same address in the forms in which IPv6 carries it.
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(four, 0, mapped, 12, 4);
        assertEquals(special, check(InetAddress.getByAddress(mapped)));
        byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0,
            four[0], four[1], four[2], four[3]};
        assertTrue(check(InetAddress.getByAddress(nat64)));
        byte[] sixToFour = Arrays.copyOf(new byte[] {0x20, 0x02, four[0], four[1], four[2], four[3]},
            16);
        assertTrue(check(InetAddress.getByAddress(sixToFour)));
      }
      if (data.length >= 16) {
        check(InetAddress.getByAddress(Arrays.copyOf(data, 16)));
      }
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean check(InetAddress address) {
    boolean special = SpecialAddresses.contains(address);
    if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isSiteLocalAddress()
        || address.isLinkLocalAddress() || address.isMulticastAddress()) {
      assertTrue(special, () -> "may be connected to: " + address);
    }
    return special;
  }
}
