package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9126: Pushed Authorization Requests")
class Rfc9126Test {
  private static final ClientKey KEY = ClientKey.es256("k");
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .client(client("app").add("client_secret", "app's secret"))
      .client(client("signer").add("jwks", KEY.jwks())));

  private final OAuthClient app =
      OAuthClient.discover(server.mcpUrl()).known("app", "app's secret");
  private final Attempt attempt = app.attempt("account:read");

  private static JsonObject client(String id) {
    return new JsonObject().add("client_id", id)
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI));
  }

  private Answer push() {
    return app.post(server.url("/par"), attempt.parameters());
  }

  private String pushed() {
    return push().expect(201).text("request_uri");
  }

  private static Page open(Browser browser, String clientId, String requestUri, String... more) {
    return browser.open(server.url("/authorize?") + Parameters.of(more)
        .add("client_id", clientId).add("request_uri", requestUri).encoded());
  }

  private static Page allowed(Page page) {
    return page.signIn(Person.ALICE).allow();
  }

  @Nested
  @DisplayName("§2 Pushed Authorization Request Endpoint")
  class Endpoint {

    @Test
    @DisplayName("§2.2: 201 with an unguessable handle and its short life, never cached")
    void created() {
      Answer answer = push().expect(201);
      assertTrue(answer.text("request_uri").startsWith(PREFIX));
      assertTrue(answer.text("request_uri").length() >= PREFIX.length() + 22);
      assertNotEquals(answer.text("request_uri"), pushed());
      int seconds = answer.json().getInt("expires_in", 0);
      assertTrue(seconds >= 5 && seconds <= 600, "" + seconds);
      assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    @DisplayName("§2: a public client pushes with its id alone")
    void publicClient() {
      OAuthClient open = server.newClient();
      open.post(server.url("/par"), open.attempt().parameters()).expect(201);
    }

    @Test
    @DisplayName("§2: the client proves itself as at the token endpoint")
    void authentication() {
      refused(401, "invalid_client", Http.postForm(server.url("/par"), attempt.parameters()));
      refused(401, "invalid_client",
          app.known("app", "wrong").post(server.url("/par"), attempt.parameters()));
      refused(401, "invalid_client", app.known("nobody", null)
          .post(server.url("/par"), attempt.parameters()));
    }

    @ParameterizedTest
    @DisplayName("§2: the audience of an assertion may be issuer, token endpoint or this one")
    @ValueSource(strings = {"", "/token", "/par"})
    void audience(String suffix) {
      String assertion = KEY.assertion(
          "signer", server.issuer() + suffix, server.clock().instant());
      Parameters form = app.known("signer", null).attempt("account:read").parameters();
      Answer answer = Http.postForm(server.url("/par"), form
          .add("client_assertion_type", ClientKey.TYPE).add("client_assertion", assertion));
      String handle = answer.expect(201).text("request_uri");
      assertNotNull(allowed(open(new Browser(), "signer", handle)).response().get("code"));
    }

    @ParameterizedTest
    @DisplayName("§2.3: what the authorization endpoint would refuse is refused here, in JSON")
    @CsvSource({"redirect_uri,https://evil.example/cb,invalid_request",
        "response_type,token,unsupported_response_type", "response_type,,invalid_request",
        "code_challenge,,invalid_request", "code_challenge_method,plain,invalid_request",
        "resource,https://other.example,invalid_target", "response_mode,fragment,invalid_request",
        "prompt,none login,invalid_request", "max_age,soon,invalid_request",
        "request,e30.e30.,request_not_supported"})
    void invalid(String name, String value, String error) {
      refused(400, error, app.post(server.url("/par"),
          (value == null ? attempt.without(name) : attempt.with(name, value)).parameters()));
    }

    @Test
    @DisplayName("§2.1: a request_uri cannot be pushed")
    void nested() {
      attempt.with("request_uri", pushed());
      refused(400, "invalid_request", push());
    }

    @Test
    @DisplayName("§2.1, RFC 6749 §3.1: a parameter that appears twice is invalid_request")
    void twice() {
      attempt.plus("state", "again");
      refused(400, "invalid_request", push());
    }

    @Test
    @DisplayName("§2.3: only POST of a form")
    void method() {
      assertEquals("POST, OPTIONS",
          Http.get(server.url("/par")).expect(405).header("Allow"));
      refused(400, "invalid_request", Http.postJson(server.url("/par"), new JsonObject()));
    }

    @Test
    @DisplayName("§5: the metadata says where it is, and that it is not compulsory")
    void metadata() {
      assertEquals(server.url("/par"), app.endpoint("pushed_authorization_request"));
      assertEquals(false,
          app.metadata().getBoolean("require_pushed_authorization_requests", true));
    }
  }

  @Nested
  @DisplayName("§4 Authorization Request")
  class Request {

    @Test
    @DisplayName("§4: the handle stands for the request, up to the token")
    void flow() {
      Page page = allowed(open(new Browser(), "app", pushed()));
      assertEquals(attempt.get("state"), page.response().get("state"));
      assertTrue(app.isAccepted(app.redeem(attempt, page)));
    }

    @Test
    @DisplayName("RFC 9101 §6.3: what the browser says besides client_id does not count")
    void ignored() {
      Page page = allowed(open(new Browser(), "app", pushed(), "state", "other",
          "scope", "account:write", "redirect_uri", "https://evil.example/cb",
          "code_challenge", Attempt.challenge("x".repeat(43)), "prompt", "none"));
      assertEquals(attempt.get("state"), page.response().get("state"));
      assertEquals("account:read", app.redeem(attempt, page).json().getString("scope", null));
    }

    @Test
    @DisplayName("§4, §7.3: it is good once")
    void once() {
      String handle = pushed();
      assertTrue(open(new Browser(), "app", handle).asksToSignIn());
      keptHere(open(new Browser(), "app", handle));
    }

    @Test
    @DisplayName("§4: it is good for as long as was said")
    void late() {
      Answer answer = push();
      server.clock().advanceSeconds(answer.json().getInt("expires_in", 0));
      keptHere(open(new Browser(), "app", answer.text("request_uri")));
    }

    @Test
    @DisplayName("§2.2: it is good for the client that pushed it, and for no other")
    void otherClient() {
      keptHere(open(new Browser(), "signer", pushed()));
      keptHere(open(new Browser(), "", pushed()));
    }

    @Test
    @DisplayName("§4: an invented one is shown to a person, not redirected")
    void invented() {
      Page page = keptHere(open(new Browser(), "app", PREFIX + "x".repeat(43),
          "redirect_uri", OAuthClient.REDIRECT_URI));
      assertNull(page.answer().header("Location"));
      keptHere(open(new Browser(), "app", PREFIX, "redirect_uri", OAuthClient.REDIRECT_URI));
    }

    @ParameterizedTest
    @DisplayName("RFC 6749 §3.1: said twice it is shown to a person as a mistake of the client")
    @ValueSource(strings = {"request_uri", "client_id"})
    void twice(String name) {
      keptHere(open(new Browser(), "app", pushed(), name, "app"));
    }

    @Test
    @DisplayName("OIDC Core §6.2: a request_uri that is an address is not supported, nor fetched")
    void address() {
      Page page = new Browser().open(
          attempt.with("request_uri", "https://app.example/request.jwt").url());
      assertEquals("request_uri_not_supported", page.response().get("error"));
    }
  }
}
