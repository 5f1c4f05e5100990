package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIndicatorTest {
  private static final String MCP = "https://h.example/mcp";
  private static final String OTHER = "https://h.example/other";

  private final ResourceIndicator resources =
      new ResourceIndicator("https://h.example", List.of(MCP, OTHER));

  @ParameterizedTest
  @ValueSource(strings = {MCP, "https://h.example/mcp/", "HTTPS://H.EXAMPLE/mcp",
    "https://h.example:443/mcp", "https://h.example", "https://h.example/",
    "https://H.example:443/"})
  void isForgivingAboutSpellingAndAlwaysGivesTheCanonicalName(String requested) {
    assertEquals(Set.of(MCP), resources.resolve(List.of(requested)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example/mcp", "http://h.example/mcp",
    "https://h.example:8443/mcp", "https://h.example/MCP", "https://h.example/mcp/sub",
    "https://h.example/mc", "https://h.example/mcp?x=1", "https://h.example/mcp#f",
    "https://h.example/other/../mcp", "https://h.example/%6dcp",
    "https://h.example.evil.example/mcp",
    "https://user@other.example", "/mcp", "mcp", "urn:x", "https://h.example/mcp//"})
  void refusesEveryOtherResource(String requested) {
    assertEquals("invalid_target", assertThrows(OAuthError.class,
        () -> resources.resolve(List.of(requested))).code());
    assertEquals("invalid_target", assertThrows(OAuthError.class,
        () -> resources.resolve(List.of(MCP, requested))).code());
  }

  @Test
  void fallsBackToTheFirstResourceAndNeverToAll() {
    assertEquals(Set.of(MCP), resources.resolve(List.of()));
  }

  @Test
  void resolvesSeveral() {
    assertEquals(Set.of(OTHER, MCP),
        resources.resolve(List.of(OTHER + "/", "https://h.example", MCP)));
  }

  @Test
  void narrowsToAPartOfWhatWasGranted() {
    Set<String> granted = Set.of(MCP, OTHER);
    assertEquals(granted, resources.narrow(List.of(), granted));
    assertEquals(Set.of(OTHER), resources.narrow(List.of(OTHER + "/"), granted));
    assertEquals("invalid_target", assertThrows(OAuthError.class,
        () -> resources.narrow(List.of(OTHER), Set.of(MCP))).code());
  }
}
