package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Recipe 2: the client makes an authorization URL, the test is the person who opens it. */
@GatehouseTest
class ApproveARequestTest {
  @Test
  void alice_allows_less_than_was_asked_for(TestGatehouse gatehouse) throws Exception {
    gatehouse.client("my-client", "http://127.0.0.1/callback");
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");

    URI redirect = gatehouse.approve(client.authorizationUrl("account:read account:write"))
        .as("alice").granting("account:read");

    assertEquals("account:read", client.redeem(redirect).getString("scope", null));
  }

  @Test
  void bob_denies(TestGatehouse gatehouse) {
    gatehouse.client("my-client", "http://127.0.0.1/callback");
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");
    URI redirect = gatehouse.approve(client.authorizationUrl("account:read")).as("bob").denying();
    assertTrue(redirect.getQuery().contains("error=access_denied"));
  }
}
