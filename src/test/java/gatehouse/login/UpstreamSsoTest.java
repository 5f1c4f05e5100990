package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.RateLimit;
import gatehouse.http.Response;
import gatehouse.jose.Jwk;
import gatehouse.jose.JwkSet;
import gatehouse.jose.Jws;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Signing in at another OpenID provider")
class UpstreamSsoTest {
  private static KeyPair keys;
  private static KeyPair otherKeys;

  private final SignInFixture f = new SignInFixture(SecondFactors.Rule.OFFERED);
  private WebHost idp;
  private String issuer;
  private UpstreamProvider.Unknown unknown = UpstreamProvider.Unknown.CREATE;
  private boolean believes;
  private UpstreamLinks links;
  private UpstreamSso sso;
  private Form sent;
  private JsonObject claims;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    otherKeys = generator.generateKeyPair();
  }

  @BeforeEach
  void startProvider() throws IOException {
    idp = new WebHost();
    issuer = "http://127.0.0.1:" + idp.port();
    metadata(new JsonObject());
    idp.serve("/jwks", new JwkSet(List.of(Jwk.of((RSAPublicKey) keys.getPublic())))
        .json().toString());
    links = new UpstreamLinks(f.store, f.users, email -> f.alice.name().equals(
        email.replace("@example.org", "")) ? f.alice : null);
    build();
  }

  @AfterEach
  void stopProvider() {
    idp.close();
  }

  private void build() {
    sso = new UpstreamSso(SignInFixture.ISSUER, List.of(new UpstreamProvider("idp", "Example",
        issuer, "gatehouse", "s3:cret", Set.of("email"), unknown, believes)), f.pages, f.signIn,
        f.sessions, links, f.store, f.seal, new RateLimit(20, Duration.ofMinutes(5), f.clock), f.clock,
        (event, outcome, facts) -> f.audited.add(event + " " + outcome + " "
            + String.join(" ", facts)));
  }

  private void metadata(JsonObject more) {
    JsonObject document = new JsonObject()
        .add("issuer", issuer)
        .add("authorization_endpoint", issuer + "/authorize?tenant=1")
        .add("token_endpoint", issuer + "/token")
        .add("jwks_uri", issuer + "/jwks");
    document.merge(more);
    idp.serve("/.well-known/openid-configuration", document.toString());
  }

  /** The browser is sent away; afterwards {@link #sent} is what the provider was asked. */
  private Response begin() {
    return begin(f.continuation());
  }

  private Response begin(String sealed) {
    Response response = f.get(sso::handle, "/login/upstream/idp?continue=" + sealed);
    assertEquals(303, response.status());
    URI location = URI.create(response.header("Location"));
    assertEquals("/authorize", location.getPath());
    sent = Form.parse(location.getRawQuery());
    claims = new JsonObject().add("iss", issuer).add("sub", "1234").add("aud", "gatehouse")
        .add("exp", f.clock.instant().getEpochSecond() + 300)
        .add("iat", f.clock.instant().getEpochSecond())
        .add("nonce", sent.get("nonce"));
    return response;
  }

  /** The provider sends the browser back, and answers what the claims now say. */
  private Response comeBack() {
    return comeBack("&code=c0de");
  }

  private Response comeBack(String answer) {
    return comeBack(answer, keys);
  }

  private Response comeBack(String answer, KeyPair signing) {
    String kid = Jwk.of((RSAPublicKey) signing.getPublic()).kid();
    idp.serve("/token", new JsonObject().add("access_token", "at").add("token_type", "Bearer")
        .add("id_token", Jws.sign(signing.getPrivate(), kid, "JWT", claims)).toString());
    return f.get(sso::handle,
        "/login/upstream/idp/callback?state=" + sent.get("state") + answer);
  }

  private void assertRefused(int status, String why, Response response) {
    assertEquals(status, response.status());
    assertTrue(f.audited.stream().anyMatch(line -> line.startsWith("upstream_login refused")
        && line.contains(why)), f.audited.toString());
    assertFalse(f.isSignedIn());
  }

  @Test
  void asksWithCodeStateNonceAndPkce() {
    begin();
    assertEquals("1", sent.get("tenant"), "its own parameters stay");
    assertEquals("code", sent.get("response_type"));
    assertEquals("S256", sent.get("code_challenge_method"));
    assertEquals(SignInFixture.ISSUER + "/login/upstream/idp/callback", sent.get("redirect_uri"));
    assertTrue(List.of(sent.get("scope").split(" ")).containsAll(List.of("openid", "email")));
    assertEquals(43, sent.get("state").length());
    String state = sent.get("state");
    begin();
    assertNotEquals(state, sent.get("state"));
    assertNull(sent.get("prompt"));
    assertNull(sent.get("ui_locales"));
  }

  @Test
  void passesOnWhichLanguageTheClientAskedFor() {
    begin(new Continuation("/authorize", "client_id=c1&ui_locales=de%20en", Instant.EPOCH)
        .seal(f.seal));
    assertEquals("de en", sent.get("ui_locales"));
  }

  @Test
  void signsInAndGoesOn() {
    begin();
    Response back = comeBack();
    assertTrue(back.header("Location").startsWith(SignInFixture.ISSUER + "/authorize?continue="));
    assertTrue(f.isSignedIn());
    WebHost.Asked asked = idp.asked().stream()
        .filter(request -> request.path().equals("/token")).findFirst().orElseThrow();
    Form form = Form.parse(asked.body());
    assertEquals("c0de", form.get("code"));
    assertEquals(sent.get("code_challenge"), Encoding.base64url(Secrets.sha256(
        form.get("code_verifier").getBytes(StandardCharsets.US_ASCII))));
    // RFC 6749 §2.3.1: the colon of the secret is encoded.
    assertEquals("Basic Z2F0ZWhvdXNlOnMzJTNBY3JldA==", asked.headers().getFirst("Authorization"));
    assertNull(form.get("client_secret"));
  }

  @Test
  void sendsTheSecretInTheFormWhereThatIsAllTheProviderTakes() {
    metadata(new JsonObject().add("token_endpoint_auth_methods_supported",
        new JsonArray().add("client_secret_post")));
    begin();
    comeBack();
    assertTrue(f.isSignedIn());
    String body = idp.asked().stream().filter(request -> request.path().equals("/token"))
        .findFirst().orElseThrow().body();
    assertEquals("s3:cret", Form.parse(body).get("client_secret"));
  }

  @Nested
  @DisplayName("state: RFC 9700 §4.7")
  class State {
    @Test
    void isGoodOnce() {
      begin();
      comeBack();
      Response again = comeBack();
      assertEquals(400, again.status());
    }

    @Test
    void belongsToOneBrowser() {
      begin();
      f.forgetCookies();
      assertRefused(400, "unknown state", comeBack());
    }

    @Test
    void isNotUsedUpByAnotherBrowser() {
      begin();
      SignInFixture stranger = new SignInFixture(SecondFactors.Rule.OFFERED);
      assertEquals(400, stranger.get(sso::handle, "/login/upstream/idp/callback?code=c&state="
          + sent.get("state")).status());
      assertEquals(303, comeBack().status());
    }

    @Test
    void endsAfterTenMinutes() {
      begin();
      f.clock.advance(Duration.ofMinutes(10));
      assertRefused(400, "unknown state", comeBack());
    }

    @Test
    void isNeverInvented() {
      begin();
      assertEquals(400, f.get(sso::handle, "/login/upstream/idp/callback?code=c").status());
      assertEquals(400,
          f.get(sso::handle, "/login/upstream/idp/callback?code=c&state=x").status());
    }
  }

  @Nested
  @DisplayName("iss: RFC 9207 §2.4")
  class Iss {
    @Test
    void mustBeThereIfItIsPromised() {
      metadata(new JsonObject().add("authorization_response_iss_parameter_supported", true));
      begin();
      assertRefused(400, "wrong iss", comeBack());
      assertEquals(0, idp.timesAsked("/token"), "the code goes nowhere");
    }

    @Test
    void mustBeTheProvidersEvenIfItIsNot() {
      begin();
      assertRefused(400, "wrong iss", comeBack("&code=c0de&iss=https%3A%2F%2Fevil.example"));
      assertEquals(0, idp.timesAsked("/token"));
    }

    @Test
    void isAcceptedWhereItIsRight() {
      metadata(new JsonObject().add("authorization_response_iss_parameter_supported", true));
      begin();
      comeBack("&code=c0de&iss=" + issuer);
      assertTrue(f.isSignedIn());
    }
  }

  @Nested
  @DisplayName("ID token: OpenID Connect Core §3.1.3.7")
  class IdToken {
    @Test
    void ofAnotherAttemptIsRefused() {
      begin();
      claims.set("nonce", "another");
      assertRefused(502, "nonce", comeBack());
    }

    @Test
    void withoutANonceIsRefused() {
      begin();
      claims.remove("nonce");
      assertRefused(502, "nonce", comeBack());
    }

    @Test
    void ofAnotherIssuerIsRefused() {
      begin();
      claims.set("iss", "https://evil.example");
      assertRefused(502, "issued by somebody else", comeBack());
    }

    @Test
    void forAnotherClientIsRefused() {
      begin();
      claims.set("aud", "another");
      assertRefused(502, "another audience", comeBack());
    }

    @Test
    void forSeveralNeedsOurNameInAzp() {
      begin();
      claims.set("aud", new JsonArray().add("gatehouse").add("another"));
      assertRefused(502, "several audiences", comeBack());
      begin();
      claims.set("aud", new JsonArray().add("gatehouse").add("another")).add("azp", "another");
      assertRefused(502, "another party", comeBack());
      begin();
      claims.set("aud", new JsonArray().add("gatehouse").add("another")).add("azp", "gatehouse");
      comeBack();
      assertTrue(f.isSignedIn());
    }

    @Test
    void thatHasExpiredIsRefused() {
      begin();
      claims.set("exp", f.clock.instant().getEpochSecond() - 1);
      assertRefused(502, "expired", comeBack());
    }

    @Test
    void signedWithAnotherKeyIsRefused() {
      begin();
      assertRefused(502, "signature", comeBack("&code=c0de", otherKeys));
    }

    @Test
    void withoutASubjectIsRefused() {
      begin();
      claims.remove("sub");
      assertRefused(502, "'sub'", comeBack());
    }

    @Test
    void mustTellOfAFreshSignInWhereOneIsAskedFor() {
      Instant now = f.clock.instant();
      String fresh = new Continuation("/authorize", "prompt=login", now).seal(f.seal);
      begin(fresh);
      assertEquals("login", sent.get("prompt"));
      assertEquals("0", sent.get("max_age"));
      assertRefused(502, "older", comeBack());
      begin(fresh);
      claims.add("auth_time", now.getEpochSecond() - 3_600);
      assertRefused(502, "older", comeBack());
      begin(fresh);
      claims.add("auth_time", now.getEpochSecond());
      comeBack();
      assertTrue(f.isSignedIn());
    }
  }

  @Nested
  @DisplayName("the provider")
  class Provider {
    @Test
    void mayRefuseAndItsWordsAreNotShown() {
      begin();
      Response page = comeBack("&error=access_denied&error_description=Call+0900+now");
      assertRefused(403, "access_denied", page);
      assertFalse(SignInFixture.text(page).contains("0900"));
    }

    @Test
    void mustHaveTheIssuerOfItsMetadata() {
      metadata(new JsonObject().add("issuer", "https://evil.example"));
      Response page = f.get(sso::handle, "/login/upstream/idp");
      assertRefused(502, "another issuer", page);
    }

    @Test
    void mayBeAwayWhichIsAPage() {
      idp.close();
      assertRefused(502, "unreachable", f.get(sso::handle, "/login/upstream/idp"));
    }

    @Test
    void mayNotSendUsElsewhereOrDrownUs() {
      idp.redirect("/.well-known/openid-configuration", "https://evil.example/");
      assertRefused(502, "status 302", f.get(sso::handle, "/login/upstream/idp"));
      f.audited.clear();
      idp.serve("/.well-known/openid-configuration", "\"" + "x".repeat(300_000) + "\"");
      assertRefused(502, "unreachable", f.get(sso::handle, "/login/upstream/idp"));
    }

    @Test
    void hasToBeOneOfOurs() {
      assertThrows(HttpError.class, () -> f.get(sso::handle, "/login/upstream/other"));
      assertThrows(HttpError.class, () -> f.get(sso::handle, "/login/upstream/other/callback"));
    }

    @Test
    void isConfiguredWithHttps() {
      assertThrows(IllegalArgumentException.class, () -> UpstreamProvider.of("a", "A",
          "http://idp.example", "c", null, UpstreamProvider.Unknown.REFUSE));
      assertThrows(IllegalArgumentException.class, () -> UpstreamProvider.of("a/b", "A",
          "https://idp.example", "c", null, UpstreamProvider.Unknown.REFUSE));
    }

    @Test
    void isBelievedAboutSeveralFactorsOnlyIfTheOperatorSaysSo() {
      f.asked = Assurance.TWO_FACTORS;
      begin();
      claims.add("amr", new JsonArray().add("mfa"));
      assertTrue(comeBack().header("Location").contains("/login/second"));
      believes = true;
      build();
      begin();
      claims.add("amr", new JsonArray().add("mfa"));
      comeBack();
      assertTrue(f.isSignedIn());
    }
  }

  @Nested
  @DisplayName("linking by issuer and subject")
  class Linking {
    private Response signInAs(UpstreamProvider.Unknown policy, JsonObject more) {
      unknown = policy;
      build();
      begin();
      claims.merge(more);
      return comeBack();
    }

    private JsonObject email(boolean verified) {
      return new JsonObject().add("email", "alice@example.org").add("email_verified", verified);
    }

    private String signedInAs() {
      return f.signedIn().name();
    }

    @Test
    void refusesStrangersWhereTheOperatorWantsIt() {
      assertRefused(403, "not linked",
          signInAs(UpstreamProvider.Unknown.REFUSE, email(true)));
    }

    @Test
    void knowsThoseTheOperatorHasLinked() {
      links.add(issuer, "1234", "alice");
      signInAs(UpstreamProvider.Unknown.REFUSE, new JsonObject());
      assertEquals("alice", signedInAs());
    }

    @Test
    void linksByAVerifiedAddressAndThenBySubject() {
      signInAs(UpstreamProvider.Unknown.LINK_BY_EMAIL, email(true));
      assertEquals("alice", signedInAs());
      f.forgetCookies();
      signInAs(UpstreamProvider.Unknown.LINK_BY_EMAIL,
          new JsonObject().add("email", "changed@example.org"));
      assertEquals("alice", signedInAs());
    }

    @Test
    void linksByNoAddressThatAnybodyCouldClaim() {
      assertRefused(403, "not linked",
          signInAs(UpstreamProvider.Unknown.LINK_BY_EMAIL, email(false)));
    }

    @Test
    void makesAUserWhoExistsAgainAfterARestart() {
      signInAs(UpstreamProvider.Unknown.CREATE, email(true).add("name", "Alice A."));
      assertEquals("idp:1234", signedInAs());
      assertEquals("Alice A.", f.users.find("idp:1234").displayName());
      f.users.remove("idp:1234");
      links.restore();
      assertEquals("alice@example.org", f.users.find("idp:1234").email());
    }

    @Test
    void makesNobodyOutOfTheNameSomebodyHas() {
      User operators = User.named("idp:1234");
      f.users.add(operators);
      assertRefused(403, "not linked",
          signInAs(UpstreamProvider.Unknown.CREATE, new JsonObject()));
    }

    /** Alice is signed in and has asked for the link; she is away at the provider. */
    private void asked() {
      f.password();
      unknown = UpstreamProvider.Unknown.REFUSE;
      build();
      Response away = f.get(request -> sso.link(request, f.sessions.find(request), "idp"),
          "/account");
      sent = Form.parse(URI.create(away.header("Location")).getRawQuery());
      claims = new JsonObject().add("iss", issuer).add("sub", "1234").add("aud", "gatehouse")
          .add("exp", f.clock.instant().getEpochSecond() + 300)
          .add("iat", f.clock.instant().getEpochSecond())
          .add("nonce", sent.get("nonce"));
    }

    @Test
    void linksWhoeverAsksForItAndIsSignedIn() {
      asked();
      assertEquals(SignInFixture.ISSUER + "/account", comeBack().header("Location"));
      assertEquals("1234", links.of(f.alice).get(0).subject());
      f.forgetCookies();
      signInAs(UpstreamProvider.Unknown.REFUSE, new JsonObject());
      assertEquals("alice", signedInAs());
    }

    @Test
    void linksNobodyElseThanWhoAskedForIt() {
      asked();
      f.password(User.named("bob"));
      assertEquals(403, comeBack().status());
      assertEquals(List.of(), links.of(f.alice));
      assertEquals(List.of(), links.of(User.named("bob")));
    }

    @Test
    void linksNobodyToAnAccountThatIsAnothers() {
      links.add(issuer, "1234", "bob");
      asked();
      assertEquals(409, comeBack().status());
      assertEquals(List.of(), links.of(f.alice));
      assertFalse(links.remove(f.alice, links.of(User.named("bob")).get(0).key()));
      assertEquals(1, links.of(User.named("bob")).size());
    }

    @Test
    void unlinksOnlyWhoCanStillSignIn() {
      WaysIn ways = new WaysIn(true, f.passkeys, f.users, List.of(UpstreamProvider.of("idp",
          "Example", issuer, "gatehouse", null, UpstreamProvider.Unknown.REFUSE)), links);
      links.add(issuer, "1234", "alice");
      String key = links.of(f.alice).get(0).key();
      assertTrue(ways.mayUnlink(f.alice, key));
      f.withoutPassword();
      assertFalse(ways.mayUnlink(f.alice, key));
      links.add("https://gone.example", "5678", "alice");
      assertFalse(ways.mayUnlink(f.alice, key), "nobody signs in there any more");
      links.add(issuer, "5678", "alice");
      assertTrue(ways.mayUnlink(f.alice, key));
      assertFalse(ways.withoutPasskeys(User.named("bob")));
      signInAs(UpstreamProvider.Unknown.CREATE, new JsonObject().add("sub", "9"));
      User created = f.signedIn();
      assertFalse(ways.mayUnlink(created, links.of(created).get(0).key()));
    }

    @Test
    void tellsTheSameSubjectOfTwoIssuersApart() {
      links.add("https://other.example", "1234", "alice");
      signInAs(UpstreamProvider.Unknown.CREATE, new JsonObject());
      assertEquals("idp:1234", signedInAs());
    }
  }

  @Test
  void standsOnTheLoginPage() {
    assertEquals("Example", sso.choices("").get(0).get("title"));
    assertEquals(SignInFixture.ISSUER + "/login/upstream/idp?continue=s",
        sso.choices("s").get(0).get("url"));
  }
}
