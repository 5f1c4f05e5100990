package gatehouse.spec;

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
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see: sign-in, consent and error pages. How they withstand attacks is in attack/. */
@DisplayName("MCP security best practices and RFC 9700: pages")
class BrowserPagesTest {
  private static final String WEB = "https://web.example/cb?x=1";

  private static final JsonObject WEB_APP = new JsonObject().add("client_id", "web")
      .add("client_name", "Web App").add("client_secret", "s3cret")
      .add("redirect_uris", new JsonArray().add(WEB));

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo().client(WEB_APP));

  @RegisterExtension
  static final GatehouseServer secure = GatehouseServer.with(
      b -> b.demoTools().user("alice", "wonderland").publicUrl("https://as.example"));

  private final OAuthClient client = server.newClient();

  private static Attempt web(GatehouseServer at, String... scopes) {
    return OAuthClient.discover(at.mcpUrl()).known("web", "s3cret").attempt(scopes)
        .with("redirect_uri", WEB);
  }

  /** The value of the cookie whose name begins like this, or null. */
  private static String cookie(Browser browser, String name) {
    return browser.cookies("localhost").entrySet().stream()
        .filter(cookie -> cookie.getKey().startsWith(name)).map(Map.Entry::getValue)
        .findFirst().orElse(null);
  }

  @Nested
  @DisplayName("Consent UI Requirements")
  class Consent {
    @RegisterExtension
    final GatehouseServer fresh = GatehouseServer.with(b -> b.demo().client(WEB_APP));

    @Test
    @DisplayName("Consent UI: who asks, where the answer goes, for what, and as whom")
    void names() {
      Page page = web(fresh, "account:read", "account:write").in(new Browser())
          .signIn(Person.ALICE);
      String body = page.answer().body();
      for (String shown : List.of("Web App", "web.example", fresh.mcpUrl(), "alice",
          "Read your account", "Change your account")) {
        assertTrue(body.contains(shown), shown);
      }
      assertEquals(List.of("account:write"), page.form().choices());
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2.1: after Deny nothing is remembered")
    void deny() {
      Browser browser = new Browser();
      Page page = web(fresh).in(browser).signIn(Person.ALICE);
      assertEquals("access_denied", page.deny().response().get("error"));
      assertTrue(web(fresh).in(browser).asksForConsent());
    }

    @Test
    @DisplayName("Per-client consent: a client that can be told apart is asked for once")
    void remembered() {
      Browser browser = new Browser();
      web(fresh, "account:read").in(browser).signIn(Person.BOB).allow();
      assertNotNull(web(fresh, "account:read").in(browser).response().get("code"));
      assertTrue(web(fresh, "account:read", "account:write").in(browser).asksForConsent());
      assertTrue(fresh.newClient().attempt("account:read").in(browser).asksForConsent());
    }

    @Test
    @DisplayName("Per-client consent: what one user allowed, another did not")
    void perUser() {
      web(fresh, "account:read").allowedBy(Person.BOB, new Browser());
      assertTrue(web(fresh, "account:read").in(new Browser()).signIn(Person.ALICE)
          .asksForConsent());
    }

    @Test
    @DisplayName("Per-client consent: what the user unticked is asked again")
    void partly() {
      Browser browser = new Browser();
      Page page = web(fresh, "account:read", "account:write").in(browser).signIn(Person.ALICE);
      page.allowOnly();
      assertTrue(web(fresh, "account:read", "account:write").in(browser).asksForConsent());
    }
  }

  @Nested
  @DisplayName("Response headers")
  class Headers {

    @Test
    @DisplayName("RFC 9700 §4.16: no page can be framed, cached, or tells where it came from")
    void everyPage() {
      Browser browser = new Browser();
      Page login = client.attempt().in(browser);
      Page consent = login.signIn(Person.ALICE);
      for (Page page : List.of(login, consent, browser.open(server.url("/")),
          client.attempt().with("client_id", "x").in(browser), browser.open(server.url("/logout")),
          browser.open(server.url("/clients")), browser.open(server.url("/nothing")))) {
        Answer answer = page.answer();
        String policy = answer.header("Content-Security-Policy");
        assertTrue(policy.contains("frame-ancestors 'none'"), page.url());
        assertTrue(policy.contains("default-src 'none'"), page.url());
        assertFalse(policy.contains("unsafe-inline"), page.url());
        assertEquals("DENY", answer.header("X-Frame-Options"), page.url());
        assertEquals("no-store", answer.header("Cache-Control"), page.url());
        assertEquals("no-referrer", answer.header("Referrer-Policy"), page.url());
        assertEquals("nosniff", answer.header("X-Content-Type-Options"), page.url());
      }
    }

    @Test
    @DisplayName("CSP: the consent form may end at the client's origin, and nowhere else")
    void formAction() {
      Page loopback = client.attempt().in(new Browser()).signIn(Person.ALICE);
      assertTrue(loopback.answer().header("Content-Security-Policy")
          .endsWith("form-action 'self' http://127.0.0.1:33418"));
      Page page = web(server).in(new Browser()).signIn(Person.ALICE);
      assertTrue(page.answer().header("Content-Security-Policy")
          .endsWith("form-action 'self' https://web.example"));
    }

    @Test
    @DisplayName("CSP: pages load nothing from elsewhere and run no inline code")
    void noThirdParty() {
      Browser browser = new Browser();
      Page login = client.attempt().in(browser);
      for (Page page : List.of(login, login.signIn(Person.ALICE))) {
        String body = page.answer().body();
        assertFalse(body.matches("(?s).*(<script(?![^>]*src=)|\\son[a-z]+=|style=|javascript:).*"));
        Matcher link = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"").matcher(body);
        while (link.find()) {
          assertTrue(link.group(1).startsWith(server.issuer() + "/")
              || link.group(1).equals("data:,"), link.group(1));
        }
      }
    }
  }

  @Nested
  @DisplayName("Cookies")
  class Cookies {

    @Test
    @DisplayName("Consent Cookie Security: __Host-, Secure, HttpOnly, SameSite=Lax")
    void secureCookies() {
      String base = "http://localhost:" + secure.port();
      Answer login = Http.get(base + "/login").expect(200);
      String cookie = login.header("Set-Cookie");
      for (String attribute : List.of("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")) {
        assertTrue(cookie.startsWith("__Host-") && cookie.contains(attribute), cookie);
      }
      assertFalse(cookie.contains("Domain"), cookie);
    }

    @Test
    @DisplayName("Session: signing in changes the cookie, signing out removes it")
    void rotation() {
      Browser browser = new Browser();
      browser.open(server.url("/login")).signIn(Person.ALICE);
      String first = cookie(browser, "gatehouse_session");
      assertNotNull(first);
      browser.open(server.url("/login")).signIn(Person.ALICE);
      assertFalse(first.equals(cookie(browser, "gatehouse_session")));
      browser.open(server.url("/logout")).press("Sign out");
      assertNull(cookie(browser, "gatehouse_session"));
    }
  }

  @Test
  @DisplayName("RFC 9700 §4.12: the redirects after password and decision are 303")
  void seeOther() {
    Browser browser = new Browser();
    Page login = client.attempt().in(browser);
    Map.Entry<String, String> own = browser.cookies("localhost").entrySet().iterator().next();
    Answer signedIn = Http.postForm(login.form().action(), login.form().values()
        .set("username", "alice").set("password", "wonderland"),
        "Cookie", own.getKey() + "=" + own.getValue()).expect(303);
    assertEquals(server.issuer(), origin(signedIn.header("Location")));
    Page consent = client.attempt().allowedBy(Person.ALICE, browser);
    assertEquals(303, consent.answer().status());
  }

  private static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
