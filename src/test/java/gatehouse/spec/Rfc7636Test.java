package gatehouse.spec;

import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7636: Proof Key for Code Exchange")
class Rfc7636Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  /** App. B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final OAuthClient client = server.newClient();
  private final Attempt attempt = client.attempt();

  private String code() {
    return attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
  }

  private Parameters redemption(String code) {
    return Parameters.of("grant_type", "authorization_code", "code", code,
        "redirect_uri", OAuthClient.REDIRECT_URI);
  }

  @Nested
  @DisplayName("§4.3 Client Sends the Code Challenge")
  class Challenge {

    @Test
    @DisplayName("§4.4.1, OAuth 2.1 §4.1.1: without a challenge invalid_request")
    void missing() {
      attempt.without("code_challenge").without("code_challenge_method");
      sentBack("invalid_request", attempt, attempt.in(ALICE));
    }

    @Test
    @DisplayName("OAuth 2.1 §4.1.1: a client with a secret needs one as well")
    void confidential() {
      Attempt other = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI)))
          .attempt().without("code_challenge").without("code_challenge_method");
      sentBack("invalid_request", other, other.in(ALICE));
    }

    @Test
    @DisplayName("§4.3: a missing method means plain, which is not accepted")
    void noMethod() {
      attempt.without("code_challenge_method");
      sentBack("invalid_request", attempt, attempt.in(ALICE));
    }

    @ParameterizedTest
    @DisplayName("§4.3: no method but S256")
    @ValueSource(strings = {"plain", "s256", "S512", "none"})
    void method(String method) {
      attempt.with("code_challenge_method", method);
      sentBack("invalid_request", attempt, attempt.in(ALICE));
    }

    @ParameterizedTest
    @DisplayName("§4.2: a challenge is a SHA-256 in base64url")
    @ValueSource(strings = {"short", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM"})
    void syntax(String challenge) {
      attempt.with("code_challenge", challenge);
      sentBack("invalid_request", attempt, attempt.in(ALICE));
    }
  }

  @Nested
  @DisplayName("§4.6 Server Verifies code_verifier before Returning the Tokens")
  class Verification {

    @Test
    @DisplayName("App. B: the example is accepted")
    void example() {
      attempt.with("code_challenge", CHALLENGE);
      client.token(redemption(code()).add("code_verifier", VERIFIER)).expect(200);
    }

    @Test
    @DisplayName("§4.6: a missing verifier is invalid_grant")
    void missing() {
      refused(400, "invalid_grant", client.token(redemption(code())));
    }

    @Test
    @DisplayName("§4.6: a wrong verifier is invalid_grant, and there is no second guess")
    void wrong() {
      String code = code();
      refused(400, "invalid_grant",
          client.token(redemption(code).add("code_verifier", VERIFIER)));
      refused(400, "invalid_grant", client.exchange(attempt, code));
    }

    @Test
    @DisplayName("§4.6: the challenge itself is no verifier")
    void plain() {
      attempt.with("code_challenge", CHALLENGE);
      refused(400, "invalid_grant",
          client.token(redemption(code()).add("code_verifier", CHALLENGE)));
    }

    @ParameterizedTest
    @DisplayName("§4.1: a verifier has 43 to 128 unreserved characters, even if the hash fits")
    @ValueSource(strings = {"a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+", "long"})
    void syntax(String text) {
      String verifier = text.equals("long") ? "a".repeat(129) : text;
      attempt.with("code_challenge", Attempt.challenge(verifier));
      refused(400, "invalid_grant",
          client.token(redemption(code()).add("code_verifier", verifier)));
    }

    @Test
    @DisplayName("§4.1: 43 and 128 characters are both enough")
    void bounds() {
      for (int length : new int[] {43, 128}) {
        String verifier = "~.-_".repeat(32).substring(0, length);
        Attempt other = client.attempt().with("code_challenge", Attempt.challenge(verifier));
        String code = other.allowedBy(Person.ALICE, ALICE).response().get("code");
        assertEquals(200, client.token(redemption(code).add("code_verifier", verifier)).status());
      }
    }
  }

  @Test
  @DisplayName("§6.2: the server says that it knows S256, and nothing else")
  void metadata() {
    assertEquals("[\"S256\"]",
        client.metadata().get("code_challenge_methods_supported").toString());
  }
}
