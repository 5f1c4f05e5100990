package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to browsers and caches (AS-15, AS-43, AS-64, RS-27, RFC 9700 §4.16). */
@DisplayName("The headers of every answer")
class ResponseHeadersTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  static final List<String> PAGES = List.of("/authorize", "/consent", "/login", "/logout",
      "/clients", "/", "/style.css", "/submit.js");

  /** Documents that are the same for everybody. */
  static final List<String> DOCUMENTS = List.of("/jwks",
      "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server/mcp", "/mcp/.well-known/openid-configuration",
      "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp",
      "/style.css", "/submit.js");

  static final List<String> FOR_CLIENTS = List.of("/par", "/token", "/revoke", "/introspect",
      "/userinfo", "/jwks", "/register", "/register/x", "/mcp",
      "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
      "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp");

  /** Every address there is, one that is not, and every method. */
  static Stream<String> everywhere() {
    return Stream.of(PAGES, DOCUMENTS, FOR_CLIENTS, List.of("/nothing", "/mcp/x", "/%2e%2e/token"))
        .flatMap(List::stream).distinct()
        .flatMap(path -> Stream.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH")
            .map(method -> method + " " + path));
  }

  private static Answer ask(String methodAndPath, String... headers) {
    String[] parts = methodAndPath.split(" ");
    return Http.send(parts[0], server.url(parts[1]), parts[0].equals("POST") ? "" : null, headers);
  }

  private static void guarded(Answer answer) {
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("no-referrer", answer.header("Referrer-Policy"));
    assertNotNull(answer.header("Cache-Control"));
    for (String name : List.of("X-Content-Type-Options", "Referrer-Policy", "Cache-Control",
        "Content-Security-Policy", "X-Frame-Options", "Access-Control-Allow-Origin")) {
      assertTrue(answer.headers().allValues(name).size() <= 1, name);
    }
    String type = answer.header("Content-Type");
    if (type != null && type.startsWith("text/html")) {
      unframed(answer);
    }
    assertNull(answer.header("Access-Control-Allow-Credentials"));
    assertNull(answer.header("Server"));
    assertNull(answer.header("X-Powered-By"));
    assertTrue(answer.status() != 500, answer.body());
  }

  private static void unframed(Answer answer) {
    assertEquals("DENY", answer.header("X-Frame-Options"));
    String policy = answer.header("Content-Security-Policy");
    for (String directive : List.of("default-src 'none'", "frame-ancestors 'none'",
        "base-uri 'none'", "script-src 'self'", "form-action 'self'")) {
      assertTrue(policy.contains(directive), policy);
    }
    String sources = policy.substring(0, policy.indexOf("form-action"));
    assertFalse(policy.contains("unsafe-") || policy.contains("*"), policy);
    assertFalse(sources.contains("http"), policy);
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
    assertFalse(answer.body().matches("(?s).*(<script(?! src)|\\sstyle=|\\son[a-z]+=).*"));
    assertFalse(answer.body().matches("(?s).*(src|href)=\"https?://(?!localhost:).*"));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  @DisplayName("are there for every address and method, asked by a program")
  void program(String methodAndPath) {
    guarded(ask(methodAndPath));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  @DisplayName("are there for every address and method, asked by a browser at a page of another")
  void browser(String methodAndPath) {
    guarded(ask(methodAndPath, "Accept", "text/html,*/*", "Origin", "https://evil.example",
        "Sec-Fetch-Site", "cross-site"));
  }

  @Nested
  @DisplayName("on the way of an authorization")
  class Pages {
    @Test
    void keep_every_page_and_redirect_out_of_frames_caches_and_referrers() {
      Browser browser = new Browser();
      OAuthClient client = server.newClient();
      Attempt attempt = client.attempt("account:read", "account:write");
      Answer sent = Http.get(attempt.url());
      assertTrue(sent.status() == 302 || sent.status() == 303, "" + sent.status());
      assertEquals("no-store", sent.header("Cache-Control"));
      guarded(sent);

      Page login = attempt.in(browser);
      unframed(login.answer());
      unframed(login.fill("username", "alice").fill("password", "x").press("Sign in").answer());
      Page consent = attempt.in(browser).signIn(Person.ALICE);
      guarded(consent.answer());
      String policy = consent.answer().header("Content-Security-Policy");
      assertTrue(policy.endsWith("form-action 'self' http://127.0.0.1:33418"), policy);
      assertEquals("DENY", consent.answer().header("X-Frame-Options"));

      Answer done = consent.allow().answer();
      assertTrue(done.status() == 302 || done.status() == 303, "" + done.status());
      assertEquals("no-store", done.header("Cache-Control"));
      assertEquals("no-referrer", done.header("Referrer-Policy"));
      unframed(new Browser().open(server.url("/authorize?client_id=unknown")).answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor://anysphere.cursor-mcp/oauth/callback", "com.example.app:/cb",
      "https://web.example:8443/cb", "http://localhost/cb"})
    @DisplayName("AS-44: name where the consent form may end, or Chromium stops there")
    void formAction(String redirectUri) {
      OAuthClient client = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
          .add("redirect_uris", new JsonArray().add(redirectUri))
          .add("token_endpoint_auth_method", "none"));
      String policy = client.attempt("account:read").with("redirect_uri", redirectUri)
          .in(new Browser()).signIn(Person.ALICE).answer().header("Content-Security-Policy");
      String source = redirectUri.startsWith("http")
          ? redirectUri.substring(0, redirectUri.indexOf('/', 8))
          : redirectUri.substring(0, redirectUri.indexOf(':') + 1);
      assertTrue(policy.endsWith("form-action 'self' " + source), policy);
    }
  }

  @ParameterizedTest
  @FieldSource("DOCUMENTS")
  @DisplayName("let documents be kept, and asked for again by their tag")
  void cacheable(String path) {
    Answer answer = ask("GET " + path).expect(200);
    assertTrue(answer.header("Cache-Control").matches("public, max-age=\\d+"), path);
    if (answer.header("ETag") != null) {
      Answer again = ask("GET " + path, "If-None-Match", answer.header("ETag")).expect(304);
      assertEquals("", again.body());
      assertEquals(answer.header("Cache-Control"), again.header("Cache-Control"));
    }
  }

  @ParameterizedTest
  @FieldSource("FOR_CLIENTS")
  @DisplayName("AS-15: let clients in a browser in, without cookies, and answer a preflight")
  void cors(String path) {
    Answer preflight = ask("OPTIONS " + path, "Origin", path.equals("/mcp")
        ? "http://localhost:6274" : "https://app.example", "Access-Control-Request-Headers",
        "authorization,content-type,mcp-protocol-version").expect(204);
    assertEquals("*", preflight.header("Access-Control-Allow-Origin"));
    String headers = preflight.header("Access-Control-Allow-Headers");
    assertTrue(headers.contains("authorization") && headers.contains("mcp-protocol-version"));
    assertFalse(headers.contains("cookie"));
    Answer answer = ask("POST " + path);
    assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer.body());
    assertTrue(answer.header("Access-Control-Expose-Headers").contains("WWW-Authenticate"));
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  @DisplayName("AS-15: never open a page to scripts of another origin")
  void noCors(String path) {
    for (String method : List.of("GET", "POST", "OPTIONS")) {
      assertNull(ask(method + " " + path, "Origin", "https://evil.example", "Accept", "text/html",
          "Access-Control-Request-Method", "POST").header("Access-Control-Allow-Origin"), method);
    }
  }

  @Test
  @DisplayName("AS-46: tie cookies over https to this host, and keep them from scripts")
  void cookies() {
    String plain = Http.get(server.url("/login")).header("Set-Cookie");
    assertTrue(plain.endsWith("; Path=/; HttpOnly; SameSite=Lax"), plain);
    try (Gatehouse https = Gatehouse.builder().port(0).publicUrl("https://mcp.example")
        .user("carol", "tea").start()) {
      String cookie = Http.get("http://127.0.0.1:" + https.port() + "/login").expect(200)
          .header("Set-Cookie");
      assertTrue(cookie.startsWith("__Host-"), cookie);
      assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax; Secure"), cookie);
      assertFalse(cookie.contains("Domain"), cookie);
    }
  }
}
