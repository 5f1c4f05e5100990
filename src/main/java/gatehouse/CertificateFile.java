package gatehouse;

import gatehouse.http.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code --tls FILE}: key and certificate from a PKCS#12 file (RFC 7292), read again when it has
 * changed. A new file that cannot be used is logged, and the certificate that is in use stays.
 */
final class CertificateFile implements Runnable {
  /** A key with a chain of four certificates has 8 KB. */
  private static final long MAX_BYTES = 1 << 20;

  private static final System.Logger LOG = System.getLogger("gatehouse.tls");

  private final Tls tls;
  private final Path path;
  private final Supplier<String> password;
  private final Clock clock;
  private final FileStamp stamp;

  /**
   * Presents what is in the file.
   *
   * @param password asked for whenever the file is read; may give null
   * @throws IllegalArgumentException with a sentence for the operator
   */
  CertificateFile(Tls tls, Path path, Supplier<String> password, Clock clock) {
    this.tls = tls;
    this.path = path;
    this.password = password;
    this.clock = clock;
    this.stamp = new FileStamp(path);
    present();
  }

  /** Reads the file again if it has changed. */
  @Override
  public void run() {
    if (!stamp.hasChanged()) {
      return;
    }
    try {
      present();
      LOG.log(System.Logger.Level.INFO,
          "the certificate is a new one: " + Tls.fingerprint(tls.presented().chain().get(0)));
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage() + "; the former certificate stays");
    }
  }

  private void present() {
    Tls.Identity identity = read();
    if (identity.ends().isBefore(clock.instant())) {
      LOG.log(System.Logger.Level.WARNING,
          "the certificate in " + path + " has expired at " + identity.ends());
    }
    tls.present(identity);
  }

  private Tls.Identity read() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw refused("is too large for a certificate");
      }
      String secret = password.get();
      return identity(Files.readAllBytes(path), secret == null ? "" : secret);
    } catch (NoSuchFileException e) {
      throw refused("does not exist; give a PKCS#12 file, or self-signed");
    } catch (IOException e) {
      throw refused(e.getCause() instanceof UnrecoverableKeyException
          ? "does not open with the password in GATEHOUSE_TLS_PASSWORD"
          : "cannot be read as a PKCS#12 file");
    } catch (GeneralSecurityException e) {
      throw refused("cannot be read as a PKCS#12 file");
    }
  }

  private Tls.Identity identity(byte[] file, String secret)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(file), secret.toCharArray());
    List<String> named = new ArrayList<>(Collections.list(keys.aliases()));
    for (String alias : List.copyOf(named)) {
      if (!keys.isKeyEntry(alias)) {
        named.remove(alias);
      }
    }
    if (named.size() != 1) {
      throw refused("must have one private key with its certificate, and has " + named.size());
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : keys.getCertificateChain(named.get(0))) {
      chain.add((X509Certificate) certificate);
    }
    return new Tls.Identity(
        (PrivateKey) keys.getKey(named.get(0), secret.toCharArray()), chain);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("--tls " + path + " " + why);
  }
}
