package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7239, and the header that came before it: whose word counts, and which word. */
class ProxiesTest {
  private final Proxies proxies = new Proxies(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

  private String client(String peer, String... headers) throws UnknownHostException {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], Arrays.asList(headers[i + 1].split("\\|")));
    }
    return proxies.client(InetAddress.getByName(peer), map);
  }

  @ParameterizedTest(name = "{0} says {1}: {2}")
  @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
    // Whoever is no proxy of ours is the client, whatever they say.
    "203.0.113.9 ; 198.51.100.1                          ; 203.0.113.9",
    "192.0.2.8   ; 198.51.100.1                          ; 192.0.2.8",
    "11.0.0.1    ; 198.51.100.1                          ; 11.0.0.1",
    "fe00:0:0:0:0:0:0:1 ; 198.51.100.1                   ; fe00:0:0:0:0:0:0:1",
    // A proxy of ours is believed, by the last word that is not of another one.
    "10.1.2.3    ; 198.51.100.1                          ; 198.51.100.1",
    "192.0.2.7   ; 198.51.100.1                          ; 198.51.100.1",
    "fd00::1     ; 198.51.100.1                          ; 198.51.100.1",
    "10.1.2.3    ; 6.6.6.6, 198.51.100.1                 ; 198.51.100.1",
    "10.1.2.3    ; 6.6.6.6, 198.51.100.1, 10.9.9.9       ; 198.51.100.1",
    "10.1.2.3    ; 6.6.6.6|198.51.100.1|10.9.9.9         ; 198.51.100.1",
    "10.1.2.3    ; 198.51.100.1:4711                     ; 198.51.100.1",
    "10.1.2.3    ; [2001:db8::1]:4711                    ; 2001:db8:0:0:0:0:0:1",
    "10.1.2.3    ; 2001:db8::1                           ; 2001:db8:0:0:0:0:0:1",
    "10.1.2.3    ; ::ffff:198.51.100.1                   ; 198.51.100.1",
    // All of them proxies: the farthest is as close to the client as we get.
    "10.1.2.3    ; 10.0.0.1, 10.0.0.2                    ; 10.0.0.1",
    // What is no address ends the chain at whoever passed it on.
    "10.1.2.3    ; unknown                               ; 10.1.2.3",
    "10.1.2.3    ; 6.6.6.6, unknown, 10.0.0.2            ; 10.0.0.2",
    "10.1.2.3    ; 198.51.100.1, evil.example            ; 10.1.2.3",
    "10.1.2.3    ; 010.1.1.1                             ; 10.1.2.3",
    "10.1.2.3    ; 1.2.3                                 ; 10.1.2.3",
    "10.1.2.3    ; 1.2.3.256                             ; 10.1.2.3",
    "10.1.2.3    ; ::g                                   ; 10.1.2.3",
    "10.1.2.3    ; ,,,                                   ; 10.1.2.3"})
  void readsXForwardedFor(String peer, String header, String client) throws Exception {
    assertEquals(client, client(peer, "X-Forwarded-For", header));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
    "for=198.51.100.1                                    ; 198.51.100.1",
    "For=198.51.100.1~proto=http~by=203.0.113.43         ; 198.51.100.1",
    "by=203.0.113.43~FOR=198.51.100.1                    ; 198.51.100.1",
    "for=\"[2001:db8:cafe::17]:4711\"                    ; 2001:db8:cafe:0:0:0:0:17",
    "for=6.6.6.6, for=198.51.100.1, for=10.0.0.9         ; 198.51.100.1",
    "for=\"6.6.6.6, for=7.7.7.7\", for=198.51.100.1      ; 198.51.100.1",
    // A quote left open by the client must not hide what the proxy has added.
    "for=\"6.6.6.6, for=198.51.100.1                     ; 198.51.100.1",
    "for=\"6.6.6.6, for=\"[2001:db8::1]\"                ; 2001:db8:0:0:0:0:0:1",
    "for=_hidden                                         ; 10.1.2.3",
    "proto=https                                         ; 10.1.2.3"})
  void readsForwarded(String header, String client) throws Exception {
    assertEquals(client, client("10.1.2.3", "Forwarded", header.replace('~', ';')));
  }

  @ParameterizedTest
  @CsvSource({"198.51.100.1,198.51.100.1,198.51.100.1", "198.51.100.1,6.6.6.6,10.1.2.3"})
  void believesNeitherHeaderIfTheyDisagree(String plain, String standard, String client)
      throws Exception {
    assertEquals(client, client("10.1.2.3", "X-Forwarded-For", plain, "Forwarded", "for=" + standard));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "everybody", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129",
    "10.0.0/8", "0.0.0.0/0", "::/0", "localhost"})
  void refusesWhatIsNoNetworkOrIsEverybody(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Proxies(List.of(text)));
  }
}
