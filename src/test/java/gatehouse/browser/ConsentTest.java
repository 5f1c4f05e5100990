package gatehouse.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Chromium;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Screen;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** From an application to the sign-in and consent pages and back to it, in a real browser. */
class ConsentTest {
  @RegisterExtension
  static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private WebHost application;
  private OAuthClient client;
  private Attempt attempt;

  @BeforeEach
  void openTheApplication() throws Exception {
    application = new WebHost().serve("/callback", 200, "<!doctype html>"
        + "<link rel=icon href=data:,><title>Done</title>You can close this window.", "Content-Type", "text/html");
    client = server.newClient();
    attempt = client.attempt("account:read", "account:write")
        .with("redirect_uri", application.url("/callback"));
  }

  @AfterEach
  void closeTheApplication() {
    application.close();
  }

  /** What the application was told, which has to be what the browser shows now. */
  private Parameters told(Screen screen) {
    screen.awaitText("You can close this window.");
    assertEquals(1, application.timesAsked("/callback"));
    return Parameters.parse(application.asked().stream()
        .filter(request -> request.path().equals("/callback")).findFirst().orElseThrow().query());
  }

  private Tokens tokens(Screen screen) {
    Parameters told = told(screen);
    assertEquals(attempt.get("state"), told.get("state"));
    assertEquals(server.issuer(), told.get("iss"));
    return new Tokens(client.exchange(attempt, told.get("code")).expect(200).json());
  }

  @Test
  void signInAllowAndBackToTheApplication() {
    Tokens tokens = tokens(
        chromium.open(attempt.url()).signIn(Person.ALICE).awaitButton("Deny").press("Allow"));
    assertEquals(Set.of("account:read", "account:write"), tokens.scopes());
    assertEquals("alice", tokens.claims().getString("sub", null));
    server.mcp(tokens).call("get_account").structured();
  }

  @Test
  void denyTellsTheApplication() {
    Parameters told = told(chromium.open(attempt.url()).signIn(Person.ALICE).press("Deny"));
    assertEquals("access_denied", told.get("error"));
    assertEquals(attempt.get("state"), told.get("state"));
    assertFalse(told.get("code") != null);
  }

  @Test
  void anUntickedScopeIsNotInTheToken() {
    Tokens tokens = tokens(chromium.open(attempt.url()).signIn(Person.ALICE)
        .toggle("scope", "account:write").press("Allow"));
    assertEquals(Set.of("account:read"), tokens.scopes());
  }

  @Test
  void readOnlyAllowsWhatChangesNothingByOnePress() {
    Tokens tokens = tokens(
        chromium.open(attempt.url()).signIn(Person.ALICE).press("Allow read-only"));
    assertEquals(Set.of("account:read"), tokens.scopes());
  }

  /** Tab, Enter, Space and letters, and no mouse. */
  @Test
  void everythingCanBeDoneWithTheKeyboard() {
    Screen screen = chromium.open(attempt.url()).awaitButton("Sign in");
    screen.tabTo("username").type("alice").key(Keys.TAB).type("wonderland").key(Keys.ENTER);
    screen.awaitButton("Allow").tabTo("scope").key(Keys.SPACE);
    Tokens tokens = tokens(screen.tabToButton("Allow").key(Keys.ENTER));
    assertEquals(Set.of("account:read"), tokens.scopes());
  }

  @Test
  void pagesSpeakTheLanguageOfTheBrowser() {
    chromium.speaks("de-AT,de;q=0.9,en;q=0.5").open(attempt.url()).fill("username", "alice")
        .fill("password", "wonderland").press("Anmelden").press("Erlauben")
        .awaitText("You can close this window.");
  }

  @Test
  void pagesSpeakTheLanguageThatTheApplicationAsksFor() {
    chromium.open(attempt.with("ui_locales", "fr de").url()).fill("username", "alice")
        .fill("password", "wonderland").press("Anmelden").press("Ablehnen")
        .awaitText("You can close this window.");
  }

  @Test
  void aWrongPasswordAsksAgainAndThenTheWayGoesOn() {
    Screen screen = chromium.open(attempt.url()).signIn(new Person("alice", "wrong"));
    screen.awaitText("do not belong together");
    tokens(screen.signIn(Person.ALICE).press("Allow"));
  }

  @Test
  void everythingWorksWithoutScripts() {
    Screen screen = chromium.withoutScripts().open(attempt.url());
    assertFalse(screen.hasButton("Sign in with a passkey"), "scripts are at work");
    tokens(screen.signIn(Person.ALICE).press("Allow"));
  }

  @Test
  void anAnswerAsAFormGoesByItself() {
    tokensByForm(chromium.open(attempt.with("response_mode", "form_post").url())
        .signIn(Person.ALICE).press("Allow"));
  }

  @Test
  void anAnswerAsAFormGoesByItsButtonWithoutScripts() {
    tokensByForm(chromium.withoutScripts()
        .open(attempt.with("response_mode", "form_post").url())
        .signIn(Person.ALICE).press("Allow").press("Continue"));
  }

  private void tokensByForm(Screen screen) {
    screen.awaitText("You can close this window.");
    WebHost.Asked asked = application.asked().stream()
        .filter(request -> request.path().equals("/callback")).findFirst().orElseThrow();
    assertEquals("POST", asked.method());
    client.exchange(attempt, Parameters.parse(asked.body()).get("code")).expect(200);
  }

  /** Chromium applies form-action to redirects after a form as well, and says so only in its log. */
  @Test
  void anApplicationWithASchemeOfItsOwnIsReached() {
    String target = "cursor://anysphere.cursor-mcp/oauth/callback";
    OAuthClient cursor = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("client_name", "Cursor").add("token_endpoint_auth_method", "none")
        .add("redirect_uris", new JsonArray().add(target)));
    chromium.open(cursor.attempt().with("redirect_uri", target).url()).signIn(Person.ALICE)
        .press("Allow");
    chromium.awaitVisit(target + "?code=");
    assertEquals(List.of(), chromium.complaints());
  }
}
