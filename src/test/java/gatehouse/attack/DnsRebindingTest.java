package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import gatehouse.support.Tokens;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP transports, "Security Warning": a page whose name suddenly means 127.0.0.1. */
class DnsRebindingTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  /** Without tokens the names are all that protects it. */
  @RegisterExtension
  static final GatehouseServer open = GatehouseServer.with(b -> b.demo().open());

  private static final Browser ALICE = new Browser();

  private static Answer update(GatehouseServer at, String token, String origin) {
    McpClient mcp = McpClient.of(McpClient.NEWEST, at.mcpUrl());
    mcp = token == null ? mcp : mcp.bearing(token);
    return mcp.send(mcp.message("tools/call", new JsonObject().add("name", "update_account")
        .add("arguments", new JsonObject().add("display_name", "Eve")).add("_meta", mcp.meta())),
        "MCP-Protocol-Version", McpClient.NEWEST, "Mcp-Method", "tools/call",
        "Mcp-Name", "update_account", "Origin", origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "http://evil.example:6274", "null",
    "http://localhost.evil.example", "http://127.0.0.1.evil.example", "file://",
    "http://localhost@evil.example"})
  void aPageOfAForeignOriginCallsNoToolEvenWithAToken(String origin) {
    Tokens tokens = server.newClient().connect(Person.ALICE, ALICE, "account:write");
    update(server, tokens.access(), origin).expect(403);
    assertEquals("Alice Liddell", server.mcp(tokens).call("get_account").structured()
        .getString("display_name", null));
    update(open, null, origin).expect(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:6274", "http://127.0.0.1:6274", "http://[::1]:80"})
  void aPageOfThisComputerMay(String origin) {
    assertEquals(200, update(open, null, origin).status());
  }

  @Test
  void aForeignOriginIsToldSoBeforeItIsAskedForAToken() {
    Answer preflight = Http.send("OPTIONS", server.mcpUrl(), null,
        "Origin", "https://evil.example", "Access-Control-Request-Method", "POST").expect(403);
    assertNull(preflight.header("Access-Control-Allow-Methods"));
    Http.send("GET", server.mcpUrl(), null, "Origin", "https://evil.example").expect(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /mcp", "GET /mcp", "POST /token", "POST /register", "GET /login",
    "GET /authorize", "POST /consent"})
  void aRequestForAForeignNameIsNotAnswered(String target) throws IOException {
    for (GatehouseServer each : new GatehouseServer[] {server, open}) {
      try (RawSocket socket = RawSocket.to(each.port())) {
        String answer = socket.sendHead(target + " HTTP/1.1",
            "Host: rebound.evil.example:" + each.port(), "Content-Length: 0").readAnswer();
        assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
      }
    }
  }

  @Test
  void whatOneMayReadAnywhereCarriesNothingOfTheUser() {
    OAuthClient client = server.newClient();
    client.connect(Person.ALICE, ALICE);
    assertNull(Http.get(server.url("/.well-known/oauth-protected-resource/mcp"),
        "Origin", "https://evil.example").expect(200).header("Set-Cookie"));
  }
}
