package gatehouse.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate that nobody vouches for but itself, with its key (RFC 5280 §4, RFC 9525 §6).
 *
 * <p>The key is of the curve P-256, made and used by the JDK; Bouncy Castle writes the ASN.1. Whom
 * it is for stands in the subject alternative names alone, which is where clients look. It is not a
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

  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

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
      ASN1EncodableVector parts = new ASN1EncodableVector(3);
      parts.add(ASN1Primitive.fromByteArray(signed));
      parts.add(ECDSA);
      parts.add(new DERBitString(signature.sign()));
      byte[] certificate = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
      return new SelfSignedCertificate(pair.getPrivate(),
          (X509Certificate) CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has P-256 and X.509", e);
    }
  }

  private static byte[] toBeSigned(KeyPair pair, Collection<String> names, Instant now)
      throws IOException {
    SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    X500Name name = new X500Name("CN=Gatehouse");
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
        names.stream().map(SelfSignedCertificate::generalName).toArray(GeneralName[]::new)));
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(Extension.extendedKeyUsage, false,
        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    extensions.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(
        Secrets.sha256(key.getPublicKeyData().getBytes())));
    V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
    body.setSerialNumber(new ASN1Integer(
        new BigInteger(1, Secrets.random(SERIAL_BYTES)).setBit(0)));
    body.setSignature(ECDSA);
    body.setIssuer(name);
    body.setSubject(name);
    body.setStartDate(new Time(Date.from(now.minus(EARLIER))));
    body.setEndDate(new Time(Date.from(now.plus(LIFETIME))));
    body.setSubjectPublicKeyInfo(key);
    body.setExtensions(extensions.generate());
    return body.generateTBSCertificate().getEncoded(ASN1Encoding.DER);
  }

  private static GeneralName generalName(String name) {
    try {
      // A name of digits and dots, or with colons, is an address and is not looked up.
      boolean address = name.indexOf(':') >= 0
          || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
      return address ? new GeneralName(GeneralName.iPAddress,
              new DEROctetString(InetAddress.getByName(name).getAddress()))
          : new GeneralName(GeneralName.dNSName, name);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(name + " is not an address");
    }
  }
}
