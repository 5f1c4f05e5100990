package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP's last resort: a person gets an id, and perhaps a secret, to paste into the client. */
@DisplayName("Registration by hand at /clients")
class HandRegistrationTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  private final Browser browser = new Browser();

  private Page page() {
    Page page = browser.open(server.url("/clients"));
    return page.asksToSignIn() ? page.signIn(Person.ALICE) : page;
  }

  private Page filled(String kind, String redirectUris) {
    return page().fill("name", "My app").fill("redirect_uris", redirectUris).fill("kind", kind);
  }

  /** What the page shows to be copied: the id, and the secret if there is one. */
  private static List<String> shown(Page page) {
    return Pattern.compile("<pre>([^<]+)</pre>").matcher(page.answer().expect(200).body())
        .results().map((MatchResult result) -> result.group(1)).toList();
  }

  private OAuthClient client(List<String> shown) {
    return OAuthClient.discover(server.mcpUrl())
        .known(shown.get(0), shown.size() > 1 ? shown.get(1) : null);
  }

  @Test
  void asks_whoever_comes_to_sign_in_first() {
    assertTrue(browser.open(server.url("/clients")).asksToSignIn());
    assertTrue(page().form().action().endsWith("/clients"));
  }

  @Test
  void gives_an_app_on_somebodys_computer_an_id_and_no_secret() {
    List<String> shown = shown(filled("public", OAuthClient.REDIRECT_URI).press("Register"));
    assertEquals(1, shown.size());
    OAuthClient client = client(shown);
    assertTrue(client.isAccepted(client.refresh(client.connect(Person.BOB))));
  }

  @Test
  void gives_a_server_a_secret_that_is_shown_once() {
    Page page = filled("secret", "https://web.example/cb\r\n  " + OAuthClient.REDIRECT_URI)
        .press("Register");
    List<String> shown = shown(page);
    assertEquals(2, shown.size());
    assertEquals("no-store", page.answer().header("Cache-Control"));
    OAuthClient client = client(shown);
    assertTrue(client.isAccepted(client.connect(Person.BOB)));
    Refusals.refused(401, "invalid_client", client.known(shown.get(0), null).refresh("x"));
    assertEquals(List.of(), shown(page()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://web.example/cb", "javascript:alert(1)", "https://*.example/cb",
    "nothing", "https://web.example/cb#f"})
  void refuses_where_no_answer_may_go_and_says_why(String redirectUri) {
    Page page = filled("public", redirectUri).press("Register");
    page.answer().expect(400);
    assertTrue(page.answer().body().contains("role=\"alert\""), page.answer().body());
    assertTrue(page.answer().body().contains("My app"), "what was typed is still there");
    assertFalse(page.answer().body().contains("is registered</h2>"));
  }

  @Test
  void wants_a_redirect_address() {
    assertEquals(400, filled("public", " \r\n ").press("Register").answer().status());
    assertEquals(400, page().fill("name", "x").fill("kind", "public").press("Register")
        .answer().status());
  }

  @Test
  @DisplayName("AS-45: a form of another page, browser or time registers nothing")
  void forged() {
    Page form = filled("public", OAuthClient.REDIRECT_URI);
    Parameters sent = Parameters.parse(form.form().values().encoded());
    String action = form.form().action();
    for (String csrf : new String[] {"forged", ""}) {
      assertEquals(403, browser.post(action, Parameters.parse(sent.encoded()).set("csrf", csrf))
          .answer().status());
    }
    Browser other = new Browser();
    other.open(server.url("/clients")).signIn(Person.BOB);
    assertEquals(403, other.post(action, Parameters.parse(sent.encoded())).answer().status());
    assertTrue(new Browser().post(action, Parameters.parse(sent.encoded())).asksToSignIn());
    assertEquals(200, browser.post(action, Parameters.parse(sent.encoded())).answer().status());
    assertEquals(403, browser.post(action, Parameters.parse(sent.encoded())).answer().status());
    server.clock().advance(Duration.ofMinutes(10));
    Page late = filled("public", OAuthClient.REDIRECT_URI);
    server.clock().advance(Duration.ofMinutes(61));
    assertEquals(403, late.press("Register").answer().status());
  }

  @Test
  @DisplayName("AS-101: what was typed is shown as text")
  void hostileName() {
    Page page = page().fill("name", "<script>alert(1)</script>").fill("kind", "public")
        .fill("redirect_uris", OAuthClient.REDIRECT_URI).press("Register");
    assertTrue(page.answer().body().contains("&lt;script&gt;alert(1)"));
    assertFalse(page.answer().body().contains("<script>alert"));
    page = page().fill("name", "\"><b>").fill("kind", "public")
        .fill("redirect_uris", "</textarea><b>").press("Register");
    assertFalse(page.answer().body().contains("<b>"));
  }

  @Test
  void keeps_what_a_person_typed_in_though_nobody_used_it_for_months() {
    OAuthClient client =
        client(shown(filled("public", OAuthClient.REDIRECT_URI).press("Register")));
    server.clock().advance(Duration.ofDays(300));
    assertTrue(client.attempt().in(new Browser()).asksToSignIn());
  }

  @Test
  void works_where_registration_from_outside_is_off() {
    try (gatehouse.Gatehouse closed = gatehouse.Gatehouse.builder().port(0).demo()
        .noRegistration().start()) {
      Page page = new Browser().open(closed.issuer() + "/clients").signIn(Person.ALICE)
          .fill("name", "App").fill("kind", "public")
          .fill("redirect_uris", OAuthClient.REDIRECT_URI).press("Register");
      OAuthClient client =
          OAuthClient.discover(closed.mcpUrl()).known(shown(page).get(0), null);
      assertTrue(client.isAccepted(client.connect(Person.BOB)));
    }
  }
}
