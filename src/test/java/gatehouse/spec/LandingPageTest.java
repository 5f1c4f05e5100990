package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What whoever comes to the server's address with a browser learns from it. */
@DisplayName("The start page, and the documents for people")
class LandingPageTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Pattern CLIENT =
      Pattern.compile("<h3 id=\"([^\"]+)\">([^<]+)</h3>.*?<pre>(.*?)</pre>", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("href=\"((?:vscode|cursor):[^\"]+)\"");

  private static String home() {
    return new Browser().open(server.url("/")).answer().expect(200).body();
  }

  private static String text(String html) {
    return html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
        .replace("&#39;", "'").replace("&amp;", "&");
  }

  /** What there is to be copied for a client. */
  private static String setup(String client) {
    Matcher matcher = CLIENT.matcher(home());
    while (matcher.find()) {
      if (matcher.group(2).equals(client)) {
        return text(matcher.group(3));
      }
    }
    throw new AssertionError("nothing for " + client);
  }

  private static JsonObject member(String client, String servers) {
    return Json.parse(setup(client)).asObject().get(servers).asObject().get("gatehouse").asObject();
  }

  @Test
  @DisplayName("Every client finds the form of its own manual")
  void clients() {
    String url = server.mcpUrl();
    assertEquals("claude mcp add --transport http gatehouse " + url, setup("Claude Code"));
    assertEquals(Json.parse("{\"command\":\"npx\",\"args\":[\"-y\",\"mcp-remote\",\"" + url
        + "\"]}"), member("Claude Desktop", "mcpServers"));
    assertEquals(Json.parse("{\"type\":\"http\",\"url\":\"" + url + "\"}"),
        member("VS Code", "servers"));
    assertEquals(Json.parse("{\"url\":\"" + url + "\"}"), member("Cursor", "mcpServers"));
    assertEquals("npx @modelcontextprotocol/inspector --transport http --server-url " + url,
        setup("MCP Inspector"));
    assertEquals("npx -y mcp-remote " + url, setup("mcp-remote"));
  }

  @Test
  @DisplayName("Links that VS Code and Cursor open themselves")
  void links() {
    List<String> links = LINK.matcher(home()).results().map(found -> text(found.group(1))).toList();
    assertEquals(2, links.size());
    JsonObject code = Json.parse(URLDecoder.decode(
        links.get(0).substring("vscode:mcp/install?".length()), StandardCharsets.UTF_8)).asObject();
    assertEquals(server.mcpUrl(), code.get("url").asString());
    URI cursor = URI.create(links.get(1));
    assertEquals("anysphere.cursor-deeplink", cursor.getHost());
    String config = URLDecoder.decode(
        cursor.getRawQuery().replaceAll(".*config=", ""), StandardCharsets.UTF_8);
    assertEquals(new JsonObject().add("url", server.mcpUrl()), Json.parse(
        new String(Base64.getDecoder().decode(config), StandardCharsets.UTF_8)));
  }

  @Test
  @DisplayName("Without JavaScript nothing is missing: the copy buttons are hidden until it runs")
  void withoutScripts() {
    String page = home();
    List<MatchResult> buttons = Pattern.compile("<button[^>]*>").matcher(page).results().toList();
    assertTrue(buttons.size() > 5);
    buttons.forEach(button -> assertTrue(button.group().contains(" hidden>"), button.group()));
    assertEquals("text/javascript; charset=utf-8",
        Http.get(server.url("/copy.js")).expect(200).header("Content-Type"));
  }

  @Test
  @DisplayName("Every member of the served documents, with a sentence, in each language")
  void documents() {
    for (String language : List.of("en", "de")) {
      String page = new Browser(language).open(server.url("/metadata")).answer().expect(200).body();
      for (String path : List.of("/.well-known/oauth-protected-resource/mcp",
          "/.well-known/oauth-authorization-server", "/jwks")) {
        assertTrue(page.contains("href=\"" + server.url(path) + "\""), path);
        for (JsonObject.Member member : Http.get(server.url(path)).json()) {
          List<MatchResult> shown = Pattern.compile("<code>" + member.getName()
              + "</code></dt>\\s*<dd><span class=\"sentence\">([^<]+)</span><pre>(.*?)</pre>",
              Pattern.DOTALL).matcher(page).results().toList();
          // Two of the documents have a member of the same name.
          assertTrue(shown.stream().map(found -> text(found.group(2)))
              .map(value -> member.getValue().isString() ? Json.value(value) : Json.parse(value))
              .anyMatch(member.getValue()::equals), "no sentence about " + member.getName());
        }
      }
    }
  }

  @Test
  @DisplayName("Where others issue the tokens, it leads to them, and to no account here")
  void tokensOfOthers() {
    try (Gatehouse resource = Gatehouse.builder().port(0).demoTools()
        .authorizationServers("https://as.example").start()) {
      String page = new Browser().open(resource.issuer() + "/").answer().expect(200).body();
      assertFalse(page.contains("/account\""), page);
      String documents = new Browser().open(resource.issuer() + "/metadata").answer().expect(200)
          .body();
      assertTrue(documents.contains("href=\"https://as.example\""), documents);
      assertFalse(documents.contains("/jwks"), documents);
      Http.get(resource.issuer() + "/copy.js").expect(200);
    }
  }
}
