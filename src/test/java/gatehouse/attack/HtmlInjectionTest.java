package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.User;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7591 §5, RFC 9700 §4.16: names and values of strangers become part of our pages. */
class HtmlInjectionTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String IN_ATTRIBUTE = "\"><img src=x onerror=alert(1)>";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .user(new User("mallory", SCRIPT, null, null), "m4llory"));

  private static final Browser ALICE = new Browser();

  private static OAuthClient named(String name, String redirectUri) {
    return OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("client_name", name).add("client_uri", "https://evil.example/\"><script>")
        .add("logo_uri", "https://evil.example/logo.png")
        .add("redirect_uris", new JsonArray().add(redirectUri))
        .add("token_endpoint_auth_method", "none"));
  }

  private static void clean(Page page) {
    String body = page.answer().body();
    for (String markup : new String[] {"<script>alert", "<img", "onerror=alert(1)>", "<b>",
        "{{"}) {
      assertFalse(body.contains(markup), body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SCRIPT, IN_ATTRIBUTE, "'><b>x", "&lt;b>{{user}}", "{{#required}}"})
  void aClientsNameIsShownLetterByLetter(String name) {
    OAuthClient client = named(name, OAuthClient.REDIRECT_URI);
    Page login = client.attempt().in(new Browser());
    clean(login);
    Page consent = login.signIn(Person.ALICE);
    assertTrue(consent.asksForConsent());
    String shown = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        .replace("\"", "&quot;").replace("'", "&#39;");
    assertTrue(consent.answer().body().contains(shown), consent.answer().body());
    assertFalse(consent.answer().body().replace(shown, "").contains("<script>alert"));
  }

  @Test
  void aClientsNameCannotRearrangeThePage() {
    Page page = named("\u202egnp.knab\u2066\u200f\u0000\n", OAuthClient.REDIRECT_URI).attempt()
        .in(new Browser()).signIn(Person.ALICE);
    assertFalse(page.answer().body().matches("(?s).*[\u202a-\u202e\u2066-\u2069\u200f\u0000].*"));
    assertTrue(page.answer().body().contains("gnp.knab"));
  }

  @Test
  void aClientsPicturesAreNotLoaded() {
    Page page = named("Logo", OAuthClient.REDIRECT_URI).attempt().in(new Browser())
        .signIn(Person.ALICE);
    assertFalse(page.answer().body().contains("evil.example"), page.answer().body());
  }

  @Test
  void aUsersNameIsShownLetterByLetter() {
    Page page = server.newClient().attempt().in(new Browser())
        .signIn(new Person("mallory", "m4llory"));
    assertTrue(page.asksForConsent());
    clean(page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri", "state", "scope", "response_type", "nonce",
    "code_challenge", "resource", "prompt", "login_hint", "ui_locales", "unknown"})
  void noParameterOfAnAuthorizationRequestBecomesMarkup(String name) {
    clean(server.newClient().attempt().with(name, SCRIPT).in(new Browser()));
    clean(server.newClient().attempt().with(name, IN_ATTRIBUTE).in(new Browser()));
  }

  @Test
  void whatWasTypedIntoTheLoginFormIsShownLetterByLetter() {
    Page page = new Browser().open(server.url("/login")).fill("username", IN_ATTRIBUTE)
        .fill("password", IN_ATTRIBUTE).press("Sign in");
    clean(page);
    assertEquals(IN_ATTRIBUTE, page.form().values().get("username"));
    assertEquals("", page.form().values().get("password"));
    clean(new Browser().open(server.url("/login?")
        + Parameters.of("login_hint", SCRIPT, "username", IN_ATTRIBUTE).encoded()));
  }

  @Test
  void theFormThatCarriesAnAnswerIsCleanToo() {
    Page page = server.newClient().attempt().with("response_mode", "form_post")
        .with("state", IN_ATTRIBUTE).in(new Browser()).signIn(Person.ALICE).allow();
    clean(page);
    assertEquals(IN_ATTRIBUTE, page.form().values().get("state"));
  }

  @Test
  void theFormForRegisteringByHandIsCleanToo() {
    ALICE.open(server.url("/login")).signIn(Person.ALICE);
    Page form = ALICE.open(server.url("/clients"));
    Parameters values = form.form().values().set("name", SCRIPT)
        .set("redirect_uris", "</textarea>" + SCRIPT).set("kind", "public");
    clean(ALICE.post(form.form().action(), values));
  }

  @Test
  void anAddressThatDoesNotExistIsNotRepeated() {
    clean(new Browser().open(server.url("/%3Cscript%3Ealert(1)%3C/script%3E")));
    assertFalse(Http.get(server.url("/%3Cscript%3Ealert")).body().contains("<script"));
  }
}
