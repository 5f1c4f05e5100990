package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.junit.GatehouseTest;
import gatehouse.junit.RecordedRequest;
import gatehouse.junit.TestGatehouse;
import org.junit.jupiter.api.Test;

/** Recipe 6: what the client sent, what was decided, and why; without the secrets. */
@GatehouseTest
class ReadTheRecordTest {
  @Test
  void the_client_uses_pkce_and_redeems_once(TestGatehouse gatehouse) throws Exception {
    gatehouse.client("my-client", SmallClient.REDIRECT_URI);
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");
    client.redeem(gatehouse.approve(client.authorizationUrl("account:read")).grantingEverything());

    assertEquals("S256", gatehouse.takeRequest("/authorize").parameter("code_challenge_method"));
    RecordedRequest token = gatehouse.takeRequest("/token");
    assertEquals(200, token.status());
    assertTrue(token.decision().startsWith("issued access_token"), token::decision);
    assertEquals(1, gatehouse.requests().to("/token").size());
    assertTrue(gatehouse.requests().refused().isEmpty(), gatehouse::transcript);
  }

  @Test
  void a_refusal_says_its_reason(TestGatehouse gatehouse) throws Exception {
    gatehouse.client("my-client", SmallClient.REDIRECT_URI);
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");
    client.refresh(new JsonObject().add("refresh_token", "made up"));
    assertEquals("invalid_grant: The refresh token is unknown or has expired.",
        gatehouse.requests().refused().last().decision());
  }
}
