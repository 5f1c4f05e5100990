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

  /** A provider: a server with it, a bare one that signs, and how often it can sign at all. */
  private record Pair(String name, Subject subject, ServerProcess bare, Signer signer) {
  }

  static void run(Setup setup, Results results) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    try {
      pairs.add(pair("jdk", setup, Subject.start(setup), List.of()));
      Path corretto = corretto();
      if (corretto != null) {
        String first = "-Djava.security.properties=" + Files.writeString(
            setup.folder().resolve("provider.security"),
            "security.provider.1=com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"
                + "\nsecurity.provider.2=SUN\nsecurity.provider.3=SunRsaSign\nsecurity.provider.4=SunEC"
                + "\nsecurity.provider.5=SunJSSE\nsecurity.provider.6=SunJCE\n");
        pairs.add(pair("accp", setup, Subject.startWith(setup, corretto, first), List.of(first)));
      }
      for (Pair pair : pairs) {
        warm(pair, setup);
      }
      for (int round = 0; round < setup.rounds(); round++) {
        for (Pair pair : pairs) {
          measure(pair, setup, results);
        }
      }
    } finally {
      for (Pair pair : pairs) {
        pair.subject.close();
        pair.bare.close();
        pair.signer.close();
      }
    }
    results.print("tokens");
    for (Pair pair : pairs) {
      compare(pair.name, pair.name.equals("jdk") ? 0.85 : 0.75, results);
    }
  }

  private static Pair pair(String name, Setup setup, Subject subject, List<String> flags)
      throws IOException {
    return new Pair(name, subject,
        ServerProcess.start(setup.pinnedTo(0),
            port -> setup.java(SigningServer.class, flags, "" + port)),
        Signer.start(setup.pinnedTo(0), setup.java(Signer.class, flags)));
  }

  private static void warm(Pair pair, Setup setup) throws IOException, InterruptedException {
    Scenario credentials = Scenario.same(Subject.clientCredentials());
    Scenario flow = pair.subject.codeFlow();
    Load.warm(pair.bare, setup, () -> credentials);
    Load.warm(pair.subject.server(), setup, () -> credentials);
    Load.warm(pair.subject.server(), setup, () -> pair.subject.refresh(CONNECTIONS));
    Load.warm(pair.subject.server(), setup, () -> flow);
    pair.signer.rate(setup.seconds() * 3);
  }

  private static void measure(Pair pair, Setup setup, Results results)
      throws IOException, InterruptedException {
    String name = "tokens." + pair.name + ".";
    double seconds = setup.seconds();
    ServerProcess server = pair.subject.server();
    Scenario credentials = Scenario.same(Subject.clientCredentials());
    Scenario refresh = pair.subject.refresh(CONNECTIONS);
    Scenario flow = pair.subject.codeFlow();
    results.add(name + "sign", pair.signer.rate(seconds));
    results.add(name + "bare", Load.on(pair.bare, setup, credentials, CONNECTIONS, seconds).rate());
    results.add(name + "credentials",
        Load.on(server, setup, credentials, CONNECTIONS, seconds).rate());
    results.add(name + "refresh", Load.on(server, setup, refresh, CONNECTIONS, seconds).rate());
    // Two requests make one token.
    results.add(name + "flow", Load.on(server, setup, flow, CONNECTIONS, seconds).rate() / 2);
    server.allCores(true);
    results.add(name + "all-cores",
        Load.on(server, setup, credentials, CONNECTIONS, seconds).rate());
    server.allCores(false);
  }

  private static void compare(String provider, double limit, Results results) {
    String name = "tokens." + provider + ".";
    String rsa = " / RSA of " + provider;
    for (String what : List.of("credentials", "refresh")) {
      results.ratio("tokens: " + what + rsa, name + what, name + "sign", "at least", limit);
    }
    results.ratio("tokens: code flow" + rsa, name + "flow", name + "sign", "at least", 0.6);
    results.ratio("tokens: a bare server that signs" + rsa, name + "bare", name + "sign",
        "at least", limit);
    results.ratio("tokens: credentials / a bare server that signs, " + provider,
        name + "credentials", name + "bare", "at least", limit);
    results.ratio("tokens: credentials on all cores / on one, per processor second, " + provider,
        name + "all-cores", name + "credentials", "at least", 0.9);
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
