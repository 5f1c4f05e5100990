package gatehouse.attack;

import static gatehouse.spec.Refusals.keptHere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stranger's URL makes the server connect to where the stranger cannot (CIMD draft, "Server-Side
 * Request Forgery"; MCP security best practices; RFC 6890). {@code PORT} is one that listens on
 * every address of this computer.
 */
@DisplayName("Server-side request forgery by a client's document")
class ServerSideRequestForgeryTest {
  private static final String CALLBACK = "https://app.example/cb";

  /** One or two of every special-purpose block of RFC 6890 and its registries. */
  static final List<String> SPECIAL = List.of("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",
      "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3", "127.255.255.254",
      "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
      "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
      "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
      "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
      "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
      "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
      "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
      "2002:7f00:1::1", "2002:a9fe:a9fe::", "2620:4f:8000::1", "3fff::1", "5f00::1", "fc00::1",
      "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "4000::1");

  private static final FakeInternet internet = internet();

  @RegisterExtension
  static final GatehouseServer server =
      GatehouseServer.with(b -> b.demo().fetch(internet.door()));

  private static final ServerSocket listener = listener();

  private final int before = internet.connected().size();

  private static FakeInternet internet() {
    try {
      return new FakeInternet();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ServerSocket listener() {
    try {
      return new ServerSocket(0, 200, InetAddress.getByName("::"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void close() throws IOException {
    internet.close();
    listener.close();
  }

  /** The listener is silent: the first connection that ever arrives there is ours, made now. */
  @AfterEach
  void nobodyCalled() throws IOException {
    try (Socket ours = new Socket(Proxy.NO_PROXY)) {
      ours.connect(new InetSocketAddress("127.0.0.1", listener.getLocalPort()));
      try (Socket first = listener.accept()) {
        assertEquals(ours.getLocalPort(), first.getPort(), "somebody connected to this computer");
      }
    }
    for (String address : newlyConnected()) {
      assertTrue(address.startsWith("8.8.") || address.startsWith("177."), address);
    }
  }

  private List<String> newlyConnected() {
    return internet.connected().subList(before, internet.connected().size());
  }

  private static String here(String text) {
    return text.replace("PORT", "" + listener.getLocalPort());
  }

  private static Page authorize(String clientId) {
    return OAuthClient.discover(server.mcpUrl()).known(here(clientId), null)
        .attempt("account:read").with("redirect_uri", CALLBACK).in(new Browser());
  }

  /** A correct document at a path of good.example, to be changed. */
  private static JsonObject document(String path) {
    return new JsonObject().add("client_id", "https://good.example" + path)
        .add("client_name", "Good").add("redirect_uris", new JsonArray().add(CALLBACK));
  }

  private void refusedUnfetched(Page page) {
    keptHere(page);
    assertEquals(List.of(), newlyConnected());
  }

  @Nested
  @DisplayName("by an address that is not public:")
  class Addresses {
    static final List<String> SPECIAL = ServerSideRequestForgeryTest.SPECIAL;

    @ParameterizedTest
    @FieldSource("SPECIAL")
    void written_as_a_number(String address) {
      String host = address.contains(":") ? "[" + address + "]" : address;
      refusedUnfetched(authorize("https://" + host + ":PORT/c.json"));
    }

    @ParameterizedTest
    @FieldSource("SPECIAL")
    void behind_a_name(String address) {
      internet.name("inside.example", address);
      refusedUnfetched(authorize("https://inside.example:PORT/" + address + ".json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "fe80::1"})
    void among_public_ones_of_a_name(String address) {
      internet.name("mixed.example", FakeInternet.PUBLIC, address);
      refusedUnfetched(authorize("https://mixed.example:PORT/first" + address));
      internet.name("mixed.example", address, FakeInternet.PUBLIC);
      refusedUnfetched(authorize("https://mixed.example:PORT/last" + address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1",
      "127.1", "127.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "sub.localhost",
      "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "[::1%25lo]", "[0:0:0:0:0:0:0:1]", "[::1", "::1",
      "127。0。0。1", "１２７.0.0.1", "ⓛocalhost", "good.example\\@127.0.0.1",
      "good.example@127.0.0.1", "good.example:443@127.0.0.1", "127.0.0.1:PORT#@good.example",
      "127.0.0.1:PORT?@good.example"})
    void in_any_other_spelling(String host) {
      keptHere(authorize("https://" + host + ":PORT/c.json"));
    }
  }

  @Nested
  @DisplayName("by an address of another form:")
  class Forms {
    @ParameterizedTest
    @ValueSource(strings = {"http://good.example/c", "https://good.example",
      "https://good.example/", "https://user@good.example/c", "https://user:pw@good.example/c",
      "https://good.example/c#f",
      "https://good.example/a/../c", "https://good.example/./c", "https://good.example/..",
      "https://good.example/a/%2e%2e/c", "https://good.example/%2E/c", "https:///c", "https:c",
      "https://good.example:99999/c", "https://good.example:-1/c", "https://good.example:x/c",
      "https://good .example/c", "https://good.example/c d", "https://good.example/c\r\nX: y",
      "https://[good.example]/c", "ftp://good.example/c", "file:///etc/passwd",
      "HTTPS://good.example/c", "gopher://good.example/c", "jar:https://good.example/c!/",
      "//good.example/c"})
    void is_not_fetched(String url) {
      refusedUnfetched(authorize(url));
    }

    @Test
    void nor_one_that_is_longer_than_addresses_are() {
      refusedUnfetched(authorize("https://good.example/" + "c".repeat(2048)));
    }
  }

  @Nested
  @DisplayName("by a name")
  class Names {
    @Test
    void that_resolves_differently_the_second_time() {
      internet.serve("/rebound", document("/rebound").toString());
      final int lookups = internet.resolved().size();
      assertTrue(authorize("https://good.example/rebound").asksToSignIn());
      assertEquals(lookups + 1, internet.resolved().size(), "one look-up for one fetch");
      internet.name("good.example", "127.0.0.1");
      server.clock().advanceSeconds(3600);
      authorize("https://good.example/rebound");
      internet.name("good.example", FakeInternet.PUBLIC);
    }

    @Test
    void whose_certificate_is_another_s() {
      internet.name("other.example", FakeInternet.PUBLIC).serve("/o", document("/o")
          .set("client_id", "https://other.example/o").toString());
      keptHere(authorize("https://other.example/o"));
      assertFalse(internet.asked().stream().anyMatch(line -> line.startsWith("/o ")));
    }

    @Test
    void is_asked_without_anything_of_ours() {
      internet.serve("/plain", document("/plain").toString());
      authorize("https://good.example/plain");
      String asked = internet.asked().stream().filter(l -> l.startsWith("/plain ")).findFirst()
          .orElseThrow();
      assertTrue(asked.contains("Accept=[application/json]"), asked);
      assertFalse(asked.matches("(?i).*(cookie|authorization|referer|proxy).*"), asked);
    }
  }
}
