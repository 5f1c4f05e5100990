package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Account;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody reaches for another's account: by the names in its forms, a forged form, a guess. */
class AccountTakeoverTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  private final Browser alices = new Browser();
  private final Browser bobs = new Browser();

  private Account alice() {
    return Account.open(server.issuer(), alices, Person.ALICE);
  }

  /** With a second session, so that there are forms on his page. */
  private Account bob() {
    Account.open(server.issuer(), new Browser(), Person.BOB);
    return Account.open(server.issuer(), bobs, Person.BOB);
  }

  @Test
  void anothersClientInTheFormDisconnectsNothingOfTheirs() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, alices);
    bob().press("disconnect", "app", client.clientId());
    bob().press("disconnect-all");
    assertTrue(client.isAccepted(tokens));
    assertEquals(List.of(client.clientId()), alice().apps());
  }

  @Test
  void anothersSessionInTheFormIsNotSignedOut() {
    Browser phone = new Browser();
    Account.open(server.issuer(), phone, Person.ALICE);
    String key = alice().otherSessions().get(0);
    bob().press("sign-out", "session", key);
    bob().press("sign-out-others");
    assertFalse(phone.open(server.url("/account")).asksToSignIn());
  }

  @Test
  void anothersClientRegisteredByHandIsNotDeleted() {
    Page made = alices.open(server.url("/clients")).signIn(Person.ALICE)
        .fill("name", "App").fill("redirect_uris", OAuthClient.REDIRECT_URI)
        .fill("kind", "public").press("Register");
    String id = made.answer().body().split("<pre>")[1].split("</pre>")[0];
    Page page = bobs.open(server.url("/clients")).signIn(Person.BOB);
    assertFalse(page.answer().body().contains(id));
    bobs.post(server.url("/clients"), Parameters.of("csrf", page.form().values().get("csrf"),
        "action", "delete", "client", id));
    // Nor a client that registered itself, which is nobody's.
    OAuthClient own = server.newClient();
    Page again = bobs.open(server.url("/clients"));
    bobs.post(server.url("/clients"), Parameters.of("csrf", again.form().values().get("csrf"),
        "action", "delete", "client", own.clientId()));
    assertTrue(OAuthClient.discover(server.mcpUrl()).known(id, null).attempt()
        .in(alices).asksForConsent());
    assertTrue(own.attempt().in(alices).asksForConsent());
  }

  @Test
  void aFormOfAnotherSiteBrowserOrTimeChangesNothing() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, alices);
    Account account = alice();
    String url = server.url("/account");
    Parameters form = account.form("disconnect", "app", client.clientId());
    for (String csrf : new String[] {"", "invented"}) {
      assertEquals(403, alices.post(url, Parameters.parse(form.encoded()).set("csrf", csrf))
          .answer().status());
    }
    assertEquals(403,
        alices.post(url, Parameters.parse(form.encoded()).remove("csrf")).answer().status());
    // Bob's own token, in a form that Alice's browser sends, and the other way round.
    assertEquals(403, alices.post(url, Parameters.parse(form.encoded())
        .set("csrf", bob().hidden("csrf").get(0))).answer().status());
    assertEquals(403, bobs.post(url, Parameters.parse(form.encoded())).answer().status());
    // The token of another page.
    String clients = alices.open(server.url("/clients")).form().values().get("csrf");
    assertEquals(403, alices.post(url, Parameters.parse(form.encoded()).set("csrf", clients))
        .answer().status());
    assertTrue(client.isAccepted(tokens));
    server.clock().advance(Duration.ofMinutes(61));
    assertEquals(403, alices.post(url, form).answer().status());
    assertEquals(List.of(client.clientId()), alice().apps());
  }

  @Test
  void aFormOfASessionThatHasEndedChangesNothing() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, alices);
    Parameters form = alice().form("disconnect", "app", client.clientId());
    alices.open(server.url("/logout")).press("Sign out");
    Page after = alices.post(server.url("/account"), form);
    assertTrue(after.asksToSignIn());
    after.signIn(Person.ALICE);
    assertTrue(client.isAccepted(tokens));
  }

  @Test
  void aPasswordIsNotChangedByWhoeverSitsAtTheBrowserAndDoesNotKnowIt() {
    alice();
    for (int i = 0; i < 10; i++) {
      assertEquals(403, change("wonderlamb" + i).answer().status());
    }
    Page limited = change("wonderland");
    assertEquals(429, limited.answer().status());
    assertTrue(Long.parseLong(limited.answer().header("Retry-After")) > 0);
    assertFalse(new Browser().open(server.url("/account")).signIn(Person.ALICE).asksToSignIn());
    server.clock().advance(Duration.ofMinutes(31));
    assertEquals(200, change("wonderland").answer().status());
  }

  @Test
  void wrongPasswordsOnTheLoginPageDoNotKeepAnybodyFromChangingTheirs() {
    alice();
    for (int i = 0; i < 25; i++) {
      new Browser().open(server.url("/login")).signIn(new Person("alice", "guess" + i));
    }
    assertEquals(429, new Browser().open(server.url("/login")).signIn(Person.ALICE)
        .answer().status());
    assertEquals(200, change("wonderland").answer().status());
  }

  private Page change(String current) {
    return alices.open(server.url("/account/password")).fill("current", current)
        .fill("new", "a long new password").fill("repeated", "a long new password")
        .press("Change the password");
  }

  @Test
  void aPasswordIsNotChangedByAFormOfAnotherSite() {
    alice();
    Page page = alices.post(server.url("/account/password"), Parameters.of(
        "current", "wonderland", "new", "evil evil evil", "repeated", "evil evil evil"));
    assertEquals(403, page.answer().status());
    assertFalse(new Browser().open(server.url("/account")).signIn(Person.ALICE).asksToSignIn());
  }

  @Test
  void hostileNamesOfApplicationsStayText() {
    OAuthClient client = OAuthClient.discover(server.mcpUrl());
    client.register(new JsonObject()
        .add("client_name", "<b>Your bank</b>\" onclick=\"x")
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "none"));
    client.connect(Person.ALICE, alices);
    String html = alice().html();
    assertTrue(html.contains("&lt;b&gt;Your bank"), html);
    assertFalse(html.contains("<b>") || html.contains("\" onclick"), html);
  }

  @Test
  void thePageIsNeitherFramedNorKept() {
    for (String path : new String[] {"/account", "/account/password"}) {
      alice();
      Page page = alices.open(server.url(path));
      page.answer().expect(200);
      assertEquals("no-store", page.answer().header("Cache-Control"));
      assertEquals("DENY", page.answer().header("X-Frame-Options"));
      assertTrue(page.answer().header("Content-Security-Policy")
          .contains("frame-ancestors 'none'"));
    }
  }
}
