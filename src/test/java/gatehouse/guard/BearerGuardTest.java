package gatehouse.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Requests;
import gatehouse.http.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerGuardTest {
  private final List<String> verified = new ArrayList<>();
  private final List<Access> inside = new ArrayList<>();
  private final List<String> audited = new ArrayList<>();

  private final BearerGuard guard = new BearerGuard(token -> {
    verified.add(token);
    if (!token.equals("good")) {
      throw new TokenVerifier.InvalidToken("It is not good.");
    }
    return new Access("alice", "c1", Set.of(), Set.of(), Instant.MAX);
  }, new Challenge("https://rs/meta", Set.of("read")), (request, access) -> {
    inside.add(access);
    return Response.empty(200);
  }, (event, outcome, facts) -> audited.add(event + " " + outcome + " " + List.of(facts)));

  private Response get(String target, String... headers) {
    return guard.handle(Requests.get(target, headers));
  }

  private void keptOut(int status, String error, Response response) {
    assertEquals(status, response.status());
    String header = response.header("WWW-Authenticate");
    assertTrue(header.startsWith("Bearer "), header);
    assertEquals(error != null, header.contains("error="), header);
    assertTrue(error == null || header.contains("error=\"" + error + "\""), header);
    assertTrue(header.contains("resource_metadata=\"https://rs/meta\""), header);
    assertEquals(List.of(), inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good", "bearer good", "BEARER good", "Bearer   good"})
  void letsAGoodTokenIn(String header) {
    assertEquals(200, get("/mcp", "Authorization", header).status());
    assertEquals("alice", inside.get(0).subject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Basic Z29vZDpnb29k", "good", "Bearergood", "DPoP good",
    " good"})
  void takesAnotherSchemeForNoTokenAtAll(String header) {
    keptOut(401, null, get("/mcp", "Authorization", header));
    assertEquals(List.of(), verified);
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    keptOut(401, null, get("/mcp"));
  }

  @Test
  void saysThatATokenIsNotGood() {
    keptOut(401, "invalid_token", get("/mcp", "Authorization", "Bearer bad"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer good, Bearer good", "Bearer good good", "Bearer \"good\"",
    "Bearer go=od", "Bearer good,", "Bearer ====", "Bearer gööd", "Bearer good\tx"})
  void refusesAHeaderOfAnotherForm(String header) {
    keptOut(400, "invalid_request", get("/mcp", "Authorization", header));
    assertEquals(List.of(), verified);
  }

  @Test
  void refusesTwoHeaders() {
    keptOut(400, "invalid_request",
        get("/mcp", "Authorization", "Bearer good", "Authorization", "Bearer good"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp?access_token=good", "/mcp?a=b&access_token=good"})
  void refusesATokenInTheQueryEvenNextToAGoodHeader(String target) {
    keptOut(400, "invalid_request", get(target));
    keptOut(400, "invalid_request", get(target, "Authorization", "Bearer good"));
  }

  @Test
  void refusesATokenInTheQueryHoweverItsNameIsSpelled() {
    keptOut(400, "invalid_request",
        get("/mcp?access%5Ftoken=good", "Authorization", "Bearer good"));
  }

  @Test
  void doesNotLookForATokenInTheBody() {
    keptOut(401, null, guard.handle(Requests.post("/mcp", "access_token=good")));
    assertFalse(verified.contains("good"));
  }

  @Test
  void aTokenThatIsRefusedIsOnRecordWithoutTheToken() {
    get("/mcp", "Authorization", "Bearer stolen");
    get("/mcp");
    get("/mcp", "Authorization", "Bearer good");
    assertEquals(List.of("refusal invalid_token [endpoint, /mcp, address, 127.0.0.1, reason, "
        + "It is not good.]"), audited);
  }
}
