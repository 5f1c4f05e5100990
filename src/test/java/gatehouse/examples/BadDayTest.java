package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recipe 5: misfortune by script, to see whether a client keeps its countenance. */
@GatehouseTest
class BadDayTest {
  private SmallClient client;
  private JsonObject tokens;

  @BeforeEach
  void connect(TestGatehouse gatehouse) throws Exception {
    gatehouse.client("my-client", SmallClient.REDIRECT_URI);
    client = new SmallClient(gatehouse.issuer(), "my-client");
    tokens = client.redeem(gatehouse.approve(client.authorizationUrl("account:read"))
        .as("alice").grantingEverything());
  }

  @Test
  void the_answer_to_a_refresh_gets_lost_and_comes_again(TestGatehouse gatehouse)
      throws Exception {
    gatehouse.onRefresh().loseAnswer();
    assertThrows(IOException.class, () -> client.refresh(tokens));
    assertTrue(client.refresh(tokens).get("access_token") != null, gatehouse::transcript);
  }

  @Test
  void the_second_call_finds_a_busy_server_and_the_third_a_broken_one(TestGatehouse gatehouse)
      throws Exception {
    gatehouse.on("/token").skip(1).tooManyRequests(Duration.ofSeconds(2));
    gatehouse.on("/token").skip(2).malformJson();
    tokens = client.refresh(tokens);
    assertEquals("temporarily_unavailable",
        client.refresh(tokens).getString("error", null));
    assertThrows(ParseException.class, () -> client.refresh(tokens));
  }

  @Test
  void the_keys_are_rotated_between_two_calls(TestGatehouse gatehouse) throws Exception {
    gatehouse.on("/mcp").rotateKeys();
    assertEquals(200,
        client.call(gatehouse.mcpUrl(), tokens.get("access_token").asString()));
  }

  @Test
  void somebody_else_answers_the_authorization_request(TestGatehouse gatehouse) {
    gatehouse.on("/authorize").wrongIssuer();
    URI redirect = gatehouse.approve(client.authorizationUrl("account:read")).grantingEverything();
    assertTrue(redirect.getQuery().contains("iss=https://wrong-issuer.example"));
  }
}
