package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import org.junit.jupiter.api.Test;

/** Recipe 1, and the first example of the README: an MCP client that has a token. */
@GatehouseTest
class FirstTest {
  @Test
  void lists_the_tools_that_alice_may_use(TestGatehouse gatehouse) {
    var transport = HttpClientStreamableHttpTransport.builder(gatehouse.issuer())
        .addHttpRequestCustomizer((request, method, uri, body, context) ->
            request.header("Authorization", "Bearer " + gatehouse.token("alice")));
    try (var client = McpClient.sync(transport.build()).build()) {
      client.initialize();
      assertEquals(5, client.listTools().tools().size());
    }
  }
}
