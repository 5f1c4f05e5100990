package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A client that was allowed to read comes to a tool that changes something. */
@DisplayName("A step-up")
class StepUpTest {
  private static final String GERMAN = "{\"language\":\"de\"}";

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  @ParameterizedTest
  @FieldSource("gatehouse.support.McpClient#REVISIONS")
  void leads_from_the_403_to_the_change(String revision) {
    OAuthClient client = server.newClient();
    Browser browser = new Browser();
    McpClient mcp = McpClient.of(revision, server.mcpUrl())
        .bearing(client.connect(Person.ALICE, browser));

    Answer refused = mcp.call("update_account", GERMAN).expect(403);
    assertEquals("insufficient_scope", refused.challenge().get("error"));
    assertEquals("account:read account:write", refused.challenge().get("scope"));
    assertTrue(refused.error().getString("message", "").contains("account:write"));
    assertTrue(mcp.call("get_account_preferences").body().contains("en"));

    // She is signed in still, and asked for no more than the new scope.
    Attempt attempt = client.attempt(refused.challenge().get("scope").split(" "));
    Page consent = attempt.in(browser);
    assertTrue(consent.asksForConsent());
    assertEquals(List.of("account:write"), consent.form().choices());

    Tokens tokens = client.redeem(attempt, consent.allow());
    assertEquals(Set.of("account:read", "account:write"), tokens.scopes());
    mcp.bearing(tokens).call("update_account", GERMAN).result();
    assertTrue(mcp.bearing(tokens).call("get_account_preferences").body().contains("de"));
  }

  @Test
  void keeps_what_the_token_has_in_the_challenge() {
    Tokens tokens = server.newClient()
        .connect(Person.ALICE, "account:read", "offline_access", "profile");
    Answer refused = server.mcp(tokens).call("update_account", GERMAN).expect(403);
    assertTrue(List.of(refused.challenge().get("scope").split(" "))
        .containsAll(List.of("account:read", "account:write", "offline_access")));
  }

  @Test
  void does_not_happen_by_refreshing() {
    OAuthClient client = server.newClient();
    Tokens refreshed = client.refresh(client.connect(Person.ALICE));
    Answer refused = server.mcp(refreshed).call("update_account", GERMAN).expect(403);
    assertTrue(refused.challenge().get("error_description").contains("refreshing will not add it"));
    assertEquals("en", language(refreshed));
  }

  @Test
  void leaves_everything_as_it_was_if_the_user_says_no() {
    OAuthClient client = server.newClient();
    Browser browser = new Browser();
    Tokens tokens = client.connect(Person.ALICE, browser);

    Attempt attempt = client.attempt("account:read", "account:write");
    assertEquals("access_denied", attempt.in(browser).deny().response().get("error"));

    server.mcp(tokens).call("update_account", GERMAN).expect(403);
    assertEquals("en", language(tokens));
  }

  @Test
  void does_not_show_what_the_arguments_should_have_been() {
    Tokens tokens = server.newClient().connect(Person.ALICE);
    Answer refused = server.mcp(tokens).call("update_account", "{\"nonsense\":1}").expect(403);
    assertTrue(!refused.body().contains("nonsense") && !refused.body().contains("display_name"));
  }

  @Test
  void lists_what_it_has_opened() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE);
    Tokens writer = client.connect(Person.ALICE, "account:read", "account:write");
    assertTrue(server.mcp(writer).listTools().result().toString().contains("update_account"));
  }

  @Test
  void is_not_needed_for_reading_with_the_scope_to_write() {
    Tokens writer = server.newClient().connect(Person.ALICE, "account:write");
    server.mcp(writer).call("update_account", GERMAN).structured();
    assertEquals("de", language(writer));
  }

  private String language(Tokens tokens) {
    return server.mcp(tokens).call("get_account_preferences").structured()
        .getString("language", null);
  }
}
