package gatehouse.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.support.Attempt;
import gatehouse.support.Chromium;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Screen;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** All ways of signing in, in a real browser with its own authenticator. */
class SignInTest {
  @RegisterExtension
  static final Chromium chromium = new Chromium();

  private static Stage stage;

  private OAuthClient client;
  private Attempt attempt;
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
    client = stage.client();
    attempt = client.attempt("openid", "account:read")
        .with("redirect_uri", stage.application.url("/callback"));
    ada = stage.somebody("Ada");
  }

  /** Allows what is asked; what the ID token says. */
  private JsonObject idToken(Screen screen) {
    screen.press("Allow").awaitText("You can close this window.");
    String code = Parameters.parse(screen.address().getRawQuery()).get("code");
    return Tokens.part(new Tokens(client.exchange(attempt, code).expect(200).json()).id(), 1);
  }

  private static List<String> methods(JsonObject idToken) {
    JsonArray amr = idToken.get("amr").asArray();
    return amr.values().stream().map(JsonValue::asString).sorted().toList();
  }

  private Screen account(String page) {
    return chromium.open(stage.server.issuer() + "/account" + page).signIn(ada)
        .awaitAddress(stage.server.issuer() + "/account" + page);
  }

  private void forgetCookies() {
    chromium.devTools("Network.clearBrowserCookies", Map.of());
  }

  private Authenticator setUpApp() {
    Authenticator app = stage.setUpApp(account("/totp"));
    chromium.screen().awaitText("recovery codes");
    return app;
  }

  private void makePasskey() {
    account("/passkeys").press("Make a passkey").awaitButton("Remove");
  }

  @Test
  void aPasskeySignsInWithoutAName() {
    String key = Stage.plugInAuthenticator(chromium);
    makePasskey();
    forgetCookies();
    Stage.touches(chromium, key, false);
    Screen screen = chromium.open(attempt.url()).awaitButton("Sign in with a passkey");
    Stage.touches(chromium, key, true);
    JsonObject told =
        idToken(screen.press("Sign in with a passkey").awaitButton("Allow"));
    assertEquals(ada.name(), told.getString("sub", null));
    assertTrue(methods(told).contains("mfa"), methods(told).toString());
    assertEquals(List.of(), chromium.complaints());
  }

  /** The browser offers it where the name is typed; here its owner takes it at once. */
  @Test
  void aPasskeyIsOfferedWhereTheNameIsTyped() {
    Stage.plugInAuthenticator(chromium);
    makePasskey();
    forgetCookies();
    assertEquals(ada.name(),
        idToken(chromium.open(attempt.url()).awaitButton("Allow")).getString("sub", null));
  }

  @Test
  void aPasskeyIsTheSecondFactorAfterThePassword() {
    String key = Stage.plugInAuthenticator(chromium);
    makePasskey();
    forgetCookies();
    Stage.touches(chromium, key, false);
    Screen screen = chromium.open(attempt.url()).signIn(ada).awaitButton("Use your passkey");
    assertFalse(screen.hasButton("Allow"));
    Stage.touches(chromium, key, true);
    JsonObject told =
        idToken(screen.press("Use your passkey").awaitButton("Allow"));
    assertTrue(methods(told).contains("pwd"), methods(told).toString());
  }

  /** The one who is asked does not have the key. */
  @Test
  void whoeverHasOnlyThePasswordDoesNotGetPastThePasskey() {
    Stage.plugInAuthenticator(chromium);
    makePasskey();
    forgetCookies();
    chromium.devTools("WebAuthn.disable", Map.of());
    chromium.open(attempt.url()).signIn(ada).awaitButton("Use your passkey");
    chromium.open(attempt.url()).awaitButton("Sign in");
  }

  @Test
  void aRemovedPasskeyIsNotAskedForAnyMore() {
    Stage.plugInAuthenticator(chromium);
    makePasskey();
    chromium.screen().press("Remove").awaitText("There is none yet");
    forgetCookies();
    chromium.devTools("WebAuthn.disable", Map.of());
    chromium.open(attempt.url()).signIn(ada).awaitButton("Allow");
  }

  @Test
  void anAuthenticatorAppIsTheSecondFactorAfterThePassword() {
    Authenticator app = setUpApp();
    forgetCookies();
    Screen screen = chromium.open(attempt.url()).signIn(ada).fill("code", "000000")
        .press("Sign in").awaitText("That code is not right");
    JsonObject told =
        idToken(screen.fill("code", app.nextCode()).press("Sign in").awaitButton("Allow"));
    assertEquals(ada.name(), told.getString("sub", null));
    assertTrue(methods(told).containsAll(List.of("otp", "pwd")), methods(told).toString());
  }

  @Test
  void aRecoveryCodeStandsInForTheAppOnce() {
    setUpApp();
    String recovery = chromium.screen().await(By.tagName("pre")).getText().split("\\s+")[0];
    forgetCookies();
    idToken(chromium.open(attempt.url()).signIn(ada).fill("code", recovery).press("Sign in")
        .awaitButton("Allow"));
    forgetCookies();
    chromium.open(attempt.url()).signIn(ada).fill("code", recovery).press("Sign in")
        .awaitText("That code is not right");
  }

  @Test
  void whereASecondFactorIsDemandedTheFirstSignInSetsOneUp() {
    OAuthClient strict = OAuthClient.discover(stage.strict.mcpUrl()).register();
    chromium.open(strict.attempt().with("redirect_uri", stage.application.url("/callback")).url())
        .signIn(ada).follow("Authenticator app");
    stage.setUpApp(chromium.screen());
    chromium.screen().awaitText("recovery codes").follow("I have kept them. Continue")
        .press("Allow").awaitText("You can close this window.");
  }

  /** Code, PKCE, nonce and iss between two servers of ours, and one person in one browser. */
  @Test
  void anotherGatehouseSignsInAsOpenIdProvider() {
    Screen screen = chromium.open(attempt.url()).follow("Sign in with Example")
        .awaitAddress(stage.upstream.issuer());
    JsonObject told =
        idToken(screen.signIn(Person.BOB).press("Allow")
            .awaitAddress(stage.server.issuer()).awaitButton("Allow"));
    assertFalse(told.getString("sub", "").isEmpty());
    assertEquals(stage.server.issuer(), told.getString("iss", null));
  }

  @Test
  void whoeverDeniesAtTheOtherServerIsToldSo() {
    chromium.open(attempt.url()).follow("Sign in with Example")
        .awaitAddress(stage.upstream.issuer()).signIn(Person.ALICE).press("Deny")
        .awaitAddress(stage.server.issuer()).awaitText("did not let you in");
  }
}
