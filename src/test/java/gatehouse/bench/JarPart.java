package gatehouse.bench;

import gatehouse.support.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;

/**
 * The bytes of the runnable jar; and that it has all the classes it needs, though it is cut down:
 * the two things that use bcprov, a password and a certificate of our own, are used from it.
 */
final class JarPart {
  private JarPart() {
  }

  static void run(Setup setup, Results results) throws Exception {
    results.add("jar.megabytes", Files.size(setup.jar()) / 1e6);
    results.add("jar.limit", 1);
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
}
