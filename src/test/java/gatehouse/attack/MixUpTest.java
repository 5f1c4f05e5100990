package gatehouse.attack;

import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.4: a client of two servers is made to take the answer of one for the other's. */
class MixUpTest {
  @RegisterExtension
  static final GatehouseServer honest = GatehouseServer.demo();

  @RegisterExtension
  static final GatehouseServer other = GatehouseServer.demo();

  private final OAuthClient client = honest.newClient();
  private final Attempt attempt = client.attempt();

  @Test
  void everyAnswerSaysWhoseItIs() {
    Parameters response = attempt.allowedBy(Person.ALICE, new Browser()).response();
    assertEquals(honest.issuer(), response.get("iss"));
    assertNotEquals(other.issuer(), response.get("iss"));
    Attempt wrong = client.attempt().with("response_type", "token");
    assertEquals(honest.issuer(),
        sentBack("unsupported_response_type", wrong, wrong.in(new Browser())).get("iss"));
  }

  @Test
  void theCodeOfOneServerIsNothingToTheOther() {
    String code = attempt.allowedBy(Person.ALICE, new Browser()).response().get("code");
    OAuthClient there = other.newClient();
    refused(400, "invalid_grant", there.exchange(attempt, code));
    client.exchange(attempt, code).expect(200);
  }

  @Test
  void theClientsOfOneServerAreUnknownToTheOther() {
    refused(401, "invalid_client", Http.postForm(other.url("/token"), Parameters.of(
        "grant_type", "refresh_token", "refresh_token", "x", "client_id", client.clientId())));
  }

  @Test
  void theTokensOfOneServerOpenNothingAtTheOther() {
    Tokens tokens = client.connect(Person.ALICE);
    honest.mcp(tokens).listTools().expect(200);
    assertEquals("invalid_token",
        other.mcp(tokens).listTools().expect(401).challenge().get("error"));
  }
}
