package gatehouse.support;

import gatehouse.crypto.SelfSignedCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Key stores as an operator has them. */
public final class Pkcs12 {
  private Pkcs12() {
  }

  /** Writes a file with a new certificate for localhost; its time tells it from those before. */
  public static X509Certificate write(Path file, String password, Instant at) {
    SelfSignedCertificate made = SelfSignedCertificate.make(List.of("localhost", "127.0.0.1"), at);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("server", made.key(), password.toCharArray(),
          new Certificate[] {made.certificate()});
      try (OutputStream out = Files.newOutputStream(file)) {
        keys.store(out, password.toCharArray());
      }
      Files.setLastModifiedTime(file, FileTime.from(at));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
    return made.certificate();
  }
}
