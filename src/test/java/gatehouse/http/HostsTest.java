package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private final Hosts hosts = new Hosts(
      URI.create("https://Auth.example.com/tenant"), Set.of("https://tool.example.org"));

  @ParameterizedTest
  @ValueSource(strings = {"auth.example.com", "AUTH.EXAMPLE.COM", "auth.example.com:443",
    "localhost", "localhost:4711", "LOCALHOST:80", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
  void serveTheirPublicNameAndThisComputer(String host) {
    assertTrue(hosts.allowsHost(Requests.get("/", "Host", host)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "auth.example.com.evil.example", "evil-auth.example.com",
    "localhost.evil.example", "127.0.0.1.evil.example", "example.com", "", ":80", "[::2]",
    "[::1", "192.168.0.1", "evil.example:443@localhost", "localhost@evil.example", "localhost evil",
    "localhost,evil.example", "0.0.0.0", "auth.example.com/localhost"})
  void doNotServeAnyOtherName(String host) {
    assertFalse(hosts.allowsHost(Requests.get("/", "Host", host)));
  }

  @Test
  void wantExactlyOneHost() {
    assertFalse(hosts.allowsHost(Requests.get("/")));
    assertFalse(hosts.allowsHost(
        Requests.get("/", "Host", "localhost", "Host", "localhost")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://auth.example.com", "https://AUTH.example.com:443",
    "https://tool.example.org", "http://localhost", "http://localhost:6274",
    "http://127.0.0.1:6274", "http://[::1]:6274"})
  void letPagesOfTheseOriginsIn(String origin) {
    assertTrue(hosts.allowsOrigin(Requests.get("/", "Origin", origin)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "", "http://auth.example.com",
    "https://auth.example.com:8443", "https://auth.example.com.evil.example",
    "https://localhost.evil.example", "http://localhost@evil.example",
    "http://evil.example#localhost", "http://evil.example/?localhost", "file://", "localhost",
    "https://tool.example.org.evil.example", "http://tool.example.org"})
  void keepPagesOfOtherOriginsOut(String origin) {
    assertFalse(hosts.allowsOrigin(Requests.get("/", "Origin", origin)));
  }

  @Test
  void takeNoOriginForTheNormalCaseAndTwoForAnAttack() {
    assertTrue(hosts.allowsOrigin(Requests.get("/")));
    assertFalse(hosts.allowsOrigin(
        Requests.get("/", "Origin", "http://localhost", "Origin", "http://localhost")));
  }
}
