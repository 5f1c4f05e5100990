package gatehouse.crypto;

import java.util.Base64;

/**
 * Base64url without padding (RFC 4648 §5, RFC 7515 §2) and lower-case hex.
 *
 * <p>Decoding is strict: exactly one text stands for a sequence of bytes. The JDK's decoder ignores
 * left-over bits in the last character, so two different texts could name the same token or
 * signature (RFC 4648 §3.5); those are refused here.
 */
public final class Encoding {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Encoding() {
  }

  /** Bytes to base64url, no padding. */
  public static String base64url(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Base64url to bytes.
   *
   * @throws IllegalArgumentException if the text is not the one canonical encoding of any bytes
   */
  public static byte[] bytes(String base64url) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(base64url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64url");
    }
    if (!ENCODER.encodeToString(bytes).equals(base64url)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }

  /** Bytes to lower-case hex. */
  public static String hex(byte[] bytes) {
    char[] text = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = HEX[(bytes[i] >> 4) & 0xf];
      text[2 * i + 1] = HEX[bytes[i] & 0xf];
    }
    return new String(text);
  }
}
