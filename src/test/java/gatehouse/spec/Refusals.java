package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Tokens;

/**
 * The three ways in which an authorization server says no, each asserted in full: by status, by the
 * code that a machine reads, and by what is not in the answer.
 */
public final class Refusals {
  /** RFC 6749 §5.2: what an error description may consist of. */
  private static final String PRINTABLE = "[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*";

  private Refusals() {
  }

  /** In JSON (RFC 6749 §5.2): nothing is issued, nothing is cached. */
  public static Answer refused(int status, String error, Answer answer) {
    answer.expect(status);
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals(error, answer.text("error"), answer.body());
    assertEquals("no-store", answer.header("Cache-Control"));
    assertTrue(answer.text("error_description").matches(PRINTABLE), answer.body());
    for (String issued : new String[] {"access_token", "refresh_token", "id_token", "client_id"}) {
      assertNull(answer.json().get(issued), answer.body());
    }
    return answer;
  }

  /** By a redirect to the client (RFC 6749 §4.1.2.1): with state and issuer, without a code. */
  public static Parameters sentBack(String error, Attempt attempt, Page page) {
    Parameters response = page.response();
    assertEquals(error, response.get("error"), response.toString());
    assertTrue(response.get("error_description").matches(PRINTABLE), response.toString());
    assertNull(response.get("code"));
    assertEquals(attempt.get("state"), response.get("state"));
    assertEquals(1, response.all("iss").size(), response.toString());
    return response;
  }

  /** On a page of ours (RFC 6749 §4.1.2.1): sent nowhere, and with nothing to press. */
  public static Page keptHere(Page page) {
    page.answer().expect(400);
    assertNull(page.sentTo());
    assertNull(page.answer().header("Location"));
    assertTrue(page.answer().header("Content-Type").startsWith("text/html"));
    assertEquals(false, page.asksToSignIn() || page.asksForConsent());
    return page;
  }

  /** By the guard (RFC 6750 §3.1): with a challenge of this error, or of none. */
  public static Answer challenged(int status, String error, Answer answer) {
    answer.expect(status);
    assertEquals(error, answer.challenge().get("error"), answer.header("WWW-Authenticate"));
    assertNotNull(answer.challenge().get("resource_metadata"));
    assertNull(answer.json().get("result"), answer.body());
    return answer;
  }

  /** Afterwards these tokens are good for nothing any more. */
  public static void dead(OAuthClient client, Tokens tokens) {
    assertEquals(false, client.isAccepted(tokens), "the access token still opens the resource");
    if (tokens.refresh() != null) {
      refused(400, "invalid_grant", client.refresh(tokens.refresh()));
    }
  }
}
