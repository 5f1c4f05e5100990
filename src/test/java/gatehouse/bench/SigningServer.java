package gatehouse.bench;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;

/**
 * What is left of the limit of issuing tokens when they go over HTTP: the JDK's server with a small
 * pool, which signs once and answers, and does nothing else. Argument: the port.
 */
final class SigningServer {
  private static final int THREADS = 4;

  /** As long as an answer with an access token. */
  private static final int ANSWER_BYTES = 1_000;

  private SigningServer() {
  }

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    BareServer.start(Integer.parseInt(arguments[0]), new byte[ANSWER_BYTES], THREADS, () -> {
      try {
        Signer.sign(key);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
