package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OAuth 2.0 Form Post Response Mode")
class FormPostTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = OAuthClient.discover(server.mcpUrl()).register(
      new JsonObject().add("redirect_uris", new JsonArray()
          .add("https://web.example/cb").add(OAuthClient.REDIRECT_URI)
          .add("com.example.app:/cb").add("https://web.example:8443/cb?q=\"><script>"
              .replace("\"><script>", "%22%3E")))
          .add("token_endpoint_auth_method", "none"));

  private Attempt attempt(String redirectUri) {
    return client.attempt("account:read").with("response_mode", "form_post")
        .with("redirect_uri", redirectUri).with("state", "<s> \"&'");
  }

  @ParameterizedTest
  @DisplayName("§2: the answer is a form to the redirect URI, and nothing is in a URL")
  @ValueSource(strings = {"https://web.example/cb", OAuthClient.REDIRECT_URI,
    "https://web.example:8443/cb?q=%22%3E"})
  void posted(String redirectUri) {
    Attempt attempt = attempt(redirectUri);
    Page page = attempt.allowedBy(Person.ALICE, new Browser());
    page.answer().expect(200);
    assertNull(page.sentTo());
    assertEquals(redirectUri, page.form().action());
    Parameters sent = page.form().values();
    assertEquals("<s> \"&'", sent.get("state"));
    assertEquals(server.issuer(), sent.get("iss"));
    assertNull(sent.get("error"));
    client.exchange(attempt, sent.get("code")).expect(200);
    assertTrue(page.answer().body().contains("data-submit"));
  }

  @Test
  @DisplayName("§4: the page is stored by nobody, framed by nobody, and may be sent there alone")
  void headers() {
    Page page = attempt("https://web.example/cb").allowedBy(Person.ALICE, new Browser());
    assertEquals("no-store", page.answer().header("Cache-Control"));
    assertEquals("DENY", page.answer().header("X-Frame-Options"));
    assertEquals("no-referrer", page.answer().header("Referrer-Policy"));
    String policy = page.answer().header("Content-Security-Policy");
    assertTrue(policy.contains("form-action 'self' https://web.example"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe") || policy.contains("*"), policy);
    assertFalse(page.answer().body().matches("(?s).*<script>.*|.*\\son\\w+=.*"));
    assertEquals("nosniff", Http.get(server.url("/submit.js")).expect(200)
        .header("X-Content-Type-Options"));
  }

  @Test
  @DisplayName("§2: errors travel the same way")
  void denied() {
    Page page = attempt("https://web.example/cb").in(new Browser()).signIn(Person.ALICE).deny();
    assertEquals("https://web.example/cb", page.form().action());
    assertEquals("access_denied", page.form().values().get("error"));
    assertEquals("<s> \"&'", page.form().values().get("state"));
    assertEquals(server.issuer(), page.form().values().get("iss"));
    assertNull(page.form().values().get("code"));
    page = attempt("https://web.example/cb").with("prompt", "none").in(new Browser());
    assertEquals("login_required", page.form().values().get("error"));
  }

  @Test
  @DisplayName("§2: an app's own scheme cannot receive a form")
  void privateUse() {
    Page page = attempt("com.example.app:/cb").in(new Browser());
    assertEquals("com.example.app", page.sentTo().getScheme());
    assertTrue(page.sentTo().toString().contains("error=invalid_request"));
  }

  @ParameterizedTest
  @DisplayName("Multiple Response Types §2.1: a mode that does not exist is invalid_request")
  @ValueSource(strings = {"fragment", "web_message", "jwt", "query.jwt", "FORM_POST", "x"})
  void unknown(String mode) {
    Attempt attempt = attempt("https://web.example/cb").with("response_mode", mode);
    Refusals.sentBack("invalid_request", attempt, attempt.in(new Browser()));
  }

  @Test
  @DisplayName("Multiple Response Types §2.1: query is the same as nothing")
  void query() {
    Page page = attempt("https://web.example/cb").with("response_mode", "query")
        .allowedBy(Person.ALICE, new Browser());
    assertNotNull(page.response().get("code"));
  }

  @Test
  @DisplayName("RFC 8414 §2: the metadata names both modes")
  void metadata() {
    assertEquals("[\"query\",\"form_post\"]",
        client.metadata().get("response_modes_supported").toString());
  }
}
