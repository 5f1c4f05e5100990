package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.oauth.Scope;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is on the page where people decide, and what comes of their choice. */
@DisplayName("MCP security best practices: consent, in detail")
class ConsentTest {
  private static final String READ_ONLY = "Allow read-only";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .scope(Scope.optional("elsewhere", "Something else", "No tool here needs it.")));

  private final OAuthClient client = server.newClient();

  private static Page consent(Attempt attempt) {
    Page page = attempt.in(new Browser()).signIn(Person.ALICE);
    assertTrue(page.asksForConsent());
    return page;
  }

  private static boolean offersReadOnly(Page page) {
    return page.answer().body().contains(">" + READ_ONLY + "</button>");
  }

  private static Tool tool(String name, String scope, boolean readOnly) {
    Tool.Builder tool = Tool.named(name).title("Tool " + name).scopes(scope);
    return (readOnly ? tool.readOnly() : tool).handler(call -> ToolResult.text("")).build();
  }

  @Nested
  @DisplayName("Read-only")
  class ReadOnly {

    @Test
    @DisplayName("One press allows what changes nothing, and that alone")
    void preset() {
      Attempt attempt = client.attempt("account:read", "account:write", "openid", "elsewhere");
      Page page = consent(attempt);
      assertTrue(offersReadOnly(page));
      Tokens tokens = client.redeem(attempt, page.press(READ_ONLY));
      assertEquals(Set.of("account:read", "openid"), tokens.scopes());
    }

    @Test
    @DisplayName("What was unticked is not allowed by it either")
    void unticked() {
      Attempt attempt = client.attempt("account:read", "account:write", "openid", "profile",
          "email");
      Page page = consent(attempt).untick("scope", "email");
      assertEquals(Set.of("account:read", "openid", "profile"),
          client.redeem(attempt, page.press(READ_ONLY)).scopes());
    }

    @Test
    @DisplayName("It is not offered where it would be the same as Allow")
    void same() {
      assertFalse(offersReadOnly(consent(client.attempt("account:read", "profile"))));
    }

    @Nested
    @DisplayName("where the least that is allowed changes something")
    class Writing {
      @RegisterExtension
      static final GatehouseServer writing = GatehouseServer.with(b -> b
          .user("alice", "wonderland")
          .scope(Scope.base("base", "Base", "The least.")).scope(Scope.optional("more", "More", ""))
          .tool(tool("change", "base", false)).tool(tool("look", "more", true)));

      @Test
      @DisplayName("it is not offered, and not granted to whoever makes up the button")
      void notOffered() {
        OAuthClient own = writing.newClient();
        Attempt attempt = own.attempt("base", "more");
        Page page = consent(attempt);
        assertFalse(offersReadOnly(page));
        Browser browser = new Browser();
        Page forged = attempt.in(browser).signIn(Person.ALICE);
        forged.form().values().set("decision", "read-only");
        Page answer = browser.post(forged.form().action(), forged.form().values());
        assertEquals("access_denied", answer.response().get("error"));
      }
    }
  }

  @Nested
  @DisplayName("How long")
  class Lasting {
    @RegisterExtension
    static final GatehouseServer brief = GatehouseServer.with(b -> b.demo()
        .policy(p -> p.lifetime("grant", Duration.ofHours(3)))
        .client(new JsonObject().add("client_id", "once").add("client_secret", "s")
            .add("grant_types", new JsonArray().add("authorization_code"))
            .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))));

    @Test
    @DisplayName("The policy's lifetime of a grant, for a client that comes back by itself")
    void grant() {
      assertTrue(consent(client.attempt()).answer().body().contains("For 180 days at most."));
      assertTrue(consent(brief.newClient().attempt()).answer().body()
          .contains("For 3 hours at most."));
    }

    @Test
    @DisplayName("That of a token, for one that cannot")
    void token() {
      OAuthClient once = OAuthClient.discover(brief.mcpUrl()).known("once", "s");
      assertTrue(consent(once.attempt()).answer().body().contains("For 15 minutes at most."));
    }
  }

  @Test
  @DisplayName("Scopes that do not exist are told, in short and as they are")
  void unknown() {
    String body = consent(client.attempt("account:read", "mcp:tools", "<b>", "x".repeat(500), "a1",
        "a2", "a3", "a4")).answer().body();
    assertTrue(body.contains("mcp:tools, &lt;b&gt;, " + "x".repeat(39) + "…, a1, a2, …"), body);
    assertFalse(consent(client.attempt("account:read")).answer().body().contains("left out"));
  }

  @Test
  @DisplayName("Many tools of one scope: some at once, the others behind a line that unfolds")
  void manyTools() {
    try (var many = Gatehouse.builder().port(0).user("alice", "wonderland")
        .scope(Scope.base("base", "Base", "All of it.")).mcp(mcp -> {
          for (int i = 10; i < 30; i++) {
            mcp.tool(tool("t" + i, "base", true));
          }
        }).start()) {
      String body = consent(OAuthClient.discover(many.mcpUrl()).register().attempt("base"))
          .answer().body();
      assertTrue(body.contains("Tool t17") && body.contains("<summary>and 12 more</summary>"),
          body);
      assertTrue(body.indexOf("Tool t18") > body.indexOf("<summary>"));
      assertTrue(body.contains("Tool t29"));
    }
  }

  @Test
  @DisplayName("Not you? The way to sign in as somebody else, and back here")
  void somebodyElse() {
    Browser browser = new Browser();
    Page page = client.attempt().in(browser).signIn(Person.ALICE);
    String link = page.answer().body().replaceAll("(?s).*href=\"([^\"]*/login\\?[^\"]*)\".*", "$1");
    Page consent = browser.open(link).signIn(Person.BOB);
    assertTrue(consent.asksForConsent());
    assertTrue(consent.answer().body().contains("<span class=\"name\">bob</span>"));
  }

  @Test
  @DisplayName("Titles of scopes in the language of whoever reads them, from the operator's texts")
  void titles(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("texts_en.txt"), "scope.notes.title = Your notes\n"
        + "scope.notes.description = All of <em>them</em>.");
    Files.writeString(folder.resolve("texts_de.txt"), "scope.notes.title = Ihre Notizen");
    try (var own = Gatehouse.builder().port(0).user("alice", "wonderland")
        .templates(folder).scope(Scope.base("notes", "", ""))
        .scope(Scope.optional("plain", "Plain & simple", "As it is.")).start()) {
      OAuthClient notes = OAuthClient.discover(own.mcpUrl()).register();
      String english = consent(notes.attempt("notes", "plain")).answer().body();
      assertTrue(english.contains("<strong>Your notes</strong>")
          && english.contains("All of <em>them</em>."), english);
      Page login = notes.attempt("notes", "plain").with("ui_locales", "de").in(new Browser());
      String german = login.fill("username", "alice").fill("password", "wonderland")
          .press("Anmelden").answer().body();
      for (String text : List.of("Ihre Notizen", "Plain &amp; simple", "As it is.",
          "All of <em>them</em>.")) {
        assertTrue(german.contains(text), text);
      }
    }
  }
}
