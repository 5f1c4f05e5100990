package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.12: a redirect that repeats the POST hands the password to the client. */
class Redirect307Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();
  private final Browser browser = new Browser();

  private Answer post(String path, Parameters form) {
    return Http.postForm(server.url(path), form, "Cookie",
        browser.cookies("localhost").entrySet().stream().map(this::pair)
            .collect(Collectors.joining("; ")));
  }

  private String pair(Map.Entry<String, String> cookie) {
    return cookie.getKey() + "=" + cookie.getValue();
  }

  @Test
  void afterThePasswordTheBrowserIsSentOnWithGet() {
    Page login = client.attempt().in(browser);
    Answer answer = post("/login", login.form().values()
        .set("username", "alice").set("password", "wonderland"));
    assertEquals(303, answer.status());
    assertEquals("", answer.body());
    assertFalse(answer.header("Location").contains("wonderland"));
  }

  @Test
  void afterTheDecisionTheBrowserIsSentOnWithGet() {
    Page consent = client.attempt().in(browser).signIn(Person.ALICE);
    for (String decision : new String[] {"deny", "allow"}) {
      Page again = client.attempt().in(browser);
      Answer answer = post("/consent", again.form().values().set("decision", decision));
      assertEquals(303, answer.status(), decision);
    }
    assertEquals(true, consent.asksForConsent());
  }

  @Test
  void aRequestThatCameByPostIsSentOnWithGet() {
    assertEquals(303, post("/authorize", client.attempt().parameters()).status());
    assertEquals(303, post("/authorize",
        client.attempt().with("response_type", "token").parameters()).status());
  }
}
