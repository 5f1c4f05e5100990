package gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;

/**
 * The limit of issuing tokens: how often the first provider in the JVM signs with RSA-2048. A
 * process that is told on each line how many milliseconds to sign, and says signatures per second of
 * its processor time.
 */
final class Signer implements AutoCloseable {
  /** As long as the part of an access token that is signed. */
  private static final byte[] MESSAGE = new byte[500];

  private final Process process;
  private final BufferedReader answers;

  private Signer(Process process) {
    this.process = process;
    this.answers = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Signer start(List<String> before, List<String> command) throws IOException {
    List<String> all = new java.util.ArrayList<>(before);
    all.addAll(command);
    return new Signer(new ProcessBuilder(all)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Signs for a while; signatures per second of processor time. */
  double rate(double seconds) throws IOException {
    process.getOutputStream().write(((long) (seconds * 1e3) + "\n")
        .getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the signer has ended");
    }
    return Double.parseDouble(line);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    BufferedReader in = new BufferedReader(
        new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null;) {
      System.out.println(signFor(Long.parseLong(line), key));
    }
  }

  /** Signs once, as a server does for a token. */
  static byte[] sign(PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static double signFor(long millis, PrivateKey key) throws Exception {
    // One thread: its own time, without the compiler's, is the honest limit.
    var threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long end = System.nanoTime() + millis * 1_000_000;
    int count = 0;
    do {
      sign(key);
      count++;
    } while (System.nanoTime() < end);
    return count / ((threads.getCurrentThreadCpuTime() - cpu) / 1e9);
  }
}
