package gatehouse.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hands a text to somebody who must give it back unread and unchanged: AES-256-GCM (NIST SP
 * 800-38D) with an expiry, bound to a purpose.
 *
 * <pre>
 *   base64url( nonce 12 | AES-GCM( expiry ms 8 | text UTF-8 ) | tag 16 )     AAD: the purpose
 * </pre>
 *
 * <p>A sealed text costs the server no memory until it returns. The purpose names the use and
 * whoever it is meant for ({@code "consent/" + session}); a text sealed for one purpose does not
 * open for another. It does not make a text single-use: who needs that remembers what was opened.
 */
public final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Supplier<byte[]> secret;
  private final Clock clock;
  private volatile SecretKeySpec key;

  /**
   * Seals under the key.
   *
   * @param secret any secret bytes; the AES key is their SHA-256
   */
  public Seal(byte[] secret, Clock clock) {
    this(() -> secret, clock);
  }

  /** As with bytes, which are asked for when something is first sealed: the same at every call. */
  public Seal(Supplier<byte[]> secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** Seals the text for the purpose; it opens until {@code lifetime} has passed. */
  public String seal(String purpose, String text, Duration lifetime) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] nonce = Secrets.random(NONCE_BYTES);
    byte[] content = ByteBuffer.allocate(Long.BYTES + plain.length)
        .putLong(clock.millis() + lifetime.toMillis()).put(plain).array();
    byte[] sealed = run(Cipher.ENCRYPT_MODE, purpose, nonce, content);
    return Encoding.base64url(ByteBuffer.allocate(nonce.length + sealed.length)
        .put(nonce).put(sealed).array());
  }

  /** The text, or null if it was altered, has expired or was sealed for another purpose. */
  public String open(String purpose, String sealed) {
    byte[] content;
    try {
      byte[] bytes = Encoding.bytes(sealed);
      if (bytes.length < NONCE_BYTES + TAG_BITS / 8 + Long.BYTES) {
        return null;
      }
      content = run(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(bytes, NONCE_BYTES),
          Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (content == null || ByteBuffer.wrap(content).getLong() < clock.millis()) {
      return null;
    }
    return new String(content, Long.BYTES, content.length - Long.BYTES, StandardCharsets.UTF_8);
  }

  private SecretKeySpec key() {
    if (key == null) {
      key = new SecretKeySpec(Secrets.sha256(secret.get()), "AES");
    }
    return key;
  }

  private byte[] run(int mode, String purpose, byte[] nonce, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(content);
    } catch (javax.crypto.AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }
}
