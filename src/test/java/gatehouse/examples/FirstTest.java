/* Recipe 1, and the first example of the README: an MCP client that has a token. */
package gatehouse.examples;

import gatehouse.junit.*;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import org.junit.jupiter.api.*;

class FirstTest {
  @Test void alice_sees_five_tools(@GatehouseTest TestGatehouse gatehouse) {
    var transport = HttpClientStreamableHttpTransport.builder(gatehouse.issuer())
        .addHttpRequestCustomizer((request, method, uri, body, context) ->
            request.header("Authorization", "Bearer " + gatehouse.token("alice")));
    try (var client = McpClient.sync(transport.build()).build()) {
      Assertions.assertEquals(5, client.listTools().tools().size());
    }
  }
}
