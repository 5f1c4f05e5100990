package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.GatehouseServer;
import gatehouse.support.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9728 §7.6: who we are is read from a header that the attacker has written. */
class HostHeaderTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static String ask(String... head) throws IOException {
    try (RawSocket socket = RawSocket.to(server.port())) {
      return socket.sendHead(head).readAnswer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource/mcp", "/jwks", "/authorize?client_id=x", "/mcp",
    "/style.css", "/nothing"})
  void nothingIsServedUnderAForeignName(String path) throws IOException {
    String answer = ask("GET " + path + " HTTP/1.1", "Host: evil.example", "Accept: text/html");
    assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    assertFalse(answer.contains("evil.example"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: localhost@evil.example", "Host: evil.example#localhost",
    "Host: localhost.evil.example", "Host: ", "X-Nothing: x", "Host: localhost\r\nHost: evil",
    "Host: evil\r\nHost: localhost", "Host: localhost, evil.example",
    "Host: evil.example/localhost"})
  void noSpellingMakesAForeignNameOurs(String host) throws IOException {
    String answer = ask("GET /.well-known/oauth-authorization-server HTTP/1.1", host);
    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertFalse(answer.contains("token_endpoint"), answer);
  }

  @Test
  void aTargetWithAForeignNameDoesNotChangeWhoWeAre() throws IOException {
    String answer = ask("GET http://evil.example/login HTTP/1.1", "Host: localhost");
    assertFalse(answer.contains("evil.example"), answer);
  }

  @Test
  void underAnotherNameOfThisComputerAllAddressesAreStillTheIssuers() throws IOException {
    String document = ask("GET /.well-known/oauth-protected-resource HTTP/1.1",
        "Host: 127.0.0.1:" + server.port());
    assertTrue(document.contains("\"" + server.mcpUrl() + "\""), document);
    String page = ask("GET /login HTTP/1.1", "Host: [::1]:1");
    assertTrue(page.contains("action=\"" + server.issuer() + "/login\""), page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Host: evil.example", "X-Forwarded-Proto: gopher",
    "Forwarded: host=evil.example;proto=gopher", "X-Original-URL: /evil", "X-Rewrite-URL: /evil",
    "X-Forwarded-Prefix: /evil", "X-HTTP-Method-Override: DELETE"})
  void aHeaderThatOnlyAProxyShouldSendIsNotLookedAt(String header) throws IOException {
    String answer = ask("GET /login HTTP/1.1", "Host: localhost", header);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("action=\"" + server.issuer() + "/login\""), answer);
    assertFalse(answer.contains("evil"), answer);
  }
}
