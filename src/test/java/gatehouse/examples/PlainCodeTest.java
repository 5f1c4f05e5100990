package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.junit.TestGatehouse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recipe 10: without the extension. {@code @BeforeClass} of JUnit 4 and TestNG look the same. */
class PlainCodeTest {
  private static TestGatehouse gatehouse;

  @BeforeAll
  static void start() {
    gatehouse = TestGatehouse.builder().approvesEverythingWithoutAsking().start();
  }

  @AfterAll
  static void stop() {
    gatehouse.close();
  }

  @Test
  void a_link_leads_straight_back_to_the_client() throws Exception {
    gatehouse.client("my-client", SmallClient.REDIRECT_URI);
    SmallClient client = new SmallClient(gatehouse.issuer(), "my-client");
    HttpRequest open = HttpRequest.newBuilder(
        URI.create(client.authorizationUrl("account:read"))).build();
    String back = HttpClient.newHttpClient().send(open, BodyHandlers.discarding())
        .headers().firstValue("Location").orElseThrow();
    assertEquals("account:read",
        client.redeem(URI.create(back)).getString("scope", null));
  }

  @Test
  void a_server_can_be_had_anywhere() throws Exception {
    try (TestGatehouse another = TestGatehouse.start()) {
      SmallClient client = new SmallClient(another.issuer(), "my-client");
      assertEquals(200, client.call(another.mcpUrl(), another.token("alice")));
      assertEquals(401, client.call(another.mcpUrl(), gatehouse.token("alice")));
    }
  }
}
