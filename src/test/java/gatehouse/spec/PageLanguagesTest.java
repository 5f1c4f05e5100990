package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that people read, in their language. */
@DisplayName("OpenID Connect Core §3.1.2.1 and RFC 9110 §12.5.4: languages")
class PageLanguagesTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();

  private static void german(Page page, String... texts) {
    String body = page.answer().body();
    assertTrue(body.contains("<html lang=\"de\">"), body);
    assertEquals("de", page.answer().header("Content-Language"));
    assertEquals("no-store", page.answer().header("Cache-Control"), "or it would need Vary");
    for (String text : texts) {
      assertTrue(body.contains(text), text + " is not in " + body);
    }
  }

  private static Page wrong(Page login) {
    return login.fill("username", "alice").fill("password", "wrong").press("Anmelden");
  }

  @Test
  @DisplayName("ui_locales: from the application's link to its answer, also past mistakes")
  void uiLocales() {
    Browser english = new Browser("en");
    Page login = client.attempt("account:read", "account:write").with("ui_locales", "fr de")
        .in(english);
    german(login, "Benutzername", "Passwort");
    Page again = wrong(login);
    german(again, "Name und Passwort gehören nicht zusammen.");
    Page consent = again.fill("username", "alice").fill("password", "wonderland")
        .press("Anmelden");
    german(consent, "Zugriff auf Ihre Daten erlauben?", "Ihr Konto lesen", "Ihr Konto ändern",
        "Höchstens 180 Tage lang", "nicht geprüft");
    english.cookies("localhost").keySet().removeIf(name -> !name.contains("session"));
    german(consent.press("Erlauben"), "schon benutzt oder zu lange offen");
  }

  @Test
  @DisplayName("ui_locales: of a pushed request, where nobody has to sign in any more")
  void pushed() {
    Browser browser = new Browser("en");
    browser.open(server.url("/login")).signIn(Person.ALICE);
    Attempt attempt = client.attempt().with("ui_locales", "de");
    String uri = Http.postForm(server.url("/par"), attempt.parameters()).expect(201)
        .text("request_uri");
    german(browser.open(server.url("/authorize?")
        + Parameters.of("client_id", client.clientId(), "request_uri", uri).encoded()));
  }

  @Test
  @DisplayName("ui_locales: on the form that carries the answer")
  void formPost() {
    Browser browser = new Browser();
    browser.open(server.url("/login")).signIn(Person.ALICE);
    german(client.attempt().with("ui_locales", "de").with("response_mode", "form_post")
        .in(browser).press("Erlauben"), "Zurück zur Anwendung");
  }

  @ParameterizedTest
  @DisplayName("Accept-Language: every page that anybody can open")
  @ValueSource(strings = {"/", "/login", "/metadata", "/nothing", "/token", "/authorize",
    "/authorize?client_id=unknown", "/login?continue=nonsense", "/login/second"})
  void acceptLanguage(String path) {
    german(new Browser("fr;q=0.9, de-AT, en;q=0.8").open(server.url(path)));
  }

  @ParameterizedTest
  @DisplayName("Accept-Language: every page of whoever is signed in")
  @ValueSource(strings = {"/clients", "/logout", "/account", "/account/totp", "/account/passkeys"})
  void signedIn(String path) {
    Browser browser = new Browser("de");
    browser.open(server.url("/login")).fill("username", "alice").fill("password", "wonderland")
        .press("Anmelden");
    german(browser.open(server.url(path)));
  }

  @Test
  @DisplayName("What is for programs stays in English")
  void protocol() {
    String answer = Http.postForm(server.url("/token"), Parameters.of("grant_type", "nonsense"),
        "Accept-Language", "de").body();
    assertTrue(answer.contains("error_description"), answer);
    assertTrue(!answer.contains("nicht"), answer);
  }

  @Test
  @DisplayName("Discovery §3: ui_locales_supported names the languages there are")
  void advertised() {
    assertEquals(new JsonArray().add("de").add("en"),
        client.metadata().get("ui_locales_supported"));
  }
}
