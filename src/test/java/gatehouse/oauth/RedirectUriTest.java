package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

  @Nested
  class Registration {

    @ParameterizedTest
    @ValueSource(strings = {"https://client.example/cb", "https://client.example:8443/cb?x=1",
      "https://client.example", "http://localhost/cb", "http://localhost:3000/cb",
      "http://127.0.0.1/cb", "http://[::1]:8080/cb"})
    void takesHttpsAndLoopbackFromEverybody(String uri) {
      assertNull(RedirectUri.problem(uri, true));
      assertNull(RedirectUri.problem(uri, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.app:/cb", "com.example.app://cb",
      "cursor://anysphere.cursor-mcp/oauth/callback", "vscode://vscode.git/cb"})
    void takesPrivateUseSchemesFromPublicClientsOnly(String uri) {
      assertNull(RedirectUri.problem(uri, true));
      assertNotNull(RedirectUri.problem(uri, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/cb", "client.example/cb", "//client.example/cb", "https:",
      "https:cb",
      "https:///cb", "https://client.example/cb#fragment", "https://client.example/cb#",
      "https://user@client.example/cb", "https://user:pass@client.example/cb",
      "https://*.client.example/cb", "https://client.example/*", "https://client.example/a b",
      "http://client.example/cb", "http://localhost.evil.example/cb", "http://127.0.0.2/cb",
      "http://192.168.1.1/cb", "http://0.0.0.0/cb", "http://localhost@evil.example/cb",
      "myapp://cb", "myapp:/cb", "urn:ietf:wg:oauth:2.0:oob"})
    void refusesWhatNobodyShouldBeSentTo(String uri) {
      assertNotNull(RedirectUri.problem(uri, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "JavaScript://client.example/%0aalert(1)",
      "javascript:/x", "data:text/html,x", "data:/x", "file:///etc/passwd", "vbscript:/x",
      "blob:https://client.example/x", "about:/blank", "ftp://client.example/x",
      "ws://client.example/x", "view-source:/x", "intent://x", "filesystem:/x"})
    void refusesDangerousSchemes(String uri) {
      assertNotNull(RedirectUri.problem(uri, true));
    }

    /** A header is written byte by byte, and U+010D U+010A then end the line. */
    @ParameterizedTest
    @ValueSource(strings = {"https://client.example/cb\u010d\u010aSet-Cookie:a=b",
      "https://client.example/é", "https://client.example/cb?\u560d\u560a",
      "com.example.app:/\u010d\u010a", "http://localhost/\u010a", "https://client.example/\r\nx"})
    void refusesWhatIsNotAscii(String uri) {
      assertNotNull(RedirectUri.problem(uri, true));
    }

    @Test
    void boundsTheLength() {
      String uri = "https://client.example/";
      assertNull(RedirectUri.problem(uri + "x".repeat(2_048 - uri.length()), true));
      assertNotNull(RedirectUri.problem(uri + "x".repeat(2_049 - uri.length()), true));
    }
  }

  @Nested
  class Comparison {

    @ParameterizedTest
    @CsvSource({
      "https://c/cb,https://c/cb",
      "http://localhost/cb,http://localhost/cb",
      "http://localhost/cb,http://localhost:51763/cb",
      "http://localhost:3000/cb,http://localhost/cb",
      "http://127.0.0.1:1/cb,http://127.0.0.1:2/cb",
      "http://[::1]/cb,http://[::1]:9/cb",
      "http://localhost:3000/cb,http://127.0.0.1:51763/cb",
      "http://127.0.0.1/cb?x=1,http://[::1]:9/cb?x=1",
      "com.example.app:/cb,com.example.app:/cb"})
    void isLiteralButForThePortAndNameOfThisComputer(String registered, String requested) {
      assertTrue(RedirectUri.matches(List.of("https://other/", registered), requested));
    }

    @ParameterizedTest
    @CsvSource({
      "https://c/cb,https://c/cb/",
      "https://c/cb,https://c/cb?x=1",
      "https://c/cb?x=1,https://c/cb",
      "https://c/cb,https://c/CB",
      "https://c/cb,HTTPS://c/cb",
      "https://c/cb,https://C/cb",
      "https://c/cb,https://c:443/cb",
      "https://c/cb,https://c:8443/cb",
      "https://c/cb,https://c/%63b",
      "https://c/cb,https://c/./cb",
      "https://c/cb,https://c/cb/../cb",
      "https://c/cb,https://c.evil.example/cb",
      "https://c/cb,https://evil.example/cb?https://c/cb",
      "https://c/cb,http://c/cb",
      "https://c/cb,'https://c/cb '",
      "https://c/cb,https://c/cb%20",
      "https://localhost/cb,https://localhost:8443/cb",
      "http://localhost/cb,https://localhost/cb",
      "http://localhost/cb,http://localhost:1/cb/",
      "http://localhost/cb,http://localhost:1/other",
      "http://localhost/cb,http://localhost:1/cb?x=1",
      "http://localhost/cb,http://localhost:1/cb#f",
      "http://localhost/cb,http://user@localhost:1/cb",
      "http://localhost/cb,http://localhost:1@evil.example/cb",
      "http://localhost/cb,http://localhost.evil.example:1/cb",
      "http://localhost/cb,http://evil.example/cb",
      "http://localhost/cb,http://evil.example#@localhost/cb",
      "http://localhost/cb,http://localhost%2eevil.example/cb",
      "http://localhost/cb,HTTP://localhost:1/cb",
      "com.example.app:/cb,com.example.app:/cb2",
      "com.example.app:/cb,COM.example.app:/cb"})
    void acceptsNothingThatMerelyLooksAlike(String registered, String requested) {
      assertFalse(RedirectUri.matches(List.of(registered), requested));
    }

    @Test
    void withNothingRegisteredMatchesNothing() {
      assertFalse(RedirectUri.matches(List.of(), "https://c/cb"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example:8443/cb?x=1,client.example,https://client.example:8443",
    "http://127.0.0.1:4711/cb,127.0.0.1,http://127.0.0.1:4711",
    "http://[::1]:4711/cb,[::1],http://[::1]:4711",
    "cursor://anysphere.cursor-mcp/cb,cursor:,cursor:",
    "com.example.app:/cb,com.example.app:,com.example.app:"})
  void isShownByItsHostAndNamedToTheBrowserByItsOrigin(String uri, String shown, String source) {
    assertEquals(shown, RedirectUri.display(uri));
    assertEquals(source, RedirectUri.formTarget(uri));
  }
}
