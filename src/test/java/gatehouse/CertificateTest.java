package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Tls;
import gatehouse.store.MemoryStore;
import gatehouse.store.Store;
import gatehouse.support.Pkcs12;
import gatehouse.support.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the certificate comes from, and how it is exchanged. */
class CertificateTest {
  private static final String ISSUER = "https://gatehouse.example";

  private final TestClock clock = new TestClock();
  private final Tls tls = new Tls();

  @TempDir
  Path folder;

  private X509Certificate shown() {
    return tls.presented().chain().get(0);
  }

  private static X509Certificate write(Path file, String password, Instant at) {
    return Pkcs12.write(file, password, at);
  }

  @Test
  void ourOwnIsKeptAndCopiedAndIsAnotherAMonthBeforeItEnds() throws IOException {
    Store store = new MemoryStore(clock);
    OwnCertificate own = new OwnCertificate(tls, store, ISSUER, folder, clock);
    X509Certificate first = shown();
    own.run();
    new OwnCertificate(tls, store, ISSUER, folder, clock);
    assertEquals(first, shown(), "kept");
    String copy = Files.readString(folder.resolve("certificate.pem"));
    assertTrue(copy.startsWith("-----BEGIN CERTIFICATE-----\n"), copy);
    clock.advance(Duration.ofDays(334));
    own.run();
    assertEquals(first, shown(), "still good for 31 days");
    clock.advance(Duration.ofDays(2));
    own.run();
    assertNotEquals(first, shown());
    assertNotEquals(copy, Files.readString(folder.resolve("certificate.pem")));
    X509Certificate second = shown();
    new OwnCertificate(tls, store, ISSUER, null, clock);
    assertEquals(second, shown(), "the new one is kept");
  }

  @Test
  void ourOwnIsMadeAnewForAnotherName() throws Exception {
    Store store = new MemoryStore(clock);
    new OwnCertificate(tls, store, ISSUER, null, clock);
    new OwnCertificate(tls, store, "https://other.example:8443", null, clock);
    assertTrue(shown().getSubjectAlternativeNames().toString().contains("other.example"));
  }

  @Test
  void aFileIsReadAgainWhenItHasChangedAndStaysInUseWhenItIsBroken() throws Exception {
    Path file = folder.resolve("server.p12");
    Instant at = clock.instant();
    X509Certificate first = write(file, "secret", at);
    CertificateFile watched = new CertificateFile(tls, file, () -> "secret", clock);
    assertEquals(first, shown());
    Files.writeString(file, "half a file");
    watched.run();
    assertEquals(first, shown());
    write(file, "another password", at.plusSeconds(1));
    watched.run();
    assertEquals(first, shown());
    Files.delete(file);
    watched.run();
    assertEquals(first, shown());
    X509Certificate second = write(file, "secret", at.plusSeconds(2));
    watched.run();
    assertEquals(second, shown());
  }

  @Test
  void anAddressThatOthersReachIsTheIssuerIfItIsOneToConnectTo() {
    Gatehouse.Builder builder = Gatehouse.builder().host("192.0.2.1").user("carol", "tea");
    assertThrows(IllegalArgumentException.class, () -> SafeSettings.require(builder));
    SafeSettings.require(builder.selfSigned());
    assertEquals("https://192.0.2.1:8443", builder.issuer(8443));
    assertThrows(IllegalArgumentException.class, () -> SafeSettings.require(builder.demo()));
    assertEquals("https://[2001:db8::1]:8443",
        Gatehouse.builder().host("2001:db8::1").selfSigned().issuer(8443));
    assertThrows(IllegalArgumentException.class, () -> SafeSettings.require(
        Gatehouse.builder().host("0.0.0.0").user("carol", "tea").selfSigned()));
    assertThrows(IllegalArgumentException.class, () -> SafeSettings.require(
        Gatehouse.builder().publicUrl("http://localhost:8080").selfSigned()));
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedInOneSentence() throws Exception {
    Path file = folder.resolve("server.p12");
    assertTrue(refusal(file, "x").contains("does not exist"));
    Files.writeString(file, "no such thing");
    assertTrue(refusal(file, "x").contains("PKCS#12"));
    write(file, "secret", clock.instant());
    assertTrue(refusal(file, "wrong").contains("GATEHOUSE_TLS_PASSWORD"));
    assertTrue(refusal(file, null).contains("GATEHOUSE_TLS_PASSWORD"));
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    try (OutputStream out = Files.newOutputStream(file)) {
      empty.store(out, "secret".toCharArray());
    }
    assertTrue(refusal(file, "secret").contains("one private key"));
  }

  private String refusal(Path file, String password) {
    String sentence = assertThrows(IllegalArgumentException.class, () ->
        new CertificateFile(tls, file, () -> password, clock)).getMessage();
    assertTrue(sentence.startsWith("--tls " + file) && !sentence.contains("wrong"), sentence);
    return sentence;
  }
}
