package gatehouse.attack;

import static gatehouse.spec.Refusals.challenged;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9700 §4.3.2: what stands in a URL stands in logs and histories. */
class TokenInQueryTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Tokens tokens = client.connect(Person.ALICE, ALICE, "openid", "account:read");

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void theMcpEndpointRefusesATokenInTheUrl(String method) {
    challenged(400, "invalid_request", Http.send(method,
        server.mcpUrl() + "?access_token=" + tokens.access(), null));
  }

  @Test
  void theUserinfoEndpointDoesToo() {
    assertEquals(400, Http.get(server.url("/userinfo?access_token=" + tokens.access())).status());
    Http.get(server.url("/userinfo"), "Authorization", "Bearer " + tokens.access()).expect(200);
  }

  @Test
  void aTokenInTheUrlIsNotRevokedOrIntrospectedEither() {
    refused(400, "invalid_request", client.post(
        client.endpoint("revocation") + "?token=" + tokens.access(), new Parameters()));
    assertEquals(true, client.isAccepted(tokens));
  }

  @Test
  void noAnswerOfOursPutsATokenIntoAUrl() {
    String response = client.attempt().with("response_mode", "fragment").in(ALICE)
        .sentTo().toString();
    assertEquals(-1, response.indexOf("access_token"));
  }
}
