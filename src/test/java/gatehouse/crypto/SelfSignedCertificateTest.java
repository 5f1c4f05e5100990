package gatehouse.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5280; read by the JDK and by OpenSSL. */
class SelfSignedCertificateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "::1", "gatehouse.example");

  private final SelfSignedCertificate made = SelfSignedCertificate.make(NAMES, NOW);

  @Test
  void isForItsNamesAndNoAuthority() throws Exception {
    Collection<List<?>> names = made.certificate().getSubjectAlternativeNames();
    assertEquals(Set.of("2 localhost", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1", "2 gatehouse.example"),
        names.stream().map(name -> name.get(0) + " " + name.get(1)).collect(Collectors.toSet()));
    assertEquals(-1, made.certificate().getBasicConstraints());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), made.certificate().getExtendedKeyUsage());
    made.certificate().verify(made.certificate().getPublicKey());
  }

  @Test
  void isGoodForAYearFromAnHourAgo() throws Exception {
    made.certificate().checkValidity(Date.from(NOW.minus(Duration.ofMinutes(59))));
    made.certificate().checkValidity(Date.from(NOW.plus(Duration.ofDays(365))));
    assertThrows(CertificateNotYetValidException.class, () ->
        made.certificate().checkValidity(Date.from(NOW.minus(Duration.ofHours(2)))));
    assertThrows(CertificateExpiredException.class, () ->
        made.certificate().checkValidity(Date.from(NOW.plus(Duration.ofDays(366)))));
  }

  /** RFC 5280 §4.1.2.5: the year is written in another way from 2050 on. */
  @Test
  void endsInTheRightCentury() {
    Instant late = Instant.parse("2049-06-01T00:00:00Z");
    assertEquals(Date.from(Instant.parse("2050-06-01T00:00:00Z")),
        SelfSignedCertificate.make(NAMES, late).certificate().getNotAfter());
  }

  /** Lengths of one, two and three bytes (X.690 §8.1.3). */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 13, 14, 300, 3000})
  void hasAsManyNamesAsItIsGiven(int count) throws Exception {
    List<String> names =
        IntStream.range(0, count).mapToObj(i -> "host" + i + ".example").toList();
    X509Certificate certificate = SelfSignedCertificate.make(names, NOW).certificate();
    assertEquals(names, certificate.getSubjectAlternativeNames().stream()
        .map(name -> name.get(1)).toList());
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void isAnotherOneEveryTime() {
    SelfSignedCertificate other = SelfSignedCertificate.make(NAMES, NOW);
    assertTrue(!other.certificate().getSerialNumber().equals(
        made.certificate().getSerialNumber()) && !other.key().equals(made.key()));
    assertTrue(made.certificate().getSerialNumber().signum() > 0);
  }

  @ParameterizedTest
  @CsvSource({"-verify_hostname,localhost,0", "-verify_ip,127.0.0.1,0", "-verify_ip,::1,0",
    "-verify_hostname,gatehouse.example,0", "-verify_hostname,other.example,2",
    "-verify_ip,127.0.0.2,2"})
  void openSslFindsItInOrder(String option, String name, int exit, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("c.pem"), "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(made.certificate().getEncoded())
        + "\n-----END CERTIFICATE-----\n", StandardCharsets.US_ASCII);
    List<String> command = new ArrayList<>(List.of("openssl", "verify", "-x509_strict",
        "-purpose", "sslserver", "-attime", "" + NOW.getEpochSecond(),
        "-CAfile", file.toString(), option, name, file.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "openssl is not installed");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), output);
  }
}
