package gatehouse.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Browser;
import gatehouse.support.Chromium;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Screen;
import gatehouse.support.Tokens;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people undo and change on their account page, and what that does to applications. */
class AccountTest {
  @RegisterExtension
  static final Chromium chromium = new Chromium();

  private static Stage stage;

  private Person ada;

  @BeforeAll
  static void open() throws IOException {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @BeforeEach
  void somebodyNew() {
    ada = stage.somebody("Ada");
  }

  private Screen account() {
    return chromium.open(stage.server.issuer() + "/account").signIn(ada)
        .awaitText("Connected applications");
  }

  @Test
  void aDisconnectedApplicationIsRefusedAtItsNextCall() {
    OAuthClient client = stage.client();
    Tokens tokens = client.connect(ada, "account:read");
    McpClient mcp = McpClient.with(tokens, stage.server.mcpUrl());
    mcp.call("get_account").structured();
    account().awaitText("Test client").press("Disconnect").awaitText("There is none");
    assertEquals(401, mcp.call("get_account").status());
    assertEquals("invalid_grant", client.refresh(tokens.refresh()).expect(400).text("error"));
  }

  @Test
  void anotherBrowserIsSignedOutAtOnce() {
    Browser other = new Browser();
    other.open(stage.server.issuer() + "/account").signIn(ada);
    assertTrue(stage.attempt().in(other).asksForConsent());
    // "Sign out" beside the other one; this one has a link at the top.
    account().press("Sign out").await("one session", screen -> !screen.hasButton("Sign out"));
    assertTrue(stage.attempt().in(other).asksToSignIn());
    chromium.open(stage.server.issuer() + "/account").awaitText("Connected applications");
  }

  @Test
  void aChangedPasswordIsTheOnlyOneFromThenOn() {
    account().follow("Change the password").fill("current", ada.password())
        .fill("new", "through the looking-glass").fill("repeated", "through the looking-glass")
        .press("Change the password").awaitText("Your password is changed");
    new Browser().open(stage.server.issuer() + "/login").signIn(ada).answer().expect(401);
    Person changed = new Person(ada.name(), "through the looking-glass");
    new Browser().open(stage.server.issuer() + "/login").signIn(changed).answer().expect(200);
  }

  @Test
  void everythingWorksWithoutScripts() {
    Tokens tokens = stage.client().connect(ada, "account:read");
    chromium.withoutScripts();
    account().press("Disconnect").awaitText("There is none");
    McpClient mcp = McpClient.with(tokens, stage.server.mcpUrl());
    assertEquals(401, mcp.call("get_account").status());
  }
}
