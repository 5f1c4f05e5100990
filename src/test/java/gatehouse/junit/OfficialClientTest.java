package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The official MCP client for Java, before a server that has a bad day. */
@GatehouseTest
@DisplayName("The official Java client")
class OfficialClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Test
  void works_when_nothing_is_wrong(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      assertEquals(5, client.listTools().tools().size());
    }
    assertTrue(gatehouse.requests().refused().where(r -> r.method().equals("POST")).isEmpty());
  }

  @Test
  void sees_a_token_end(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      gatehouse.clock().advance(Duration.ofMinutes(15));
      Throwable refused = assertThrows(RuntimeException.class, client::listTools);
      assertEquals(401, cause(refused, McpHttpClientTransportAuthorizationException.class)
          .getResponseInfo().statusCode());
    }
  }

  @Test
  void sees_every_wrong_token_refused(TestGatehouse gatehouse) {
    for (Flaw flaw : Flaw.values()) {
      String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
      try (McpSyncClient client = client(gatehouse, token)) {
        Throwable refused = assertThrows(RuntimeException.class, client::initialize);
        assertNotNull(cause(refused, McpHttpClientTransportAuthorizationException.class));
      }
    }
  }

  @Test
  void sees_an_outage(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      // Its stream of notifications comes by GET, before or after.
      gatehouse.on("/mcp").when(request -> request.method().equals("POST")).status(503);
      Throwable failed = assertThrows(RuntimeException.class, client::listTools);
      assertTrue(text(failed).contains("503"), () -> text(failed));
      assertEquals(5, client.listTools().tools().size());
    }
  }

  @Test
  void sees_a_limit(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      gatehouse.on("/mcp").when(request -> request.method().equals("POST"))
          .tooManyRequests(Duration.ofSeconds(3));
      Throwable failed = assertThrows(RuntimeException.class, client::listTools);
      assertTrue(text(failed).contains("429"), () -> text(failed));
    }
  }

  @Test
  void sees_a_dropped_connection(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      gatehouse.on("/mcp").always().hangUp();
      Throwable failed = assertThrows(RuntimeException.class, client::listTools);
      assertNotNull(cause(failed, IOException.class), () -> text(failed));
      gatehouse.forget();
    }
  }

  @Test
  void sees_an_answer_that_is_no_json(TestGatehouse gatehouse) {
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      client.initialize();
      gatehouse.on("/mcp").always().malformJson();
      Throwable failed = assertThrows(RuntimeException.class, client::listTools);
      assertTrue(text(failed).toLowerCase(Locale.ROOT).contains("json"),
          () -> text(failed));
      gatehouse.forget();
    }
  }

  @Test
  void gives_up_waiting(TestGatehouse gatehouse) {
    gatehouse.on("/mcp").always().delay(Duration.ofHours(1));
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      Throwable failed = assertThrows(RuntimeException.class, client::initialize);
      assertNotNull(cause(failed, TimeoutException.class), () -> text(failed));
    } finally {
      gatehouse.close();
    }
  }

  @Test
  void agrees_on_an_old_revision(TestGatehouse gatehouse) {
    gatehouse.actLike(Likeness.ONLY_2025_06_18);
    try (McpSyncClient client = client(gatehouse, gatehouse.token("alice"))) {
      assertEquals("2025-06-18", client.initialize().protocolVersion());
      assertEquals(5, client.listTools().tools().size());
    }
  }

  /** Its patience is that of a loaded machine; only one test waits for its end. */
  private static McpSyncClient client(TestGatehouse gatehouse, String token) {
    return McpClient.sync(HttpClientStreamableHttpTransport.builder(gatehouse.issuer())
            .endpoint("/mcp")
            .addHttpRequestCustomizer((request, method, uri, body, context) ->
                request.header("Authorization", "Bearer " + token))
            .build())
        .requestTimeout(PATIENCE).initializationTimeout(PATIENCE)
        .build();
  }

  private static <T extends Throwable> T cause(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }

  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      text.append(at).append('\n');
    }
    return text.toString();
  }
}
