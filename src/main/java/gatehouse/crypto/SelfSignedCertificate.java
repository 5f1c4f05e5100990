package gatehouse.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;

/**
 * A certificate that nobody vouches for but itself, with its key (RFC 5280 §4, RFC 9525 §6).
 *
 * <p>The key is of the curve P-256, made and used by the JDK. What is written is always of the
 * same shape, so that DER (ITU-T X.690) is a few lines here and no library. Whom it is for stands in the subject alternative names alone, which is where clients look. It is not a
 * certification authority: whoever trusts it trusts this server and nothing it could sign.
 *
 * @param key the private key
 * @param certificate the certificate of its public half
 */
public record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {
  /** Long enough to be set up once; macOS accepts no server certificate of more than 825 days. */
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** Clocks of clients that are behind ours. */
  private static final Duration EARLIER = Duration.ofHours(1);

  /** RFC 5280 §4.1.2.2 allows 20 bytes, with the sign. */
  private static final int SERIAL_BYTES = 16;

  /** An uncompressed point of P-256, the last of its SubjectPublicKeyInfo (RFC 5480 §2.2). */
  private static final int POINT_BYTES = 65;

  // Universal tags of X.690 §8, and those of GeneralName (RFC 5280 §4.2.1.6).
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final byte[] TRUE = der(BOOLEAN, bytes(0xff));

  /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758 §3.2). */
  private static final byte[] ECDSA = der(SEQUENCE,
      der(OBJECT_IDENTIFIER, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)));

  /** CN=Gatehouse, 2.5.4.3. */
  private static final byte[] NAME = der(SEQUENCE, der(SET, der(SEQUENCE,
      der(OBJECT_IDENTIFIER, bytes(0x55, 4, 3)), der(UTF8_STRING, ascii("Gatehouse")))));

  /** id-kp-serverAuth, 1.3.6.1.5.5.7.3.1 (RFC 5280 §4.2.1.12). */
  private static final byte[] SERVER =
      der(OBJECT_IDENTIFIER, bytes(0x2b, 6, 1, 5, 5, 7, 3, 1));

  /**
   * Makes a key and a certificate.
   *
   * @param names host names and numeric addresses, IPv6 without brackets
   * @param now when it begins, a little earlier
   */
  public static SelfSignedCertificate make(Collection<String> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] signed = toBeSigned(pair, names, now);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed);
      byte[] certificate =
          der(SEQUENCE, signed, ECDSA, der(BIT_STRING, bytes(0), signature.sign()));
      return new SelfSignedCertificate(pair.getPrivate(),
          (X509Certificate) CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256 and X.509", e);
    }
  }

  /** TBSCertificate of RFC 5280 §4.1. */
  private static byte[] toBeSigned(KeyPair pair, Collection<String> names, Instant now) {
    byte[] key = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(key, key.length - POINT_BYTES, key.length);
    return der(SEQUENCE,
        der(VERSION, der(INTEGER, bytes(2))), // v3
        der(INTEGER, new BigInteger(1, Secrets.random(SERIAL_BYTES)).setBit(0).toByteArray()),
        ECDSA,
        NAME,
        der(SEQUENCE, time(now.minus(EARLIER)), time(now.plus(LIFETIME))),
        NAME,
        key,
        der(EXTENSIONS, der(SEQUENCE,
            // §4.2.1.6 names, §4.2.1.9 no authority, §4.2.1.3 digitalSignature, §4.2.1.12, §4.2.1.2
            extension(17, false, der(SEQUENCE, names.stream()
                .map(SelfSignedCertificate::generalName).toArray(byte[][]::new))),
            extension(19, true, der(SEQUENCE)),
            extension(15, true, der(BIT_STRING, bytes(7, 0x80))),
            extension(37, false, der(SEQUENCE, SERVER)),
            extension(14, false, der(OCTET_STRING, Secrets.sha256(point))))));
  }

  /** An extension 2.5.29.number; what is not critical does not say so. */
  private static byte[] extension(int number, boolean critical, byte[] value) {
    return der(SEQUENCE, der(OBJECT_IDENTIFIER, bytes(0x55, 0x1d, number)),
        critical ? TRUE : bytes(), der(OCTET_STRING, value));
  }

  /** §4.1.2.5: two digits of the year until 2049, four from then on. */
  private static byte[] time(Instant instant) {
    String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC)
        .format(instant);
    return text.compareTo("2050") < 0 ? der(UTC_TIME, ascii(text.substring(2)))
        : der(GENERALIZED_TIME, ascii(text));
  }

  private static byte[] generalName(String name) {
    try {
      // A name of digits and dots, or with colons, is an address and is not looked up.
      boolean address = name.indexOf(':') >= 0
          || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
      return address ? der(IP_ADDRESS, InetAddress.getByName(name).getAddress())
          : der(DNS_NAME, ascii(name));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name + " is not an address");
    }
  }

  /** X.690 §8.1 and §10.1: a tag, the length in as few bytes as it needs, the contents. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      inside.writeBytes(content);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = inside.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | digits.length - from);
      out.write(digits, from, digits.length - from);
    }
    out.writeBytes(inside.toByteArray());
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
