package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static gatehouse.spec.Refusals.sentBack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OAuth 2.0 framework: the authorization endpoint. Tokens are in {@link Rfc6749TokenTest}. */
@DisplayName("RFC 6749: the authorization endpoint")
class Rfc6749Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  /** Alice's browser, in which she is signed in after the first test that needs it. */
  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();

  private Page allowed(Attempt attempt) {
    return attempt.allowedBy(Person.ALICE, ALICE);
  }

  private OAuthClient clientReturningTo(String... redirectUris) {
    JsonArray uris = new JsonArray();
    for (String uri : redirectUris) {
      uris.add(uri);
    }
    return OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", uris).add("token_endpoint_auth_method", "none"));
  }

  @Nested
  @DisplayName("§3.1 Authorization Endpoint")
  class AuthorizationEndpoint {

    @Test
    @DisplayName("§3.1: GET and POST ask the same")
    void getAndPost() {
      assertTrue(client.attempt().in(new Browser()).asksToSignIn());
      Page posted = new Browser().post(client.endpoint("authorization"),
          client.attempt().parameters());
      assertNotNull(posted.signIn(Person.ALICE).allow().response().get("code"));
    }

    @Test
    @DisplayName("§3.1: query and body are never merged")
    void notMerged() {
      Attempt attempt = client.attempt();
      String state = attempt.get("state");
      Parameters rest = Parameters.parse(attempt.parameters().encoded()).remove("client_id");
      keptHere(new Browser().post(
          client.endpoint("authorization") + "?client_id=" + client.clientId(), rest));
      Page page = new Browser().post(client.endpoint("authorization") + "?state=other",
          attempt.parameters());
      assertEquals(state, page.signIn(Person.ALICE).allow().response().get("state"));
    }

    @ParameterizedTest
    @DisplayName("§3.1: a parameter that appears twice is an error")
    @ValueSource(strings = {"scope", "response_type", "code_challenge", "code_challenge_method",
      "nonce", "unknown"})
    void repeated(String name) {
      Attempt attempt = client.attempt().with(name, "x").plus(name, "x");
      sentBack("invalid_request", attempt, attempt.in(new Browser()));
    }

    @Test
    @DisplayName("§3.1: of two states neither is sent back")
    void repeatedState() {
      Attempt attempt = client.attempt().plus("state", "other");
      Parameters response = attempt.in(new Browser()).response();
      assertEquals("invalid_request", response.get("error"));
      assertNull(response.get("state"));
    }

    @ParameterizedTest
    @DisplayName("§3.1: whom to answer must be said once, or nobody is answered")
    @ValueSource(strings = {"client_id", "redirect_uri"})
    void repeatedTarget(String name) {
      Attempt attempt = client.attempt();
      keptHere(attempt.plus(name, attempt.get(name)).in(new Browser()));
    }

    @ParameterizedTest
    @DisplayName("§3.1: a parameter without a value is treated as omitted")
    @ValueSource(strings = {"scope", "nonce", "prompt", "max_age", "response_mode", "request"})
    void empty(String name) {
      assertNotNull(allowed(client.attempt().with(name, "")).response().get("code"));
    }

    @Test
    @DisplayName("§3.1: an unknown parameter is ignored")
    void unknown() {
      assertNotNull(allowed(client.attempt().with("audience", "https://other")
          .with("foo", "bar")).response().get("code"));
    }
  }

  @Nested
  @DisplayName("§3.1.1 Response Type")
  class ResponseType {

    @Test
    @DisplayName("§3.1.1: a request without one is invalid")
    void missing() {
      Attempt attempt = client.attempt().without("response_type");
      sentBack("invalid_request", attempt, attempt.in(new Browser()));
    }

    @ParameterizedTest
    @DisplayName("§3.1.1: only code exists; implicit and hybrid flows do not (RFC 9700 §2.1.2)")
    @ValueSource(strings = {"token", "id_token", "code token", "code id_token", "none", "CODE"})
    void other(String type) {
      Attempt attempt = client.attempt().with("response_type", type);
      sentBack("unsupported_response_type", attempt, attempt.in(new Browser()));
    }
  }

  @Nested
  @DisplayName("§3.1.2 Redirection Endpoint")
  class RedirectionEndpoint {

    @Test
    @DisplayName("§3.1.2: a query in the redirect URI is kept")
    void query() {
      OAuthClient other = clientReturningTo("https://client.example/cb?x=1&y=%20");
      Page page = allowed(other.attempt()
          .with("redirect_uri", "https://client.example/cb?x=1&y=%20"));
      assertTrue(page.sentTo().toString().startsWith("https://client.example/cb?x=1&y=%20&"));
      assertEquals("1", page.response().get("x"));
      assertNotNull(page.response().get("code"));
    }

    @ParameterizedTest
    @DisplayName("§3.1.2.4: what is not registered is no place to send anybody to")
    @ValueSource(strings = {"https://client.example/cb/", "https://client.example/CB",
      "https://client.example/cb?x=1", "https://client.example:8443/cb",
      "https://client.example/cb#f", "http://client.example/cb", "https://evil.example/cb",
      "https://client.example.evil.example/cb", "https://client.example/%63b", "cb",
      "https://CLIENT.example/cb"})
    void notRegistered(String uri) {
      OAuthClient other = clientReturningTo("https://client.example/cb");
      keptHere(other.attempt().with("redirect_uri", uri).in(ALICE));
    }

    @Test
    @DisplayName("§3.1.2.3: it may be left out if only one is registered")
    void onlyOne() {
      Page page = allowed(client.attempt().without("redirect_uri"));
      assertTrue(page.sentTo().toString().startsWith(OAuthClient.REDIRECT_URI + "?"));
    }

    @Test
    @DisplayName("§3.1.2.3: it must be said if several are registered")
    void several() {
      OAuthClient other = clientReturningTo("https://a.example/cb", "https://b.example/cb");
      keptHere(other.attempt().without("redirect_uri").in(ALICE));
    }
  }

  @Nested
  @DisplayName("§3.3 Access Token Scope")
  class Scope {

    @Test
    @DisplayName("§3.3: without one the documented default is granted, and said")
    void absent() {
      Attempt attempt = client.attempt().without("scope");
      assertEquals("account:read",
          client.redeem(attempt, allowed(attempt)).json().get("scope").asString());
    }

    @Test
    @DisplayName("§3.3: an unknown scope is dropped, and the narrowing is said")
    void narrowed() {
      Attempt attempt = client.attempt("account:read", "account:delete", "ACCOUNT:WRITE");
      assertEquals("account:read",
          client.redeem(attempt, allowed(attempt)).json().get("scope").asString());
    }

    @Test
    @DisplayName("§3.3: the order of scopes does not matter")
    void order() {
      Attempt attempt = client.attempt("account:write", "account:read");
      assertEquals(java.util.Set.of("account:read", "account:write"),
          client.redeem(attempt, allowed(attempt)).scopes());
    }

    @Test
    @DisplayName("§3.3: the user may grant less than was asked")
    void lessByTheUser() {
      Attempt attempt = client.attempt("account:read", "account:write");
      Page page = attempt.in(new Browser()).signIn(Person.ALICE).allowOnly();
      assertEquals("account:read", client.redeem(attempt, page).json().get("scope").asString());
    }
  }

  @Nested
  @DisplayName("§4.1.2 Authorization Response")
  class Response {

    @ParameterizedTest
    @DisplayName("§4.1.2: the state comes back as it was")
    @ValueSource(strings = {"x", "a b+c&d=e?f#g", "%2B%26", "é☃𝄞", "<script>\"'\\", "\r\nX: y"})
    void state(String state) {
      assertEquals(state, allowed(client.attempt().with("state", state)).response().get("state"));
    }

    @Test
    @DisplayName("§4.1.2: a state that was not sent does not come back")
    void noState() {
      assertNull(allowed(client.attempt().without("state")).response().get("state"));
    }

    @Test
    @DisplayName("§4.1.2: there is a code and no error")
    void code() {
      Parameters response = allowed(client.attempt()).response();
      assertTrue(response.get("code").length() >= 22, "fewer than 128 bits");
      assertNull(response.get("error"));
      assertNull(response.get("access_token"));
    }
  }

  @Nested
  @DisplayName("§4.1.2.1 Error Response")
  class ErrorResponse {

    @Test
    @DisplayName("§4.1.2.1: an unknown client is told to a person, with what to do")
    void unknownClient() {
      Page page = keptHere(client.attempt().with("client_id", "unknown").in(ALICE));
      assertTrue(page.answer().body().contains("Add it again"));
      keptHere(client.attempt().without("client_id").in(ALICE));
    }

    @Test
    @DisplayName("§4.1.2.1: a user who denies is reported as access_denied")
    void denied() {
      Attempt attempt = client.attempt();
      sentBack("access_denied", attempt, attempt.in(new Browser()).signIn(Person.ALICE).deny());
    }

    @ParameterizedTest
    @DisplayName("§4.1.2.1: nothing of the request is echoed in an error")
    @ValueSource(strings = {"\"<é\\>", "<script>alert(1)</script>"})
    void noEcho(String hostile) {
      Attempt attempt = client.attempt().with("response_type", hostile);
      Parameters response = sentBack("unsupported_response_type", attempt,
          attempt.in(new Browser()));
      assertFalse(response.get("error_description").contains(hostile));
      Page page = keptHere(client.attempt().with("client_id", hostile).in(new Browser()));
      assertFalse(page.answer().body().contains(hostile));
    }
  }

  @Nested
  @DisplayName("§4.2, §4.3 Flows that do not exist here")
  class GoneFlows {

    @Test
    @DisplayName("§4.3: a password buys no token (RFC 9700 §2.4)")
    void password() {
      Answer answer = client.token(Parameters.of("grant_type", "password",
          "username", "alice", "password", "wonderland"));
      refused(400, "unsupported_grant_type", answer);
    }
  }
}
