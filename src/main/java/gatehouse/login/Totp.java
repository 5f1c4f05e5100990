package gatehouse.login;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords: RFC 6238 over RFC 4226, with what every authenticator app can do:
 * HMAC-SHA-1, six digits, thirty seconds.
 *
 * <p>SHA-1's collisions do not matter to HMAC (RFC 6238 §1.2 and RFC 6194 §3.3); apps that silently
 * ignore another algorithm do. This is arithmetic: whose secret it is, and whether a code was used
 * before, is known to {@link TotpSecrets}.
 */
final class Totp {
  /** RFC 6238 §5.2 recommends it. */
  static final int STEP_SECONDS = 30;

  static final int DIGITS = 6;

  /** RFC 6238 §5.2: one step for the network and one for a clock that is not quite right. */
  private static final int STEPS_AROUND = 1;

  /** RFC 4648 §6: what people can type and no app misreads. */
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {
  }

  /** The step of a moment (RFC 6238 §4.2). */
  static long step(long epochSecond) {
    return Math.floorDiv(epochSecond, (long) STEP_SECONDS);
  }

  /** The code of a step, or of a counter (RFC 4226 §5.3). */
  static String code(byte[] secret, long step, int digits) {
    byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    // "Dynamic truncation": the last four bits say where to read, the sign bit is dropped.
    int offset = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
    int modulus = (int) Math.pow(10, digits);
    return String.format("%0" + digits + "d", number % modulus);
  }

  /** The step whose code it is, now or a little off; -1 if it is none. */
  static long find(byte[] secret, String code, long epochSecond) {
    long found = -1;
    for (long step = step(epochSecond) - STEPS_AROUND;
        step <= step(epochSecond) + STEPS_AROUND; step++) {
      // All are looked at, so that time does not tell which.
      if (MessageDigest.isEqual(code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8),
          code.getBytes(StandardCharsets.UTF_8))) {
        found = step;
      }
    }
    return found;
  }

  /**
   * The address that apps read from a QR code or a link. No RFC has it; all apps follow the one
   * that came with the first.
   */
  static String uri(String service, String account, byte[] secret) {
    return "otpauth://totp/" + encode(service) + ":" + encode(account)
        + "?secret=" + base32(secret) + "&issuer=" + encode(service);
  }

  /** Base32 without padding. */
  static String base32(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    int bits = 0;
    int buffer = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xff;
      for (bits += 8; bits >= 5; bits -= 5) {
        out.append(BASE32.charAt(buffer >> bits - 5 & 31));
      }
    }
    return bits == 0 ? out.toString()
        : out.append(BASE32.charAt(buffer << 5 - bits & 31)).toString();
  }

  /** Apps show a plus sign as it is. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
    }
  }
}
