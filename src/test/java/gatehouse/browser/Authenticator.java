package gatehouse.browser;

import gatehouse.support.TestClock;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app on somebody's phone (RFC 6238), which has been given a secret to type. */
final class Authenticator {
  private static final int STEP_SECONDS = 30;

  private final byte[] secret;
  private final TestClock clock;

  Authenticator(String secret, TestClock clock) {
    this.secret = base32(secret.replaceAll("\\s", ""));
    this.clock = clock;
  }

  /** What it shows now. */
  String code() {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
          .putLong(clock.instant().getEpochSecond() / STEP_SECONDS).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The next code, half a minute later. */
  String nextCode() {
    clock.advanceSeconds(STEP_SECONDS);
    return code();
  }

  private static byte[] base32(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    for (int i = 0; i < bytes.length * 8; i++) {
      int letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i / 5));
      bytes[i / 8] |= (byte) ((letter >> 4 - i % 5 & 1) << 7 - i % 8);
    }
    return bytes;
  }
}
