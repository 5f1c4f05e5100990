package gatehouse.spec;

import static gatehouse.spec.Refusals.dead;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OAuth 2.0 framework: client authentication and the token endpoint. */
@DisplayName("RFC 6749: the token endpoint")
class Rfc6749TokenTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .client(new JsonObject().add("client_id", "https://pre.example/a:b")
          .add("client_secret", "p%s+w rd&:é")
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))));

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();

  private OAuthClient confidential(String method) {
    return OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
        .add("token_endpoint_auth_method", method));
  }

  private static String code(Attempt attempt) {
    return attempt.allowedBy(Person.ALICE, ALICE).response().get("code");
  }

  private static Parameters redemption(Attempt attempt, String code) {
    return Parameters.of("grant_type", "authorization_code", "code", code,
        "redirect_uri", attempt.get("redirect_uri"), "code_verifier", attempt.verifier());
  }

  private Answer post(Parameters form, String... headers) {
    return Http.postForm(client.endpoint("token"), form, headers);
  }

  private static String basic(String id, String secret) {
    return "Basic " + Base64.getEncoder().encodeToString(
        (id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  @Nested
  @DisplayName("§2.3 Client Authentication")
  class ClientAuthentication {

    @ParameterizedTest
    @DisplayName("§2.3.1: a secret may come in the header or the body, however it was registered")
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void secret(String method) {
      OAuthClient confidential = confidential(method);
      Attempt first = confidential.attempt();
      confidential.exchange(first, code(first)).expect(200);
      Attempt second = confidential.attempt();
      post(redemption(second, code(second)).set("client_id", confidential.clientId())
          .set("client_secret", confidential.clientSecret())).expect(200);
    }

    @Test
    @DisplayName("§2.3.1: both parts are form-encoded before base64")
    void encoded() {
      OAuthClient known = OAuthClient.discover(server.mcpUrl())
          .known("https://pre.example/a:b", "p%s+w rd&:é");
      Attempt attempt = known.attempt();
      known.exchange(attempt, code(attempt)).expect(200);
    }

    @ParameterizedTest
    @DisplayName("§2.3.1: wrong credentials are invalid_client, with a challenge")
    @CsvSource({"wrong,", "'',", ",unknown"})
    void wrong(String secret, String id) {
      OAuthClient confidential = confidential("client_secret_basic");
      Attempt attempt = confidential.attempt();
      String code = code(attempt);
      Answer answer = refused(401, "invalid_client", post(redemption(attempt, code),
          "Authorization", basic(id == null ? confidential.clientId() : id,
              secret == null ? confidential.clientSecret() : secret)));
      assertTrue(answer.header("WWW-Authenticate").startsWith("Basic "));
      confidential.exchange(attempt, code).expect(200);
    }

    @ParameterizedTest
    @DisplayName("§2.3.1: a header that is no Basic credential is invalid_client")
    @ValueSource(strings = {"Basic !!!", "Basic ", "Basic bm9jb2xvbg==", "Basic OnNlY3JldA=="})
    void garbage(String header) {
      refused(401, "invalid_client",
          post(Parameters.of("grant_type", "refresh_token", "refresh_token", "x"),
              "Authorization", header));
    }

    @Test
    @DisplayName("§2.3: two methods at once are invalid_request")
    void twoMethods() {
      OAuthClient confidential = confidential("client_secret_basic");
      Attempt attempt = confidential.attempt();
      String code = code(attempt);
      refused(400, "invalid_request", confidential.token(
          redemption(attempt, code).set("client_secret", confidential.clientSecret())));
      confidential.exchange(attempt, code).expect(200);
    }

    @Test
    @DisplayName("§2.3.1: a secret in the URI is not looked at")
    void secretInUri() {
      OAuthClient confidential = confidential("client_secret_post");
      Attempt attempt = confidential.attempt();
      refused(401, "invalid_client", Http.postForm(client.endpoint("token") + "?"
          + Parameters.of("client_id", confidential.clientId(),
              "client_secret", confidential.clientSecret()).encoded(),
          redemption(attempt, code(attempt))));
    }

    @Test
    @DisplayName("§3.2.1: a confidential client cannot pass for a public one")
    void noSecret() {
      OAuthClient confidential = confidential("client_secret_basic");
      Attempt attempt = confidential.attempt();
      refused(401, "invalid_client",
          post(redemption(attempt, code(attempt)).set("client_id", confidential.clientId())));
    }

    @Test
    @DisplayName("§3.2.1: a public client cannot be given a secret by whoever calls")
    void secretOfAPublicClient() {
      Attempt attempt = client.attempt();
      refused(401, "invalid_client", client.token(
          redemption(attempt, code(attempt)).set("client_secret", "invented")));
    }

    @Test
    @DisplayName("§3.2.1: client_id in the body must be that of the credentials")
    void mismatch() {
      OAuthClient confidential = confidential("client_secret_basic");
      Attempt attempt = confidential.attempt();
      refused(400, "invalid_request", confidential.token(
          redemption(attempt, code(attempt)).set("client_id", client.clientId())));
    }

    @Test
    @DisplayName("§3.2.1: a request without any client is invalid_client")
    void nobody() {
      refused(401, "invalid_client",
          post(Parameters.of("grant_type", "refresh_token", "refresh_token", "x")));
    }
  }

  @Nested
  @DisplayName("§3.2 Token Endpoint")
  class TokenEndpoint {

    @ParameterizedTest
    @DisplayName("§3.2: only POST")
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void methods(String method) {
      Answer answer = Http.send(method, client.endpoint("token"), null).expect(405);
      assertEquals("POST, OPTIONS", answer.header("Allow"));
    }

    @ParameterizedTest
    @DisplayName("§3.2: only application/x-www-form-urlencoded")
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data"})
    void mediaType(String type) {
      refused(400, "invalid_request", Http.send("POST", client.endpoint("token"),
          "{\"grant_type\":\"refresh_token\"}", "Content-Type", type));
    }

    @Test
    @DisplayName("§3.2: parameters of the media type and its case do not matter")
    void charset() {
      refused(401, "invalid_client", Http.send("POST", client.endpoint("token"),
          "grant_type=refresh_token&refresh_token=x",
          "Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
    }

    @Test
    @DisplayName("§3.2: parameters in the query do not count")
    void query() {
      refused(400, "invalid_request", Http.postForm(client.endpoint("token")
          + "?grant_type=refresh_token&refresh_token=x&client_id=" + client.clientId(),
          new Parameters()));
    }

    @ParameterizedTest
    @DisplayName("§3.2: a parameter that appears twice is invalid_request, and the code survives")
    @ValueSource(strings = {"code", "grant_type", "client_id", "code_verifier", "redirect_uri",
      "unknown"})
    void repeated(String name) {
      Attempt attempt = client.attempt();
      String code = code(attempt);
      Parameters form = redemption(attempt, code).set("client_id", client.clientId());
      String value = form.get(name) == null ? "x" : form.get(name);
      refused(400, "invalid_request", post(form.set(name, value).add(name, value)));
      client.exchange(attempt, code).expect(200);
    }

    @Test
    @DisplayName("§3.2: empty and unknown parameters are ignored")
    void ignored() {
      Attempt attempt = client.attempt();
      client.token(redemption(attempt, code(attempt)).add("scope", "").add("client_secret", "")
          .add("unknown", "x").add("code", "")).expect(200);
    }

    @Test
    @DisplayName("App. B: what is not UTF-8 is invalid_request")
    void notUtf8() {
      refused(400, "invalid_request", Http.send("POST", client.endpoint("token"),
          "grant_type=%ff", "Content-Type", "application/x-www-form-urlencoded"));
    }
  }

  @Nested
  @DisplayName("§4.1.3 Access Token Request")
  class AccessTokenRequest {

    @Test
    @DisplayName("§4.1.2: a code is good for a minute")
    void late() {
      Attempt attempt = client.attempt();
      String code = code(attempt);
      server.clock().advanceSeconds(61);
      refused(400, "invalid_grant", client.exchange(attempt, code));
    }

    @Test
    @DisplayName("§4.1.2: a second redemption fails and ends the tokens of the first")
    void replay() {
      Attempt attempt = client.attempt();
      String code = code(attempt);
      Tokens tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
      assertTrue(client.isAccepted(tokens));
      refused(400, "invalid_grant", client.exchange(attempt, code));
      dead(client, tokens);
    }

    @Test
    @DisplayName("§4.1.3: another client's attempt fails and does no harm")
    void otherClient() {
      Attempt attempt = client.attempt();
      String code = code(attempt);
      refused(400, "invalid_grant", server.newClient().exchange(attempt, code));
      client.exchange(attempt, code).expect(200);
    }

    @Test
    @DisplayName("§4.1.3: the redirect URI is the one of the authorization request, port included")
    void redirectUri() {
      Attempt attempt = client.attempt().with("redirect_uri", "http://127.0.0.1:50001/callback");
      String code = code(attempt);
      for (String other : new String[] {OAuthClient.REDIRECT_URI, "https://evil.example/",
          "http://127.0.0.1:50001/callback/", "http://localhost:50001/callback"}) {
        refused(400, "invalid_grant",
            client.token(redemption(attempt, code).set("redirect_uri", other)));
      }
      client.exchange(attempt, code).expect(200);
    }

    @Test
    @DisplayName("OAuth 2.1 §10.2: the redirect URI may be left out")
    void withoutRedirectUri() {
      Attempt attempt = client.attempt();
      client.token(redemption(attempt, code(attempt)).remove("redirect_uri")).expect(200);
    }

    @Test
    @DisplayName("§4.1.3: an invented code is invalid_grant, a missing one invalid_request")
    void noCode() {
      Attempt attempt = client.attempt();
      refused(400, "invalid_grant", client.exchange(attempt, "invented"));
      refused(400, "invalid_request", client.token(redemption(attempt, "").remove("code")));
    }
  }

  @Nested
  @DisplayName("§5.1 Successful Response")
  class Success {

    @Test
    @DisplayName("§5.1: JSON with token, type, lifetime and scope, never cached, nothing null")
    void shape() {
      Attempt attempt = client.attempt();
      Answer answer = client.exchange(attempt, code(attempt)).expect(200);
      assertEquals("application/json", answer.header("Content-Type"));
      assertEquals("no-store", answer.header("Cache-Control"));
      assertEquals("no-cache", answer.header("Pragma"));
      assertEquals("Bearer", answer.text("token_type"));
      assertTrue(answer.json().get("expires_in").isNumber());
      assertEquals("account:read", answer.text("scope"));
      answer.json().forEach(member -> assertTrue(!member.getValue().isNull(), member.getName()));
    }

    @Test
    @DisplayName("§5.1: the token lives as long as it says, which is at most an hour")
    void lifetime() {
      Tokens tokens = client.connect(Person.ALICE, ALICE);
      int seconds = tokens.json().get("expires_in").asInt();
      assertTrue(seconds > 0 && seconds <= 3_600, "" + seconds);
      server.clock().advanceSeconds(seconds - 1);
      assertTrue(client.isAccepted(tokens));
      server.clock().advanceSeconds(1);
      assertEquals(false, client.isAccepted(tokens));
    }
  }

  @Nested
  @DisplayName("§5.2 Error Response")
  class Error {

    @Test
    @DisplayName("§5.2: no grant type is invalid_request, an unknown one unsupported_grant_type")
    void grantType() {
      refused(400, "invalid_request", client.token(Parameters.of("code", "x")));
      refused(400, "unsupported_grant_type",
          client.token(Parameters.of("grant_type", "urn:x:unknown")));
    }

    @Test
    @DisplayName("§5.2: a grant that the client is not registered for is unauthorized_client")
    void unauthorized() {
      OAuthClient confidential = confidential("client_secret_basic");
      refused(400, "unauthorized_client",
          confidential.token(Parameters.of("grant_type", "client_credentials")));
      refused(400, "unauthorized_client",
          client.token(Parameters.of("grant_type", "client_credentials")));
    }

    @Test
    @DisplayName("§5.2: nothing of the request is echoed")
    void noEcho() {
      Answer answer = client.token(Parameters.of("grant_type", "<b>\"é"));
      assertEquals(-1, answer.body().indexOf("<b>"));
    }
  }

  @Nested
  @DisplayName("§6 Refreshing an Access Token")
  class Refreshing {
    private final OAuthClient refresher = confidential("client_secret_post");
    private final Tokens tokens =
        refresher.connect(Person.ALICE, ALICE, "account:read", "account:write");

    private Answer refresh(String... more) {
      return refresher.token(with(Parameters.of("grant_type", "refresh_token",
          "refresh_token", tokens.refresh()), more));
    }

    private Parameters with(Parameters form, String... more) {
      for (int i = 0; i < more.length; i += 2) {
        form.set(more[i], more[i + 1]);
      }
      return form;
    }

    @Test
    @DisplayName("§6: gives a new pair with the same scope and audience")
    void samePair() {
      Tokens next = refresher.refresh(tokens);
      assertNotEquals(tokens.access(), next.access());
      assertNotEquals(tokens.refresh(), next.refresh());
      assertEquals(tokens.scopes(), next.scopes());
      assertEquals(tokens.claims().get("aud"), next.claims().get("aud"));
      assertEquals(tokens.claims().get("sub"), next.claims().get("sub"));
      assertTrue(refresher.isAccepted(next));
    }

    @Test
    @DisplayName("§6: scope may be less, and next time all of it again")
    void narrower() {
      Tokens less = new Tokens(refresh("scope", "account:read").expect(200).json());
      assertEquals(java.util.Set.of("account:read"), less.scopes());
      assertEquals(tokens.scopes(), refresher.refresh(less).scopes());
    }

    @Test
    @DisplayName("§6: scope may not be more, and the token survives the attempt")
    void wider() {
      refused(400, "invalid_scope", refresh("scope", "account:read openid"));
      refresh().expect(200);
    }

    @Test
    @DisplayName("§6: it belongs to its client, who has to prove itself")
    void client() {
      refused(400, "invalid_grant", confidential("client_secret_post").refresh(tokens.refresh()));
      refused(401, "invalid_client", post(Parameters.of("grant_type", "refresh_token",
          "refresh_token", tokens.refresh(), "client_id", refresher.clientId())));
      refresh().expect(200);
    }

    @Test
    @DisplayName("§6: an invented one is invalid_grant, a missing one invalid_request")
    void unknown() {
      refused(400, "invalid_grant", refresher.refresh("invented"));
      refused(400, "invalid_request",
          refresher.token(Parameters.of("grant_type", "refresh_token")));
      refused(400, "invalid_grant", refresher.refresh(tokens.access()));
    }

    @Test
    @DisplayName("§1.5, §6: a client that registered for it or asks offline gets one")
    void whoGetsOne() {
      assertNotNull(tokens.refresh());
      OAuthClient plain = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("token_endpoint_auth_method", "none"));
      assertNotNull(plain.connect(Person.ALICE, ALICE, "account:read", "offline_access")
          .refresh());
    }

    @Test
    @DisplayName("§10.4: it is opaque, and not made of anything a stranger could guess")
    void opaque() {
      assertTrue(tokens.refresh().matches("[A-Za-z0-9_-]{43}"), "256 bits and no structure");
    }
  }
}
