package gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens per second of the server's processor time at 16 connections, against how often the same
 * provider signs: client_credentials, refresh, and the code flow of somebody who is signed in; once
 * with the JDK's own RSA, once with Amazon Corretto Crypto Provider, which has OpenSSL's.
 */
final class TokensPart {
  private static final int CONNECTIONS = 16;

  private TokensPart() {
  }

  /** A provider: its server and its limit. */
  private record Pair(String name, Subject subject, Signer signer) {
  }

  static void run(Setup setup, Results results) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    try {
      pairs.add(new Pair("jdk", Subject.start(setup), Signer.start(setup.pinnedTo(0),
          setup.java(Signer.class, List.of()))));
      Path corretto = corretto();
      if (corretto != null) {
        String first = "-Djava.security.properties=" + Files.writeString(
            setup.folder().resolve("provider.security"),
            "security.provider.1=com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"
                + "\nsecurity.provider.2=SUN\nsecurity.provider.3=SunRsaSign\nsecurity.provider.4=SunEC"
                + "\nsecurity.provider.5=SunJSSE\nsecurity.provider.6=SunJCE\n");
        pairs.add(new Pair("accp", Subject.startWith(setup, corretto, first),
            Signer.start(setup.pinnedTo(0), setup.java(Signer.class, List.of(first)))));
      }
      for (Pair pair : pairs) {
        ServerProcess server = pair.subject.server();
        Load.warm(server, setup, Scenario.same(Subject.clientCredentials()));
        Load.on(server, setup, pair.subject.refresh(CONNECTIONS), CONNECTIONS, setup.seconds());
        Load.on(server, setup, pair.subject.codeFlow(), CONNECTIONS, setup.seconds() * 2);
        pair.signer.rate(setup.seconds());
      }
      for (int round = 0; round < setup.rounds(); round++) {
        for (Pair pair : pairs) {
          measure(pair, setup, results);
        }
      }
    } finally {
      for (Pair pair : pairs) {
        pair.subject.close();
        pair.signer.close();
      }
    }
    results.print("tokens");
    for (Pair pair : pairs) {
      String rsa = "tokens." + pair.name + ".sign";
      double limit = pair.name.equals("jdk") ? 0.85 : 0.75;
      for (String what : List.of("credentials", "refresh")) {
        results.ratio("tokens: " + what + " / RSA of " + pair.name,
            "tokens." + pair.name + "." + what, rsa, "at least", limit);
      }
      results.ratio("tokens: code flow / RSA of " + pair.name,
          "tokens." + pair.name + ".flow", rsa, "at least", 0.6);
    }
  }

  private static void measure(Pair pair, Setup setup, Results results)
      throws IOException, InterruptedException {
    String name = "tokens." + pair.name + ".";
    double seconds = setup.seconds();
    ServerProcess server = pair.subject.server();
    Scenario refresh = pair.subject.refresh(CONNECTIONS);
    Scenario flow = pair.subject.codeFlow();
    results.add(name + "sign", pair.signer.rate(seconds));
    results.add(name + "credentials", Load.on(server, setup,
        Scenario.same(Subject.clientCredentials()), CONNECTIONS, seconds).rate());
    results.add(name + "refresh", Load.on(server, setup, refresh, CONNECTIONS, seconds).rate());
    // Two requests make one token.
    results.add(name + "flow", Load.on(server, setup, flow, CONNECTIONS, seconds).rate() / 2);
  }

  /** The jar of the provider on the class path; null where there is none for this platform. */
  private static Path corretto() {
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.contains("AmazonCorrettoCryptoProvider")) {
        return System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64") ? Path.of(entry) : null;
      }
    }
    return null;
  }
}
