package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/relative", "//host/path", "http://a b", "http://a/\n", "http:// a",
    "http://a/%zz", "\\\\host"})
  void parsesNothingThatIsNoAbsoluteUri(String text) {
    assertNull(Urls.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a", "com.example.app:/cb", "https://a/%41?b#c"})
  void parsesAnAbsoluteUri(String text) {
    assertNotNull(Urls.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "[::1]"})
  void recognisesThisComputer(String host) {
    assertTrue(Urls.isLoopback(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", "::1",
    "[::ffff:127.0.0.1]", "2130706433", "127.1", "10.0.0.1", ""})
  void takesNothingElseForThisComputer(String host) {
    assertFalse(Urls.isLoopback(host));
    assertFalse(Urls.isLoopback(null));
  }

  @ParameterizedTest
  @CsvSource({
    "https://c/cb,https://c/cb?code=a%26b",
    "https://c/cb?x=1,https://c/cb?x=1&code=a%26b",
    "https://c/cb?,https://c/cb?code=a%26b",
    "app:/cb,app:/cb?code=a%26b"})
  void appendsAParameterToWhatIsThere(String url, String appended) {
    assertEquals(appended, Urls.append(url, "code", "a&b"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://Host.Example:443/path,https://host.example",
    "http://host:80,http://host",
    "http://host:443,http://host:443",
    "http://[::1]:8080/x,http://[::1]:8080"})
  void writesAnOriginAsBrowsersDo(String url, String origin) {
    assertEquals(origin, Urls.origin(URI.create(url)));
  }

  @Test
  void recognisesAToken() {
    assertTrue(Urls.isToken("Mcp-Param-Region_1!"));
    assertFalse(Urls.isToken(""));
    assertFalse(Urls.isToken("a b"));
    assertFalse(Urls.isToken("a:b"));
    assertFalse(Urls.isToken("a\r\nb"));
    assertFalse(Urls.isToken("é"));
  }
}
