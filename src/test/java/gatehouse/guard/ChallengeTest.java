package gatehouse.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Response;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  private static final String POINTER = "resource_metadata=\"https://rs/meta\"";

  private final Challenge challenge = new Challenge("https://rs/meta", Set.of("read"));
  private final Response body = Response.empty(401);

  private static Access access(String... granted) {
    return new Access("alice", "c1", Set.of(granted), Set.of(granted), Instant.MAX);
  }

  private static String header(Response response) {
    return response.header("WWW-Authenticate");
  }

  @Test
  void withoutATokenNamesNoError() {
    assertEquals("Bearer " + POINTER + ", scope=\"read\"", header(challenge.tokenNeeded(body)));
  }

  @Test
  void leavesOutAnEmptyScope() {
    assertEquals("Bearer " + POINTER,
        header(new Challenge("https://rs/meta", Set.of()).tokenNeeded(body)));
  }

  @Test
  void namesAllScopesOfTheOperationTogetherWithThoseAlreadyHeld() {
    String header = header(challenge.insufficientScope(body, access("read"), Set.of("a", "b")));
    assertTrue(header.startsWith("Bearer error=\"insufficient_scope\", " + POINTER
        + ", scope=\"a b read\""), header);
    assertTrue(header.contains("new authorization"), header);
  }

  @Test
  void keepsTextsWithinTheirQuotes() {
    String header = header(challenge.invalidToken(body, "a \"b\" \\ é\r\nSet-Cookie: x"));
    assertTrue(header.contains("error_description=\"a  b       Set-Cookie: x\""), header);
    assertFalse(header.contains("\n"));
  }

  @Test
  void openAccessLacksNothing() {
    assertTrue(Access.open().permits(Set.of("anything")));
    assertEquals(Set.of(), Access.open().missing(Set.of("anything")));
  }

  @Test
  void accessKnowsWhatItLacksAndWhoItIs() {
    Access access = access("read");
    assertFalse(access.permits(Set.of("read", "write")));
    assertEquals(Set.of("write"), access.missing(Set.of("read", "write")));
    assertEquals("alice\nc1", access.principal());
  }
}
