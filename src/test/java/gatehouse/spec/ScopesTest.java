package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.Scope;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked for, what is granted, and what the client is told about it. */
@DisplayName("Scopes")
class ScopesTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .scope(Scope.optional("account:admin", "Everything", "All there is.", "account:write")));

  private final OAuthClient client = server.newClient();

  private Page consent(String... scopes) {
    return client.attempt(scopes).in(new Browser()).signIn(Person.ALICE);
  }

  private Tokens tokens(String scope) {
    Attempt attempt = scope == null ? client.attempt().without("scope")
        : client.attempt().with("scope", scope);
    return client.redeem(attempt, attempt.allowedBy(Person.ALICE, new Browser()));
  }

  @ParameterizedTest
  @DisplayName("AS-36: unknown ones are dropped, and the answer says what is left")
  @CsvSource({"account:read nonsense,account:read", "nonsense,account:read",
      "*,account:read", "account:*,account:read", "ACCOUNT:READ,account:read",
      "account:write account:read,account:write account:read",
      "account:read account:read,account:read", "offline_access,offline_access account:read",
      "openid,openid", "openid nonsense,openid", "mcp:tools openid account:write,"
      + "openid account:write"})
  void narrowed(String asked, String granted) {
    Tokens tokens = tokens(asked);
    assertEquals(Set.of(granted.split(" ")), tokens.scopes());
    assertEquals(tokens.json().get("scope"), tokens.claims().get("scope"));
  }

  @Test
  @DisplayName("AS-36: without any, the documented default")
  void none() {
    assertEquals(Set.of("account:read"), tokens(null).scopes());
    assertEquals(Set.of("account:read"), tokens("").scopes());
  }

  @Test
  @DisplayName("SEP-2207: offline_access is advertised by the authorization server alone")
  void advertised() {
    List<String> known = List.of("openid", "profile", "email", "offline_access");
    String server = client.metadata().get("scopes_supported").toString();
    String resource = client.resourceMetadata().get("scopes_supported").toString();
    known.forEach(scope -> assertTrue(server.contains('"' + scope + '"'), server));
    known.forEach(scope -> assertFalse(resource.contains('"' + scope + '"'), resource));
  }

  @Test
  @DisplayName("consent: base scopes are locked, the others are ticked and can be unticked")
  void optional() {
    Page page = consent("account:read", "account:write", "openid", "email");
    assertEquals(List.of("account:write", "email"), page.form().choices());
    assertTrue(page.answer().body().contains("Read your account"));
  }

  @Test
  @DisplayName("consent: a form cannot grant more than was asked for, nor less than the base")
  void forged() {
    Attempt attempt = client.attempt("account:read");
    Page page = attempt.in(new Browser()).signIn(Person.ALICE);
    page.form().values().add("scope", "account:write").add("scope", "account:admin");
    assertEquals(Set.of("account:read"), client.redeem(attempt, page.allow()).scopes());
  }

  @Test
  @DisplayName("consent: what is unticked is not in the token, and the client is told")
  void unticked() {
    Attempt attempt = client.attempt("account:read", "account:write", "offline_access");
    Tokens tokens = client.redeem(attempt,
        attempt.in(new Browser()).signIn(Person.ALICE).allowOnly());
    assertEquals(Set.of("account:read"), tokens.scopes());
    server.mcp(tokens).call("update_account", "{\"email\":\"a@b.example\"}").expect(403);
  }

  @Test
  @DisplayName("RS-14: a scope that implies another opens what needs that one, over two steps")
  void implied() {
    Tokens admin = tokens("account:admin");
    assertEquals(Set.of("account:admin"), admin.scopes());
    server.mcp(admin).call("get_account").structured();
    assertTrue(server.mcp(admin).call("update_account", "{\"display_name\":\"A\"}")
        .result().get("isError") == null);
  }

  @ParameterizedTest
  @DisplayName("AS-79: a refreshed token has what was granted or less, and no implied name")
  @ValueSource(strings = {"account:write", "account:read nonsense", "account:admin"})
  void refreshed(String scope) {
    Tokens tokens = tokens("account:read");
    Answer answer = client.token(Parameters.of("grant_type", "refresh_token",
        "refresh_token", tokens.refresh(), "scope", scope));
    Refusals.refused(400, "invalid_scope", answer);
    assertEquals(Set.of("account:read"), client.refresh(tokens).scopes());
  }

  @Test
  @DisplayName("AS-73: a client that did not register for refreshing gets no refresh token")
  void codeOnly() {
    OAuthClient once = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("grant_types", new JsonArray().add("authorization_code"))
        .add("token_endpoint_auth_method", "none"));
    assertNull(once.connect(Person.ALICE, "account:read").refresh());
    assertNotNull(once.connect(Person.ALICE, "account:read", "offline_access").refresh());
  }

  @ParameterizedTest
  @DisplayName("RFC 6749 §3.3: what can be no scope is dropped like one that is unknown")
  @ValueSource(strings = {"account:read \"", "account:read \\", "account:read é",
    "account:read \u0000", " account:read  ", "account:read\tx account:read"})
  void syntax(String scope) {
    assertEquals(Set.of("account:read"), tokens(scope).scopes());
  }
}
