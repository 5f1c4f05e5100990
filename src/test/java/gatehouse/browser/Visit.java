package gatehouse.browser;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.Chromium;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Screen;
import java.util.List;
import java.util.Map;

/**
 * A page in one of its states, and how a person gets there.
 *
 * @param name of the state, and of the picture of it
 * @param template that the page is made of
 * @param stays whether the page is the same when it is loaded again
 */
record Visit(String name, String template, boolean stays, Way way) {

  /** What somebody with a fresh browser does to see it. */
  interface Way {
    /** Does it. */
    void walk(Stage stage, Chromium chromium);
  }

  /** All of them; a template without one fails a test. */
  static List<Visit> all() {
    return List.of(
        stays("home", "home.html", (s, c) -> c.open(s.server.issuer() + "/")),

        stays("metadata", "metadata.html", (s, c) -> c.open(s.server.issuer() + "/metadata")),

        stays("login", "login.html", (s, c) -> c.open(s.attempt().url())),
        once("login-refused", "login.html", (s, c) ->
            c.open(s.attempt().url()).signIn(new Person("alice", "wrong"))
                .awaitText("do not belong together")),

        stays("consent-this-computer", "consent.html", (s, c) -> {
          c.open(s.attempt("account:read", "account:write").url());
          c.screen().signIn(Person.ALICE).awaitButton("Allow");
        }),
        stays("consent-verified", "consent.html", (s, c) -> {
          c.open(s.documented().attempt("openid", "email", "account:write", "offline_access")
              .with("redirect_uri", "https://notes.example/callback").url());
          c.screen().signIn(Person.ALICE).awaitButton("Allow");
        }),
        stays("consent-odd", "consent.html", (s, c) -> {
          // The first letter is a Cyrillic one.
          OAuthClient client = OAuthClient.discover(s.server.mcpUrl()).register(new JsonObject()
              .add("client_name", "\u0421laude")
              .add("redirect_uris", new JsonArray().add("cursor://anysphere/callback"))
              .add("token_endpoint_auth_method", "none"));
          c.open(client.attempt("account:read", "account:write", "root")
              .with("redirect_uri", "cursor://anysphere/callback").url());
          c.screen().signIn(Person.ALICE).awaitButton("Allow");
        }),
        stays("consent-long-names", "consent.html", (s, c) -> {
          OAuthClient client = OAuthClient.discover(s.server.mcpUrl()).register(new JsonObject()
              .add("client_name", "W".repeat(90) + " <b>Gatehouse</b>")
              .add("redirect_uris", new JsonArray().add("https://" + "a-long-name.".repeat(12)
                  + "example/callback"))
              .add("token_endpoint_auth_method", "none"));
          c.open(client.attempt().with("redirect_uri", "https://" + "a-long-name.".repeat(12)
              + "example/callback").url());
          c.screen().signIn(Person.ALICE).awaitButton("Allow");
        }),

        once("returning", "form_post.html", (s, c) -> {
          c.withoutScripts().open(s.attempt().with("response_mode", "form_post").url());
          c.screen().signIn(Person.ALICE).press("Allow").awaitButton("Continue");
          c.withScripts();
        }),

        stays("second-factor", "second_factor.html", (s, c) -> {
          Person person = s.somebody("Ada");
          Stage.plugInAuthenticator(c);
          signIn(s, c, person, "/account/passkeys").press("Make a passkey").awaitButton("Remove");
          s.setUpApp(c.open(s.server.issuer() + "/account/totp"));
          c.screen().awaitText("recovery codes");
          // Otherwise the sign-in page would have used the passkey by itself.
          c.devTools("WebAuthn.disable", Map.of());
          c.devTools("Network.clearBrowserCookies", Map.of());
          c.open(s.attempt().url()).signIn(person).awaitButton("Use your passkey");
        }),
        stays("second-factor-choice", "second_factor.html", (s, c) -> {
          OAuthClient client = OAuthClient.discover(s.strict.mcpUrl()).register();
          c.open(client.attempt().url()).signIn(s.somebody("Ada"))
              .awaitText("Authenticator app");
        }),

        stays("app-new", "totp.html", (s, c) ->
            signIn(s, c, s.somebody("Ada"), "/account/totp").awaitButton("Set up")),
        once("app-recovery-codes", "totp.html", (s, c) ->
            s.setUpApp(signIn(s, c, s.somebody("Ada"), "/account/totp"))),
        stays("app-ready", "totp.html", (s, c) -> {
          s.setUpApp(signIn(s, c, s.somebody("Ada"), "/account/totp"));
          c.screen().awaitText("recovery codes");
          c.open(s.server.issuer() + "/account/totp").awaitButton("Remove the app");
        }),

        stays("passkeys-none", "passkeys.html", (s, c) ->
            signIn(s, c, s.somebody("Ada"), "/account/passkeys").awaitButton("Make a passkey")),
        stays("passkeys-one", "passkeys.html", (s, c) -> {
          Stage.plugInAuthenticator(c);
          signIn(s, c, s.somebody("Ada"), "/account/passkeys").fill("name", "My laptop")
              .press("Make a passkey").awaitButton("Remove");
          c.open(s.server.issuer() + "/account/passkeys");
        }),

        stays("account-new", "account.html", (s, c) ->
            signIn(s, c, s.somebody("Ada"), "/account")),
        stays("account", "account.html", (s, c) -> {
          Person person = s.somebody("Ada");
          s.client().connect(person);
          OAuthClient notes = s.documented();
          notes.attempt("openid", "account:write")
              .with("redirect_uri", "https://notes.example/callback")
              .allowedBy(person, new Browser());
          Stage.plugInAuthenticator(c);
          signIn(s, c, person, "/account/passkeys").press("Make a passkey").awaitButton("Remove");
          c.open(s.server.issuer() + "/account");
        }),
        stays("password", "password.html", (s, c) ->
            signIn(s, c, s.somebody("Ada"), "/account/password")),
        once("password-refused", "password.html", (s, c) ->
            changePassword(signIn(s, c, s.somebody("Ada"), "/account/password"), "wrong")
                .awaitText("present password is another one")),
        once("password-changed", "password.html", (s, c) ->
            changePassword(signIn(s, c, s.somebody("Ada"), "/account/password"), "wonderland")
                .awaitText("changed")),

        stays("register", "clients.html", (s, c) ->
            signIn(s, c, Person.ALICE, "/clients").awaitButton("Register")),
        once("register-done", "clients.html", (s, c) ->
            signIn(s, c, Person.ALICE, "/clients").fill("name", "Notes")
                .fill("redirect_uris", "https://notes.example/callback")
                .toggle("kind", "secret").press("Register").awaitText("Client secret")),
        once("register-refused", "clients.html", (s, c) ->
            signIn(s, c, Person.ALICE, "/clients").fill("name", "Notes")
                .fill("redirect_uris", "javascript:alert(1)").press("Register")
                .awaitText("cannot be registered")),

        stays("sign-out", "logout.html", (s, c) -> {
          signIn(s, c, Person.ALICE, "/clients");
          c.open(s.server.issuer() + "/logout").awaitButton("Sign out");
        }),
        stays("signed-out", "logout.html", (s, c) -> {
          signIn(s, c, Person.ALICE, "/clients");
          c.open(s.server.issuer() + "/logout").press("Sign out").awaitText("signed out");
          c.open(s.server.issuer() + "/logout");
        }),

        stays("error-nothing-here", "error.html", (s, c) ->
            c.open(s.server.issuer() + "/nothing")),
        stays("error-unknown-application", "error.html", (s, c) ->
            c.open(s.attempt().with("client_id", "unknown").url())),
        stays("error-bad-link", "error.html", (s, c) ->
            c.open(s.attempt().with("redirect_uri", "https://evil.example/").url())));
  }

  private static Visit stays(String name, String template, Way way) {
    return new Visit(name, template, true, way);
  }

  private static Visit once(String name, String template, Way way) {
    return new Visit(name, template, false, way);
  }

  /** To a page that asks to sign in first. */
  private static Screen signIn(Stage stage, Chromium chromium, Person person, String path) {
    return chromium.open(stage.server.issuer() + path).signIn(person)
        .awaitAddress(stage.server.issuer() + path);
  }

  private static Screen changePassword(Screen screen, String current) {
    return screen.fill("current", current).fill("new", "through the looking-glass")
        .fill("repeated", "through the looking-glass").press("Change the password");
  }

  @Override
  public String toString() {
    return name;
  }
}
