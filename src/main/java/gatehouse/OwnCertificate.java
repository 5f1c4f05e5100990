package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.SelfSignedCertificate;
import gatehouse.http.Tls;
import gatehouse.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code --tls self-signed}: the server makes its own certificate, keeps it in the store, and makes
 * another before it ends.
 *
 * <p>It is for localhost and the host of the public URL. Where state is a directory, the
 * certificate without its key also lies there as a file, for clients that are to trust it.
 */
final class OwnCertificate implements Runnable {
  /** Time for people to tell their clients of the next one. */
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final String TABLE = "secrets";
  private static final String ROW = "tls";
  private static final String FILE = "certificate.pem";

  private static final System.Logger LOG = System.getLogger("gatehouse.tls");

  private final Tls tls;
  private final Store store;
  private final Clock clock;
  private final Path folder;
  private final String names;

  /**
   * Presents the certificate of the store, or makes one.
   *
   * @param folder where to leave a copy of the certificate, or null
   */
  OwnCertificate(Tls tls, Store store, String issuer, Path folder, Clock clock) {
    this.tls = tls;
    this.store = store;
    this.clock = clock;
    this.folder = folder;
    Set<String> wanted = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    wanted.add(URI.create(issuer).getHost().replace("[", "").replace("]", ""));
    this.names = String.join(" ", wanted);
    present(stored());
  }

  /** Renews it when it is time to. */
  @Override
  public void run() {
    if (isEnding(tls.presented().ends())) {
      present(stored());
      LOG.log(System.Logger.Level.INFO,
          "the certificate is a new one: " + Tls.fingerprint(tls.presented().chain().get(0)));
    }
  }

  private boolean isEnding(Instant ends) {
    return clock.instant().isAfter(ends.minus(RENEWED_BEFORE));
  }

  /** The one in the store, which another process may have renewed; or a new one put there. */
  private Tls.Identity stored() {
    while (true) {
      JsonObject row = store.get(TABLE, ROW);
      if (row != null && names.equals(row.getString("names", null))) {
        Tls.Identity identity = identity(row);
        if (!isEnding(identity.ends())) {
          return identity;
        }
      }
      JsonObject fresh = fresh();
      // Of several processes one is first, and the others take its.
      if (row == null) {
        store.insertIfAbsent(TABLE, ROW, fresh, Instant.MAX);
      } else {
        store.replaceIfSame(TABLE, ROW, row, fresh, Instant.MAX);
      }
    }
  }

  private JsonObject fresh() {
    SelfSignedCertificate made =
        SelfSignedCertificate.make(List.of(names.split(" ")), clock.instant());
    return new JsonObject()
        .add("names", names)
        .add("certificate", Encoding.base64url(encoded(made.certificate())))
        .add("key", Encoding.base64url(made.key().getEncoded()));
  }

  private static Tls.Identity identity(JsonObject row) {
    try {
      X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(
              Encoding.bytes(row.get("certificate").asString())));
      return new Tls.Identity(KeyFactory.getInstance("EC").generatePrivate(
          new PKCS8EncodedKeySpec(Encoding.bytes(row.get("key").asString()))),
          List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the stored certificate cannot be read", e);
    }
  }

  private void present(Tls.Identity identity) {
    tls.present(identity);
    if (folder != null) {
      String pem = "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(encoded(identity.chain().get(0)))
          + "\n-----END CERTIFICATE-----\n";
      try {
        Files.writeString(folder.resolve(FILE), pem);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, FILE + " cannot be written: " + e.getMessage());
      }
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without bytes", e);
    }
  }
}
