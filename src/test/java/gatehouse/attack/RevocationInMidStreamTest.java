package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.support.Account;
import gatehouse.support.Browser;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.TestClock;
import gatehouse.support.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MCP-56: what was open when access was taken away goes on telling, to whoever holds it. */
@Timeout(60)
class RevocationInMidStreamTest {
  private final TestClock clock = new TestClock();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Browser browser = new Browser();
  private Gatehouse server;
  private OAuthClient client;
  private Tokens tokens;

  @BeforeEach
  void start() {
    server = Gatehouse.builder().port(0).clock(clock).demo().start();
    client = OAuthClient.discover(server.mcpUrl()).register();
    tokens = client.connect(Person.ALICE, browser);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private BufferedReader open(HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> response = http.send(
        request.header("Authorization", "Bearer " + tokens.access())
            .header("Accept", "application/json, text/event-stream").build(),
        HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    assertTrue(response.headers().firstValue("Content-Type").orElse("")
        .startsWith("text/event-stream"));
    return new BufferedReader(
        new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** {@code subscriptions/listen} of 2026-07-28, which has been acknowledged. */
  private BufferedReader listen() throws Exception {
    McpClient mcp = McpClient.with(tokens, server.mcpUrl());
    JsonObject message = mcp.message("subscriptions/listen", new JsonObject()
        .add("notifications", new JsonObject().add("toolsListChanged", true))
        .add("_meta", mcp.meta()));
    BufferedReader stream = open(HttpRequest.newBuilder(URI.create(server.mcpUrl()))
        .header("Content-Type", "application/json")
        .header("MCP-Protocol-Version", McpClient.NEWEST)
        .header("Mcp-Method", "subscriptions/listen")
        .POST(HttpRequest.BodyPublishers.ofString(message.toString())));
    assertTrue(stream.readLine().contains("acknowledged"));
    return stream;
  }

  /** The stream of a session of 2025-11-25. */
  private BufferedReader session() throws Exception {
    McpClient mcp = McpClient.of("2025-11-25", server.mcpUrl()).bearing(tokens);
    mcp.initialize().result();
    BufferedReader stream = open(HttpRequest.newBuilder(URI.create(server.mcpUrl()))
        .header("MCP-Protocol-Version", "2025-11-25")
        .header("Mcp-Session-Id", mcp.session()).GET());
    assertTrue(stream.readLine().startsWith("retry"));
    return stream;
  }

  private void changeTools(String name) {
    server.mcp().add(Tool.named(name).handler(call -> ToolResult.text("")).build());
  }

  /** The next change is told; the one after the revocation is not, and the stream is over. */
  private void endsWhen(BufferedReader stream, Runnable revoked) throws IOException {
    changeTools("before");
    String line;
    do {
      line = stream.readLine();
    } while (!line.contains("list_changed"));
    revoked.run();
    changeTools("after");
    String rest;
    try {
      rest = stream.lines().collect(Collectors.joining("\n"));
    } catch (UncheckedIOException e) {
      rest = ""; // cut off in the middle is over as well
    }
    assertFalse(rest.contains("list_changed"), rest);
  }

  private void disconnect() {
    Account.open(server.issuer(), browser, Person.ALICE)
        .press("disconnect", "app", client.clientId());
  }

  @Test
  void aSubscriptionEndsWithTheGrant() throws Exception {
    endsWhen(listen(), this::disconnect);
  }

  @Test
  void theStreamOfASessionEndsWithTheGrant() throws Exception {
    endsWhen(session(), this::disconnect);
  }

  @Test
  void aSubscriptionEndsWithItsToken() throws Exception {
    endsWhen(listen(), () -> client.post(client.endpoint("revocation"),
        Parameters.of("token", tokens.access())).expect(200));
  }

  @Test
  void aSubscriptionEndsWithItsUser() throws Exception {
    endsWhen(listen(), () -> server.users().remove("alice"));
  }
}
