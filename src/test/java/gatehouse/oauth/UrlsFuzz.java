package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Form;
import gatehouse.http.Urls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Two URLs, a line each: where answers may go, which are the same place, what a token is for. */
public final class UrlsFuzz {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final ResourceIndicator RESOURCES =
      new ResourceIndicator("https://as.example", List.of("https://as.example/mcp"));

  private UrlsFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    String one = line < 0 ? text : text.substring(0, line);
    String other = line < 0 ? text : text.substring(line + 1);
    resource(one);
    boolean match = RedirectUri.matches(List.of(one), other);
    assertTrue(RedirectUri.matches(List.of(one, other), other), "not the same as itself");
    assertEquals(match, RedirectUri.matches(List.of(other), one), "not the same both ways");
    if (RedirectUri.problem(one, true) != null) {
      return;
    }
    URI uri = allowed(one);
    if (match && !one.equals(other)) {
      URI same = URI.create(other);
      assertNull(RedirectUri.problem(other, true), "a registered place that could not be registered");
      assertTrue(LOOPBACK.contains(lower(uri.getHost())) && LOOPBACK.contains(lower(same.getHost())));
      assertEquals("http", same.getScheme());
      assertEquals(uri.getRawPath(), same.getRawPath());
      assertEquals(uri.getRawQuery(), same.getRawQuery());
    }
  }

  private static URI allowed(String url) {
    URI uri = URI.create(url);
    assertTrue(url.chars().allMatch(c -> c > 0x20 && c < 0x7f));
    assertNull(uri.getRawFragment());
    assertFalse(Set.of("javascript", "data", "file", "vbscript", "blob").contains(
        lower(uri.getScheme())));
    if (uri.getScheme().equalsIgnoreCase("http")) {
      assertTrue(RedirectUri.isLoopback(url));
    }
    assertFalse(RedirectUri.display(url).isEmpty());
    String source = RedirectUri.formTarget(url);
    assertTrue(source.chars().noneMatch(c -> c == ' ' || c == ';' || c == ',' || c == '\''),
        () -> "a source that would end the policy: " + source);
    // What is appended arrives, and the answer still goes where it was allowed to go.
    String answer = Urls.append(url, "code", "a&b=c#d");
    URI target = URI.create(answer);
    assertEquals(uri.getRawAuthority(), target.getRawAuthority());
    assertEquals(uri.getRawPath(), target.getRawPath());
    String query = target.getRawQuery();
    assertEquals("a&b=c#d", Form.parse(query.substring(query.lastIndexOf("code="))).get("code"));
    return uri;
  }

  private static void resource(String text) {
    try {
      assertEquals(Set.of("https://as.example/mcp"), RESOURCES.resolve(List.of(text)));
    } catch (OAuthError e) {
      assertEquals("invalid_target", e.code());
      return;
    }
    URI uri = URI.create(text);
    assertEquals("as.example", lower(uri.getHost()));
    assertNull(uri.getRawFragment());
    assertNotNull(uri.getScheme());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
