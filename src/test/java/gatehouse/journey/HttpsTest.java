package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import gatehouse.Gatehouse;
import gatehouse.http.Tls;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.Exposed;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Pkcs12;
import gatehouse.support.RawSocket;
import gatehouse.support.Tokens;
import gatehouse.support.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way over https, with a certificate of the server's own making. */
@DisplayName("Over https")
class HttpsTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo().selfSigned());

  @Test
  void a_client_that_trusts_the_certificate_gets_to_its_tool() {
    assertEquals("https://localhost:" + server.port(), server.issuer());
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE);
    assertEquals("acct-1001", server.mcp(tokens).call("get_account").structured()
        .getString("id", null));
    assertEquals(server.issuer(), client.refresh(tokens).claims().getString("iss", null));
  }

  @Test
  void cookies_are_tied_to_the_host_and_the_connection() {
    Browser browser = new Browser();
    server.newClient().attempt().allowedBy(Person.ALICE, browser);
    assertTrue(browser.cookies("localhost").size() >= 2);
    browser.cookies("localhost").keySet().forEach(name ->
        assertTrue(name.startsWith("__Host-") && name.endsWith("_" + server.port()), name));
    String line = Http.get(server.url("/login")).header("Set-Cookie");
    assertTrue(line.contains("; Secure") && line.contains("; Path=/;"), line);
  }

  @Test
  void nobody_is_told_to_insist_on_a_certificate_of_ones_own() {
    assertNull(Http.get(server.url("/login")).header("Strict-Transport-Security"));
  }

  @Test
  void the_end_of_the_certificate_is_among_the_metrics() {
    assertEquals(server.certificate().getNotAfter().toInstant().getEpochSecond(),
        Exposed.of(Http.get(server.url("/metrics")).expect(200))
            .value("gatehouse_certificate_expiry_timestamp_seconds"));
  }

  @Test
  void a_client_that_does_not_trust_it_does_not_connect() {
    HttpClient stranger = HttpClient.newBuilder().sslContext(new Trust().context()).build();
    assertThrows(SSLHandshakeException.class, () -> stranger.send(
        HttpRequest.newBuilder(URI.create(server.url("/health"))).build(),
        HttpResponse.BodyHandlers.ofString()));
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3,TLS_AES_128_GCM_SHA256,true",
    "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,true",
    "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,false"})
  void only_modern_tls_is_spoken(String protocol, String suite, boolean spoken) throws Exception {
    Trust trust = new Trust().add(server.certificate());
    try (SSLSocket socket = (SSLSocket) trust.context().getSocketFactory()
        .createSocket("127.0.0.1", server.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      parameters.setCipherSuites(new String[] {suite});
      socket.setSSLParameters(parameters);
      if (spoken) {
        socket.startHandshake();
        assertEquals(suite, socket.getSession().getCipherSuite());
      } else {
        assertThrows(IOException.class, socket::startHandshake);
      }
    }
  }

  /** The handshake runs on the threads of exchanges, of which there are as few as four. */
  @Test
  void connections_that_stop_in_the_middle_of_the_handshake_stop_nobody_else() throws Exception {
    List<RawSocket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        RawSocket socket = RawSocket.to(server.port());
        slow.add(socket);
        if (i % 2 == 0) {
          // A record of a ClientHello that is announced and never comes.
          socket.send(new byte[] {0x16, 3, 1, 2, 0, 1, 0});
        }
      }
      Answer answer = Http.get(server.url("/health"));
      assertEquals(200, answer.status());
      assertEquals("acct-1001", server.mcp(server.newClient().connect(Person.ALICE))
          .call("get_account").structured().getString("id", null));
    } finally {
      for (RawSocket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void a_new_certificate_is_shown_soon_after_its_file_has_changed(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("server.p12");
    X509Certificate first = Pkcs12.write(file, "secret", Instant.now());
    try (Gatehouse gatehouse = Gatehouse.builder().port(0).user("carol", "tea")
        .publicUrl("https://mcp.example").tls(file, () -> "secret").start()) {
      Http.trust(first);
      String url = "https://localhost:" + gatehouse.port() + "/login";
      assertEquals("max-age=31536000", Http.get(url).header("Strict-Transport-Security"));
      assertEquals(first, shown(gatehouse.port()));
      X509Certificate second = Pkcs12.write(file, "secret", Instant.now().plusSeconds(60));
      long end = System.nanoTime() + 20_000_000_000L;
      while (!shown(gatehouse.port()).equals(second)) {
        assertTrue(System.nanoTime() < end, "the old certificate is still shown");
        Thread.sleep(100);
      }
    }
  }

  private static X509Certificate shown(int port) throws IOException {
    Trust everybody = new Trust() {
      @Override
      public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // To look at it, whatever it is.
      }
    };
    try (SSLSocket socket = (SSLSocket) everybody.context().getSocketFactory()
        .createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void plain_http_at_the_port_gets_no_answer_and_does_no_harm() throws Exception {
    try (RawSocket socket = RawSocket.to(server.port())) {
      assertFalse(socket.sendHead("GET /health HTTP/1.1", "Host: localhost").readAll()
          .contains("HTTP/1.1 200"));
    }
    assertEquals(200, Http.get(server.url("/health")).status());
  }

  @Test
  void node_connects_once_it_knows_the_certificate(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.pem"), "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(server.certificate().getEncoded())
        + "\n-----END CERTIFICATE-----\n");
    ProcessBuilder node = new ProcessBuilder("node", "src/test/js/https.mjs",
        server.url("/.well-known/oauth-authorization-server"));
    node.redirectErrorStream(true).environment().put("NODE_EXTRA_CA_CERTS", file.toString());
    Process process;
    try {
      process = node.start();
    } catch (IOException e) {
      assumeTrue(false, "Node is not installed");
      return;
    }
    List<String> lines = new String(process.getInputStream().readAllBytes(),
        StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), lines.toString());
    assertEquals(server.issuer(), Json.parse(lines.get(0)).asObject().getString("issuer", null));
    assertTrue(Json.parse(lines.get(1)).asObject().getBoolean("authorized", false));
    assertEquals(Tls.fingerprint(server.certificate()),
        Json.parse(lines.get(1)).asObject().getString("fingerprint", null));
  }
}
