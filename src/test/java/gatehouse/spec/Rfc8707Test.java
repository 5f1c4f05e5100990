package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 8707: Resource Indicators")
class Rfc8707Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Attempt attempt = client.attempt();

  /** The name with what stands for this server's own: ISSUER, MCP, PORT. */
  private static String url(String pattern) {
    return pattern.replace("MCP", server.mcpUrl()).replace("ISSUER", server.issuer())
        .replace("PORT", "" + server.port());
  }

  private Answer redeem(String code, String... resources) {
    Parameters form = Parameters.of("grant_type", "authorization_code", "code", code,
        "redirect_uri", OAuthClient.REDIRECT_URI, "code_verifier", attempt.verifier());
    for (String resource : resources) {
      form.add("resource", resource);
    }
    return client.token(form);
  }

  private String code() {
    return attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
  }

  private static String audience(Answer answer) {
    return new Tokens(answer.expect(200).json()).claims().get("aud").asString();
  }

  @Nested
  @DisplayName("§2.1 Authorization Request")
  class Authorization {

    @ParameterizedTest
    @DisplayName("§2: the resource by any usual spelling gives a token for its canonical name")
    @ValueSource(strings = {"MCP", "MCP/", "HTTP://LOCALHOST:PORT/mcp", "ISSUER", "ISSUER/"})
    void spellings(String pattern) {
      attempt.with("resource", url(pattern));
      assertEquals(server.mcpUrl(), audience(redeem(code())));
    }

    @Test
    @DisplayName("§2: without one the token is for the default resource, not for everything")
    void absent() {
      attempt.without("resource");
      assertEquals(server.mcpUrl(), audience(redeem(code())));
    }

    @Test
    @DisplayName("§2: it may be repeated")
    void repeated() {
      attempt.plus("resource", url("MCP/"));
      assertEquals(server.mcpUrl(), audience(redeem(code())));
    }

    @ParameterizedTest
    @DisplayName("§2: another resource is invalid_target")
    @ValueSource(strings = {"https://other.example/mcp", "MCP/sub", "MCP#f", "MCP?x=1", "mcp",
      "/mcp", "http://localhost/mcp", "https://localhost:PORT/mcp", "urn:x", "http://[",
      "http://localhost:PORT/MCP/"})
    void unknown(String pattern) {
      attempt.with("resource", pattern.endsWith("/MCP/")
          ? server.issuer() + "/MCP" : url(pattern));
      sentBack("invalid_target", attempt, attempt.in(ALICE));
    }

    @Test
    @DisplayName("§2: one unknown among known ones is invalid_target as well")
    void oneUnknown() {
      attempt.plus("resource", "https://other.example/mcp");
      sentBack("invalid_target", attempt, attempt.in(ALICE));
    }
  }

  @Nested
  @DisplayName("§2.2 Access Token Request")
  class Token {

    @Test
    @DisplayName("§2.2: a resource that was granted may be named again, by any usual spelling")
    void granted() {
      assertEquals(server.mcpUrl(), audience(redeem(code(), url("MCP/"))));
    }

    @Test
    @DisplayName("§2.2: another is invalid_target, and the code survives the mistake")
    void unknown() {
      String code = code();
      refused(400, "invalid_target", redeem(code, "https://other.example/mcp"));
      refused(400, "invalid_target", redeem(code, server.mcpUrl(), "https://other.example/"));
      redeem(code).expect(200);
    }

    @Test
    @DisplayName("§2.2: a refreshed token has the same audience, and can get no other")
    void refresh() {
      Tokens tokens = client.connect(Person.ALICE, ALICE, "account:read", "offline_access");
      refused(400, "invalid_target", client.token(Parameters.of("grant_type", "refresh_token",
          "refresh_token", tokens.refresh(), "resource", "https://other.example/")));
      Tokens next = client.refresh(tokens);
      assertEquals(server.mcpUrl(), next.claims().get("aud").asString());
      assertTrue(client.isAccepted(next));
    }
  }
}
