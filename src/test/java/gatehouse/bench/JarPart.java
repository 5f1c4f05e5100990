package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import javax.net.ssl.HttpsURLConnection;

/**
 * The bytes of the runnable jar; and that it has all the classes it needs, though it is cut down:
 * no class in it names one that is not there, and a password and a certificate are made from it.
 */
final class JarPart {
  /**
   * Classes of bcprov that may name what is not there. The first two describe elliptic curves: the
   * registrar's tables name their type, and Argon2id asks for none. The others have, beside the
   * methods that are used, some for the keys of other algorithms and for long numbers.
   */
  private static final Set<String> CUT = Set.of("org.bouncycastle.asn1.x9.X9ECParameters",
      "org.bouncycastle.asn1.x9.X9ObjectIdentifiers",
      "org.bouncycastle.crypto.constraints.ConstraintUtils",
      "org.bouncycastle.util.BigIntegers", "org.bouncycastle.util.Longs");

  private JarPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    results.add("jar.megabytes", Files.size(setup.jar()) / 1e6);
    results.add("jar.limit", 1);
    complete(setup.jar());
    try (Subject subject = Subject.start(setup)) {
      Http.get(subject.server().url() + "/health").expect(200);
      subject.login();
    }
    Path data = Files.createTempDirectory("gatehouse-jar");
    try (ServerProcess server = ServerProcess.start(List.of(), port -> setup.gatehouse(List.of(),
        "--port", "" + port, "--tls", "self-signed", "--data", data.toString()))) {
      HttpsURLConnection connection = (HttpsURLConnection)
          URI.create("https://localhost:" + server.port() + "/health").toURL().openConnection();
      connection.setSSLSocketFactory(Trusting.everybody());
      if (connection.getResponseCode() != 200) {
        throw new IOException("no https from the jar");
      }
    }
    results.print("jar");
    results.ratio("jar: megabytes", "jar.megabytes", "jar.limit", "at most", 1);
  }

  /** Asks the JDK's jdeps what is named in the jar and is neither there nor in the JDK. */
  private static void complete(Path jar) throws IOException {
    StringWriter out = new StringWriter();
    int exit = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out),
        new PrintWriter(out), "--multi-release", "base", "--missing-deps", jar.toString());
    // jar -> not found, and under it: class -> class not found
    List<String> missing = out.toString().lines().skip(1)
        .filter(line -> !CUT.contains(line.trim().split(" ")[0])).toList();
    if (exit != 0 || !missing.isEmpty()) {
      throw new IOException("the jar is not complete: " + out);
    }
  }
}
