package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was asked, what was answered, and why; and none of the secrets. */
@GatehouseTest
@DisplayName("The record")
class RecordingTest {
  @Test
  void has_every_request_with_its_outcome_and_the_decision(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    McpClient.with(tokens, gatehouse.mcpUrl()).call("get_account").structured();
    client.refresh("wrong").expect(400);

    Requests requests = gatehouse.requests();
    assertEquals(2, requests.to("/token").size());
    RecordedRequest code = requests.to("/token").first();
    assertEquals(200, code.status());
    assertTrue(code.decision().contains("of alice"), code::decision);
    assertTrue(code.decision().contains("scope 'account:read'"), code::decision);
    assertTrue(requests.to("/token").last().decision().startsWith("invalid_grant: "));
    assertEquals("S256",
        requests.to("/authorize").first().parameter("code_challenge_method"));
    assertTrue(requests.to("/mcp").last().decision().startsWith("tools/call get_account: "));
    assertTrue(requests.to("/authorize").first().decision().contains("sign in first"));
    assertEquals(2, requests.refused().size());
  }

  @Test
  void has_no_secret_but_shows_which_are_the_same(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens first = client.connect(Person.ALICE);
    Tokens second = client.refresh(first);
    McpClient.with(second, gatehouse.mcpUrl()).listTools().expect(200);
    StringBuilder all = new StringBuilder(gatehouse.transcript());
    gatehouse.requests().forEach(request -> all.append(request.headers()).append(request.body())
        .append(request.query()).append(request.answer()).append(request.answerHeaders()));
    for (String secret : new String[] {"wonderland", first.access(), first.refresh(),
        second.access(), second.refresh()}) {
      assertFalse(all.toString().contains(secret), secret);
    }
    RecordedRequest refresh = gatehouse.requests().to("/token").last();
    assertTrue(gatehouse.requests().to("/token").first().answer()
        .contains(refresh.parameter("refresh_token")), gatehouse::transcript);
    assertNotEquals(Blanked.mark(first.access()), Blanked.mark(second.access()));
  }

  @Test
  void gives_requests_one_after_the_other(TestGatehouse gatehouse) {
    Http.get(gatehouse.url("/jwks"));
    Http.get(gatehouse.url("/health"));
    Http.get(gatehouse.url("/.well-known/oauth-authorization-server"));
    assertEquals("/jwks", gatehouse.takeRequest().path());
    assertEquals("a document",
        gatehouse.takeRequest("/.well-known/oauth-authorization-server").decision());
    gatehouse.forget();
    assertTrue(gatehouse.requests().isEmpty());
    assertThrows(AssertionError.class, () -> gatehouse.requests().first());
  }

  @Test
  void waits_for_a_request_that_is_yet_to_come(TestGatehouse gatehouse) throws Exception {
    Thread client = new Thread(() -> Http.get(gatehouse.url("/jwks")));
    client.start();
    assertEquals(200, gatehouse.takeRequest("/jwks").status());
    client.join();
  }
}
