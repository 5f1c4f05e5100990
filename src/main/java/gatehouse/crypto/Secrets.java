package gatehouse.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Random handles, their fingerprints, and comparison that takes the same time for every wrong
 * guess.
 *
 * <p>RFC 6749 §10.10 wants a guess to succeed with a probability of at most 2^-128. A handle here
 * has 256 bits, which is why a plain SHA-256 is enough to store it: there is nothing to guess from
 * the hash. Passwords, which people choose, go through {@link Argon2id} instead.
 */
public final class Secrets {
  private static final int HANDLE_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {
  }

  /** A new handle: 256 random bits as 43 base64url characters. */
  public static String handle() {
    return Encoding.base64url(random(HANDLE_BYTES));
  }

  /** Random bytes from the platform's generator. */
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** A short id for a line in the log, which a person can read out on the phone. */
  public static String reference() {
    return Encoding.hex(random(5));
  }

  /** SHA-256 of the text's UTF-8 bytes as base64url: the form in which handles are stored. */
  public static String hash(String text) {
    return Encoding.base64url(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** SHA-256. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether two texts are equal, in time that depends on their lengths alone. */
  public static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
