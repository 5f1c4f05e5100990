package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The official Java client. It has no OAuth of its own, but two places for somebody else's: a
 * request customizer for the token, and a handler that may repair a 401 or 403.
 */
@DisplayName("The official Java client")
class JavaSdkTest {
  /** Repairs nothing. */
  private static final McpHttpClientTransportAuthorizationErrorHandler NOBODY =
      McpHttpClientTransportAuthorizationErrorHandler.NOOP;

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  @Test
  void lists_and_calls_with_a_token() {
    Tokens tokens = server.newClient().connect(Person.ALICE, "account:read", "account:write");
    try (McpSyncClient client = client(new AtomicReference<>(tokens), NOBODY)) {
      assertEquals(ProtocolVersions.MCP_2025_11_25, client.initialize().protocolVersion());
      assertEquals("gatehouse", client.getServerInfo().name());
      List<String> names = client.listTools().tools().stream().map(Tool::name).toList();
      assertEquals(7, names.size());
      assertEquals("Alice Liddell", displayName(client));
      assertEquals("Queen Alice", changeName(client, "Queen Alice"));
      assertEquals("Queen Alice", displayName(client));
      client.ping();
      assertTrue(client.closeGracefully());
    }
  }

  @Test
  void is_refused_without_a_token() {
    try (McpSyncClient client = client(new AtomicReference<>(null), NOBODY)) {
      Exception refused = assertThrows(RuntimeException.class, client::initialize);
      assertEquals(401, response(refused).statusCode());
    }
  }

  @Test
  void steps_up_in_its_handler() {
    OAuthClient oauth = server.newClient();
    AtomicReference<Tokens> tokens = new AtomicReference<>(oauth.connect(Person.BOB));
    try (McpSyncClient client = client(tokens, stepUp(oauth, tokens))) {
      client.initialize();
      assertEquals("Bob the Great", changeName(client, "Bob the Great"));
      assertTrue(tokens.get().scopes().contains("account:write"));
    }
  }

  @Test
  void changes_nothing_if_nobody_steps_up() {
    AtomicReference<Tokens> tokens =
        new AtomicReference<>(server.newClient().connect(Person.BOB));
    try (McpSyncClient client = client(tokens, NOBODY)) {
      client.initialize();
      Exception refused = assertThrows(
          RuntimeException.class, () -> changeName(client, "Bob the Great"));
      Answer answer = new Answer(
          response(refused).statusCode(), response(refused).headers(), refused.getMessage());
      answer.expect(403);
      assertEquals("insufficient_scope", answer.challenge().get("error"));
      assertEquals("Bob Builder", displayName(client));
    }
  }

  private McpSyncClient client(AtomicReference<Tokens> tokens,
      McpHttpClientTransportAuthorizationErrorHandler handler) {
    return McpClient.sync(HttpClientStreamableHttpTransport.builder(server.issuer())
        .endpoint("/mcp")
        .addHttpRequestCustomizer((request, method, uri, body, context) -> {
          if (tokens.get() != null) {
            request.header("Authorization", "Bearer " + tokens.get().access());
          }
        })
        .authorizationErrorHandler(handler)
        .build()).build();
  }

  /** What an application has to write: read the challenge, ask the user, try again. */
  private static McpHttpClientTransportAuthorizationErrorHandler stepUp(
      OAuthClient oauth, AtomicReference<Tokens> tokens) {
    return McpHttpClientTransportAuthorizationErrorHandler.fromSync((sent, response, context) -> {
      Map<String, String> challenge =
          new Answer(response.statusCode(), response.headers(), "").challenge();
      if (!"insufficient_scope".equals(challenge.get("error"))) {
        return false;
      }
      tokens.set(oauth.connect(Person.BOB, challenge.get("scope").split(" ")));
      return true;
    });
  }

  private static String displayName(McpSyncClient client) {
    return (String) ((Map<?, ?>) client.callTool(CallToolRequest.builder("get_account").build())
        .structuredContent()).get("display_name");
  }

  private static String changeName(McpSyncClient client, String name) {
    return (String) ((Map<?, ?>) client.callTool(CallToolRequest.builder("update_account")
        .arguments(Map.of("display_name", name)).build())
        .structuredContent()).get("display_name");
  }

  private static HttpResponse.ResponseInfo response(Throwable refused) {
    Throwable cause = refused;
    while (!(cause instanceof McpHttpClientTransportAuthorizationException)) {
      cause = cause.getCause();
      assertTrue(cause != null, () -> "not an authorization failure: " + refused);
    }
    return ((McpHttpClientTransportAuthorizationException) cause).getResponseInfo();
  }
}
