package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 6749 §10.10 and §2.3.1: passwords and client secrets are tried out, one after another. */
class CredentialGuessingTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(b -> b.demo().client(new JsonObject()
      .add("client_id", "typed").add("client_secret", "summer2026")
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))));

  private Page signIn(Browser browser, String name, String password) {
    return browser.open(server.url("/login")).signIn(new Person(name, password));
  }

  @Test
  void passwordsOfOneNameAreSlowedDownAndThenNotEvenTheRightOneHelps() {
    Browser attacker = new Browser();
    Page page = signIn(attacker, "alice", "guess");
    int guesses = 1;
    while (page.answer().status() == 401 && guesses++ < 100) {
      page = signIn(attacker, "alice", "guess" + guesses);
    }
    page.answer().expect(429);
    assertTrue(guesses >= 10, "a person mistypes");
    int cookies = attacker.cookies("localhost").size();
    signIn(attacker, "alice", "wonderland").answer().expect(429);
    assertEquals(cookies, attacker.cookies("localhost").size(), "no session has begun");
    signIn(new Browser(), "bob", "builder").answer().expect(200);

    server.clock().advanceSeconds(Long.parseLong(page.answer().header("Retry-After")));
    signIn(attacker, "alice", "wonderland").answer().expect(200);
  }

  @Test
  void aWrongNameLooksLikeAWrongPassword() {
    Page unknown = signIn(new Browser(), "nobody", "x");
    Page wrong = signIn(new Browser(), "alice", "x");
    assertEquals(401, unknown.answer().status());
    assertEquals(401, wrong.answer().status());
    assertEquals(words(unknown), words(wrong));
  }

  @Test
  void whoeverSignsInRightAfterMistakesStartsAfresh() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 8; i++) {
        signIn(new Browser(), "bob", "wrong").answer().expect(401);
      }
      signIn(new Browser(), "bob", "builder").answer().expect(200);
    }
  }

  /** A limit that lets the right guess through slows nobody down. */
  @Test
  void secretsOfOneClientAreSlowedDownAndThenNotEvenTheRightOneHelps() {
    Answer answer = withSecret("summer0");
    for (int i = 1; i < 600 && answer.status() == 401; i++) {
      answer = withSecret("summer" + i);
    }
    assertNotEquals(401, answer.status(), "600 guesses at once");
    answer.expect(429);
    withSecret("summer2026").expect(429);

    server.clock().advanceSeconds(Long.parseLong(answer.header("Retry-After")));
    // The secret is right now; what it came with is not.
    assertEquals("invalid_grant", withSecret("summer2026").expect(400).text("error"));
  }

  private Answer withSecret(String secret) {
    return Http.postForm(server.url("/token"), Parameters.of(
        "grant_type", "refresh_token", "refresh_token", "x",
        "client_id", "typed", "client_secret", secret));
  }

  private static String words(Page page) {
    return page.answer().body().replaceAll("(value|data-options)=\"[^\"]*\"", "");
  }
}
