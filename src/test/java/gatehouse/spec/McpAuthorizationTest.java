package gatehouse.spec;

import static gatehouse.spec.Refusals.challenged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.eclipsesource.json.JsonObject;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** MCP authorization, the resource server's side, in every revision that is served. */
@DisplayName("MCP authorization")
class McpAuthorizationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();

  private static McpClient mcp(String revision) {
    return McpClient.of(revision, server.mcpUrl());
  }

  @Nested
  @DisplayName("Access Token Usage")
  class TokenUsage {

    @ParameterizedTest
    @DisplayName("Access Token Usage: nothing is open, not even discovery")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void closed(String revision) {
      Answer answer = challenged(401, null, mcp(revision).discover());
      assertEquals("account:read", answer.challenge().get("scope"));
    }

    @ParameterizedTest
    @DisplayName("Token Handling: a token in order opens it")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void open(String revision) {
      McpClient alice = mcp(revision).bearing(client.connect(Person.ALICE, ALICE));
      assertEquals("acct-1001", content(alice.call("get_account")));
    }

    @ParameterizedTest
    @DisplayName("Access Token Usage: every request of a session needs its token")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void everyRequest(String revision) {
      McpClient alice = mcp(revision).bearing(client.connect(Person.ALICE, ALICE));
      assumeFalse(alice.isModern(), "there are no sessions in this revision");
      alice.initialize().expect(200);
      String session = alice.session();
      assertNotNull(session);
      for (String method : new String[] {"GET", "DELETE"}) {
        challenged(401, null, Http.send(method, server.mcpUrl(), null,
            "Accept", "text/event-stream", "Mcp-Session-Id", session));
      }
      challenged(401, null, Http.postJson(server.mcpUrl(),
          alice.message("tools/list", new JsonObject()), "Mcp-Session-Id", session));
      challenged(401, null, Http.postJson(server.mcpUrl(), new JsonObject()
          .add("jsonrpc", "2.0").add("method", "notifications/initialized"),
          "Mcp-Session-Id", session));
      alice.listTools().expect(200);
    }

    @ParameterizedTest
    @DisplayName("Token Handling: a token that expires ends its session's use as well")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void expired(String revision) {
      McpClient alice = mcp(revision).bearing(client.connect(Person.ALICE, ALICE));
      alice.listTools().expect(200);
      server.clock().advanceSeconds(3_600);
      challenged(401, "invalid_token", alice.listTools());
    }
  }

  @Nested
  @DisplayName("Scope Challenge Handling")
  class Scopes {

    @ParameterizedTest
    @DisplayName("Insufficient scope: 403 before any JSON-RPC result, the same each time")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void insufficient(String revision) {
      McpClient alice = mcp(revision).bearing(client.connect(Person.ALICE, ALICE));
      String before = alice.call("get_account").body();
      String first = null;
      for (int i = 0; i < 2; i++) {
        Answer answer = challenged(403, "insufficient_scope",
            alice.call("update_account", "{\"display_name\":\"Eve\"}"));
        assertEquals(Set.of("account:read", "account:write"),
            Set.of(answer.challenge().get("scope").split(" ")));
        assertNotNull(answer.error().get("code"));
        first = first == null ? answer.header("WWW-Authenticate") : first;
        assertEquals(first, answer.header("WWW-Authenticate"));
      }
      assertEquals(withoutId(before), withoutId(alice.call("get_account").body()));
    }

    @ParameterizedTest
    @DisplayName("Scope hierarchy: the broader scope satisfies the narrower demand")
    @FieldSource("gatehouse.support.McpClient#REVISIONS")
    void hierarchy(String revision) {
      OAuthClient other = server.newClient();
      var attempt = other.attempt("account:write");
      Tokens tokens = other.redeem(attempt, attempt.allowedBy(Person.ALICE, ALICE));
      assertEquals(Set.of("account:write"), tokens.scopes());
      mcp(revision).bearing(tokens).call("get_account").expect(200);
    }

    @Test
    @DisplayName("Scope selection: no challenge ever names a scope of OpenID Connect")
    void noIdentityScopes() {
      Tokens tokens = client.connect(Person.ALICE, ALICE, "account:read", "offline_access");
      for (Answer answer : new Answer[] {mcp(McpClient.NEWEST).listTools(),
          mcp(McpClient.NEWEST).bearing("x").listTools()}) {
        assertEquals("account:read", answer.challenge().get("scope"));
      }
      String needed = server.mcp(tokens).call("update_account", "{\"email\":\"a@b.c\"}")
          .challenge().get("scope");
      assertFalse(needed.contains("openid"), needed);
      assertTrue(needed.contains("account:write"), needed);
    }
  }

  @Nested
  @DisplayName("Servers without scopes")
  class WithoutScopes {
    @RegisterExtension
    final GatehouseServer plain = GatehouseServer.with(b -> b.user("alice", "wonderland")
        .tool(Tool.named("ping").description("Answers.").handler(
            call -> ToolResult.text("pong")).build()));

    @Test
    @DisplayName("RFC 6749 §3.3: a server that knows no scopes still gives tokens that it accepts")
    void usable() {
      Answer refused = Http.postJson(plain.mcpUrl(), new JsonObject()).expect(401);
      assertNull(refused.challenge().get("scope"));
      JsonObject metadata = new JsonObject()
          .add("redirect_uris", new com.eclipsesource.json.JsonArray()
              .add(OAuthClient.REDIRECT_URI))
          .add("token_endpoint_auth_method", "none");
      String id = Http.postJson(plain.url("/register"), metadata).expect(201).text("client_id");
      Tokens tokens = tokens(id);
      assertEquals(200, plain.mcp(tokens).call("ping").status());
    }

    private Tokens tokens(String clientId) {
      String verifier = "v".repeat(43);
      var response = new Browser().open(plain.url("/authorize?") + gatehouse.support.Parameters.of(
          "response_type", "code", "client_id", clientId,
          "redirect_uri", OAuthClient.REDIRECT_URI,
          "code_challenge", gatehouse.support.Attempt.challenge(verifier),
          "code_challenge_method", "S256").encoded())
          .signIn(Person.ALICE).allow().response();
      return new Tokens(Http.postForm(plain.url("/token"), gatehouse.support.Parameters.of(
          "grant_type", "authorization_code", "code", response.get("code"),
          "client_id", clientId, "code_verifier", verifier)).expect(200).json());
    }
  }

  private static String content(Answer answer) {
    String body = answer.expect(200).body();
    return body.contains("acct-1001") ? "acct-1001" : body;
  }

  private static String withoutId(String body) {
    return body.replaceAll("\"id\":\\d+", "");
  }
}
