package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9700 §4.16: our page, invisible in a frame, under a button of the attacker's. */
class ClickjackingTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static void unframed(Answer answer) {
    assertTrue(answer.header("Content-Type").startsWith("text/html"));
    assertEquals("DENY", answer.header("X-Frame-Options"));
    assertTrue(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    assertEquals(1, answer.headers().allValues("Content-Security-Policy").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/logout", "/clients", "/authorize",
    "/authorize?client_id=unknown", "/login?continue=x", "/nothing", "/mcp/nothing"})
  void noPageCanBeFramed(String path) {
    unframed(new Browser().open(server.url(path)).answer());
  }

  @Test
  void norCanThePagesOfAnAuthorization() {
    OAuthClient client = server.newClient();
    Page login = client.attempt().in(new Browser());
    unframed(login.answer());
    Page consent = login.signIn(Person.ALICE);
    unframed(consent.answer());
    unframed(consent.fill("csrf", "wrong").allow().answer());
  }

  @Test
  void norCanTheFormThatCarriesACode() {
    Page page = server.newClient().attempt()
        .with("response_mode", "form_post").in(new Browser()).signIn(Person.ALICE).allow();
    unframed(page.answer().expect(200));
    assertTrue(page.form().values().get("code").length() > 0);
  }
}
