package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.sentBack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.User;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OpenID Connect Core 1.0")
class OidcCoreTest {
  private static final String CALLBACK = "https://web.example/cb";
  private static final Person CAROL = new Person("carol", "teacup");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .user(new User("carol", "Carol Danvers", "carol@example.org", null), "teacup")
      .client(new JsonObject().add("client_id", "web").add("client_secret", "web's secret")
          .add("redirect_uris", new JsonArray().add(CALLBACK))));

  private final OAuthClient web =
      OAuthClient.discover(server.mcpUrl()).known("web", "web's secret");
  private final Browser browser = new Browser();

  /** Of a client that can be told from an impostor, so that consent may be remembered. */
  private Attempt attempt(String... scopes) {
    return web.attempt(scopes).with("redirect_uri", CALLBACK);
  }

  private Tokens signedIn(String... scopes) {
    Attempt attempt = attempt(scopes);
    return web.redeem(attempt, attempt.allowedBy(CAROL, browser));
  }

  private long now() {
    return server.clock().instant().getEpochSecond();
  }

  @Nested
  @DisplayName("§2 ID Token")
  class IdToken {

    @Test
    @DisplayName("§2, §3.1.3.6: says who, for whom, when, and which access token came along")
    void claims() throws Exception {
      Attempt attempt = attempt("openid").with("nonce", "n-0S6_WzA2Mj é");
      Tokens tokens = web.redeem(attempt, attempt.allowedBy(CAROL, browser));
      JsonObject header = Tokens.part(tokens.id(), 0);
      assertEquals("RS256", header.getString("alg", null));
      assertEquals("JWT", header.getString("typ", "JWT"));
      JsonObject claims = Tokens.part(tokens.id(), 1);
      assertEquals(server.issuer(), claims.getString("iss", null));
      assertEquals("carol", claims.getString("sub", null));
      assertEquals("web", claims.getString("aud", null));
      assertEquals("n-0S6_WzA2Mj é", claims.getString("nonce", null));
      assertEquals(now(), claims.getLong("iat", 0));
      assertEquals(now(), claims.getLong("auth_time", 0));
      assertTrue(claims.getLong("exp", 0) > now());
      byte[] hash = MessageDigest.getInstance("SHA-256")
          .digest(tokens.access().getBytes(StandardCharsets.US_ASCII));
      assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(
          Arrays.copyOf(hash, 16)), claims.getString("at_hash", null));
    }

    @Test
    @DisplayName("§3.1.2.1: without openid there is none, and no nonce is made up")
    void withoutOpenid() {
      assertNull(signedIn("account:read", "profile").id());
      assertNull(Tokens.part(signedIn("openid").id(), 1).get("nonce"));
    }

    @Test
    @DisplayName("§12.2: a refreshed one is of the same person and sign-in, without the nonce")
    void refreshed() {
      Attempt attempt = attempt("openid").with("nonce", "n");
      Tokens tokens = web.redeem(attempt, attempt.allowedBy(CAROL, browser));
      final long signedIn = now();
      server.clock().advanceSeconds(300);
      JsonObject claims = Tokens.part(web.refresh(tokens).id(), 1);
      assertEquals("carol", claims.getString("sub", null));
      assertEquals("web", claims.getString("aud", null));
      assertEquals(signedIn, claims.getLong("auth_time", 0));
      assertEquals(now(), claims.getLong("iat", 0));
      assertNull(claims.get("nonce"));
    }

    @Test
    @DisplayName("RS-20: it opens nothing here")
    void noAccess() {
      String id = signedIn("openid", "account:read").id();
      Http.get(server.url("/userinfo"), "Authorization", "Bearer " + id).expect(401);
      Http.postJson(server.mcpUrl(), new JsonObject(), "Authorization", "Bearer " + id)
          .expect(401);
    }
  }

  @Nested
  @DisplayName("§3.1.2.1 Authentication Request")
  class Request {

    @Test
    @DisplayName("§3.1.2.1: redirect_uri is required with openid, though there is only one")
    void redirectUri() {
      Attempt attempt = attempt("openid").without("redirect_uri");
      assertEquals("invalid_request", attempt.in(browser).response().get("error"));
    }

    @Test
    @DisplayName("§3.1.2.1: POST with a form asks the same as GET")
    void post() {
      Attempt attempt = attempt("openid");
      Page page = browser.post(server.url("/authorize"), attempt.parameters()).signIn(CAROL);
      assertNotNull(web.redeem(attempt, page.asksForConsent() ? page.allow() : page).id());
    }

    @Test
    @DisplayName("§3.1.2.6: prompt=none never shows a page: who is not signed in has to")
    void loginRequired() {
      Attempt attempt = attempt("openid").with("prompt", "none");
      sentBack("login_required", attempt, attempt.in(new Browser()));
    }

    @Test
    @DisplayName("§3.1.2.6: nor asks for consent, until it was given")
    void consentRequired() {
      Browser alices = new Browser();
      attempt("openid").in(alices).signIn(Person.ALICE);
      Attempt attempt = attempt("openid", "email").with("prompt", "none");
      sentBack("consent_required", attempt, attempt.in(alices));
      attempt("openid", "email").allowedBy(Person.ALICE, alices);
      assertNotNull(attempt.in(alices).response().get("code"));
    }

    @ParameterizedTest
    @DisplayName("§3.1.2.1: none with another value, or an unknown one, is invalid_request")
    @ValueSource(strings = {"none login", "login none", "none consent", "create", "LOGIN", "none,"})
    void prompts(String prompt) {
      Attempt attempt = attempt("openid").with("prompt", prompt);
      sentBack("invalid_request", attempt, attempt.in(browser));
    }

    @ParameterizedTest
    @DisplayName("§3.1.2.1: login and select_account ask for the password again")
    @ValueSource(strings = {"login", "select_account", "login consent"})
    void again(String prompt) {
      signedIn("openid");
      server.clock().advanceSeconds(100);
      Attempt attempt = attempt("openid").with("prompt", prompt);
      Page page = attempt.in(browser);
      assertTrue(page.asksToSignIn());
      page = page.signIn(CAROL);
      Tokens tokens = web.redeem(attempt, page.asksForConsent() ? page.allow() : page);
      assertEquals(now(), Tokens.part(tokens.id(), 1).getLong("auth_time", 0));
    }

    @Test
    @DisplayName("§3.1.2.1: prompt=login is not passed by going back to the link")
    void notPassed() {
      signedIn("openid");
      server.clock().advanceSeconds(1);
      Page login = attempt("openid").with("prompt", "login").in(browser);
      String sealed = Parameters.parse(
          java.net.URI.create(login.url()).getRawQuery()).get("continue");
      assertTrue(browser.open(server.url("/authorize?")
          + Parameters.of("continue", sealed).encoded()).asksToSignIn());
    }

    @Test
    @DisplayName("§3.1.2.1: consent asks again")
    void consent() {
      signedIn("openid");
      assertTrue(attempt("openid").with("prompt", "consent").in(browser).asksForConsent());
    }

    @ParameterizedTest
    @DisplayName("§3.1.2.1: max_age asks for the password if the sign-in is older")
    @CsvSource({"0,0,true", "0,1,false", "100,100,true", "100,101,false", "5,86400,false"})
    void maxAge(int age, String maxAge, boolean again) {
      signedIn("openid");
      server.clock().advanceSeconds(age);
      Page page = attempt("openid").with("max_age", maxAge).in(browser);
      assertEquals(again, page.asksToSignIn());
      assertNotNull((again ? page.signIn(CAROL) : page).response().get("code"));
    }

    @ParameterizedTest
    @DisplayName("§3.1.2.1: a max_age that is no number of seconds is invalid_request")
    @ValueSource(strings = {"-1", "1.5", "soon", "1e3", "99999999999999999999", "٣"})
    void wrongMaxAge(String maxAge) {
      Attempt attempt = attempt("openid").with("max_age", maxAge);
      sentBack("invalid_request", attempt, attempt.in(browser));
    }

    @Test
    @DisplayName("§3.1.2.1: a hint at somebody else is login_required, or a sign-in")
    void hint() {
      final String alices = Tokens.part(signedIn("openid").id(), 1).getString("sub", null);
      assertEquals("carol", alices);
      Attempt bob = attempt("openid");
      Tokens bobs = web.redeem(bob, bob.allowedBy(Person.BOB, new Browser()));
      Attempt silent = attempt("openid").with("prompt", "none").with("id_token_hint", bobs.id());
      sentBack("login_required", silent, silent.in(browser));
      assertTrue(attempt("openid").with("id_token_hint", bobs.id()).in(browser).asksToSignIn());
      Attempt same = attempt("openid").with("prompt", "none")
          .with("id_token_hint", signedIn("openid").id());
      assertNotNull(same.in(browser).response().get("code"));
    }

    @Test
    @DisplayName("§15.1: parameters that we have no use for are accepted")
    void accepted() {
      signedIn("openid");
      Attempt attempt = attempt("openid").with("login_hint", "carol").with("display", "popup")
          .with("ui_locales", "fr-CA fr").with("claims_locales", "en").with("acr_values", "1 2")
          .with("claims", "{\"userinfo\":{\"email\":null}}");
      assertNotNull(attempt.in(browser).response().get("code"));
    }
  }

  @Test
  @DisplayName("RFC 6749 §4.1.2.1: an unknown client is not told anything, openid or not")
  void unknownClient() {
    keptHere(attempt("openid").with("client_id", "unknown").with("prompt", "none").in(browser));
  }
}
