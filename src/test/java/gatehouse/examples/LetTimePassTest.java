package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonObject;
import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Recipe 3: a token ends, is renewed, and one day cannot be renewed any more; nobody waits. */
@GatehouseTest
class LetTimePassTest {
  @Test
  void a_client_lives_through_the_life_of_its_tokens(TestGatehouse gatehouse) throws Exception {
    gatehouse.client("my-client", SmallClient.REDIRECT_URI);
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");
    JsonObject tokens = client.redeem(gatehouse.approve(client.authorizationUrl("account:read"))
        .as("alice").grantingEverything());
    assertEquals(200, client.call(gatehouse.mcpUrl(), access(tokens)));

    gatehouse.clock().advance(Duration.ofMinutes(15));
    assertEquals(401, client.call(gatehouse.mcpUrl(), access(tokens)));
    tokens = client.refresh(tokens);
    assertEquals(200, client.call(gatehouse.mcpUrl(), access(tokens)));

    gatehouse.clock().advance(Duration.ofDays(31));
    assertEquals("invalid_grant", client.refresh(tokens).getString("error", null));
  }

  private static String access(JsonObject tokens) {
    return tokens.get("access_token").asString();
  }
}
