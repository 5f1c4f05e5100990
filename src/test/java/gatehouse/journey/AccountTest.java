package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.support.Account;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody looks at what they have allowed, and takes it back. */
@DisplayName("Somebody at their account page")
class AccountTest {
  private static final String NEW_PASSWORD = "through the looking glass";

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .client(new JsonObject()
          .add("client_id", "watcher")
          .add("client_secret", "a secret of the resource server")
          .add("redirect_uris", new JsonArray().add("https://watch.example/cb"))));

  private final Browser browser = new Browser();

  private Account account() {
    return Account.open(server.issuer(), browser, Person.ALICE);
  }

  @Test
  void disconnects_an_application_and_the_very_next_request_of_it_fails() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(
        Person.ALICE, browser, "account:read", "openid", "offline_access");
    OAuthClient watcher = OAuthClient.discover(server.mcpUrl())
        .known("watcher", "a secret of the resource server");
    server.mcp(tokens).call("get_account").result();

    Account account = account();
    assertEquals(List.of(client.clientId()), account.apps());
    account.press("disconnect", "app", client.clientId());

    assertEquals("invalid_token", server.mcp(tokens).call("get_account").expect(401)
        .challenge().get("error"));
    assertEquals("invalid_grant",
        client.refresh(tokens.refresh()).expect(400).text("error"));
    client.post(server.url("/userinfo"), Parameters.of("access_token", tokens.access()))
        .expect(401);
    assertFalse(watcher.post(server.url("/introspect"),
        Parameters.of("token", tokens.access())).json().getBoolean("active", true));
    assertFalse(watcher.post(server.url("/introspect"),
        Parameters.of("token", tokens.refresh())).json().getBoolean("active", true));
    assertEquals(List.of(), account.apps());
    assertTrue(client.attempt().in(browser).asksForConsent());
  }

  @Test
  void disconnects_all_that_one_client_was_ever_allowed_and_nothing_of_others() {
    OAuthClient client = server.newClient();
    OAuthClient other = server.newClient();
    Tokens first = client.connect(Person.ALICE, browser);
    Tokens second = client.connect(Person.ALICE, browser, "account:read", "account:write");
    Tokens others = other.connect(Person.ALICE, browser);
    Tokens bobs = client.connect(Person.BOB);
    Account account = account();
    assertEquals(2, account.apps().size());
    account.press("disconnect", "app", client.clientId());
    assertFalse(client.isAccepted(first) || client.isAccepted(second));
    assertTrue(other.isAccepted(others) && client.isAccepted(bobs));
    assertEquals(List.of(other.clientId()), account.apps());
  }

  @Test
  void sees_which_application_is_still_in_use() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, browser);
    assertTrue(account().html().contains(used(server.clock().instant())));
    server.clock().advance(Duration.ofMinutes(7));
    server.mcp(tokens).call("get_account").result();
    assertTrue(account().html().contains(used(server.clock().instant())));
    // To five minutes: using it must not cost a write each time.
    server.clock().advance(Duration.ofMinutes(1));
    server.mcp(tokens).call("get_account").result();
    Tokens next = client.refresh(tokens);
    assertFalse(account().html().contains(used(server.clock().instant())));
    server.clock().advance(Duration.ofMinutes(4));
    client.refresh(next);
    assertTrue(account().html().contains(used(server.clock().instant())));
  }

  private static String used(Instant instant) {
    return "<dt>Last used</dt><dd>" + instant.toString().replace('T', ' ').substring(0, 16);
  }

  @Test
  void signs_out_a_browser_that_was_left_open_elsewhere() {
    Browser library = new Browser();
    Account.open(server.issuer(), library, Person.ALICE);
    Account here = account();
    assertEquals(1, here.otherSessions().size());
    here.press("sign-out", "session", here.otherSessions().get(0));
    assertEquals(List.of(), here.otherSessions());
    assertTrue(library.open(server.url("/account")).asksToSignIn());
    assertFalse(browser.open(server.url("/account")).asksToSignIn());
  }

  @Test
  void signs_out_everywhere_else_at_once() {
    Browser library = new Browser();
    Browser phone = new Browser();
    Browser bobs = new Browser();
    Account.open(server.issuer(), library, Person.ALICE);
    Account.open(server.issuer(), phone, Person.ALICE);
    Account.open(server.issuer(), bobs, Person.BOB);
    Account here = account();
    assertEquals(2, here.otherSessions().size());
    here.press("sign-out-others");
    assertTrue(library.open(server.url("/account")).asksToSignIn());
    assertTrue(phone.open(server.url("/account")).asksToSignIn());
    assertFalse(bobs.open(server.url("/account")).asksToSignIn());
    assertFalse(browser.open(server.url("/account")).asksToSignIn());
  }

  @Test
  void may_disconnect_all_applications_when_signing_out_everywhere_else() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE);
    account().press("sign-out-others");
    assertTrue(client.isAccepted(tokens));
    Account.open(server.issuer(), new Browser(), Person.ALICE);
    account().press("sign-out-others", "disconnect", "yes");
    assertFalse(client.isAccepted(tokens));
  }

  @Test
  void changes_the_password_which_puts_out_whoever_knew_the_old_one() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE);
    Browser thief = new Browser();
    Account.open(server.issuer(), thief, Person.ALICE);
    account();
    String before = browser.cookies("localhost").toString();

    changePassword(server.issuer(), browser, true);

    assertTrue(thief.open(server.url("/account")).asksToSignIn());
    assertFalse(client.isAccepted(tokens));
    assertFalse(browser.open(server.url("/account")).asksToSignIn());
    assertFalse(browser.cookies("localhost").toString().equals(before), "a fresh session id");
    assertTrue(new Browser().open(server.url("/account")).signIn(Person.ALICE).asksToSignIn());
    Account.open(server.issuer(), new Browser(), new Person("alice", NEW_PASSWORD));
  }

  @Test
  void may_keep_the_applications_when_the_password_changes() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE);
    changePassword(server.issuer(), browser, false);
    assertTrue(client.isAccepted(tokens));
  }

  @Test
  void keeps_the_new_password_over_a_restart_until_the_operator_configures_another(
      @TempDir Path folder) {
    Person carol = new Person("carol", "tea-at-five");
    Person changed = new Person("carol", NEW_PASSWORD);
    Person operators = new Person("carol", "after a call for help");
    try (Gatehouse one = start(folder, carol)) {
      Account.open(one.issuer(), browser, carol);
      changePassword(one.issuer(), browser, carol, true);
    }
    try (Gatehouse two = start(folder, carol)) {
      assertTrue(signsIn(two, changed));
      assertFalse(signsIn(two, carol));
    }
    try (Gatehouse three = start(folder, operators)) {
      assertTrue(signsIn(three, operators));
      assertFalse(signsIn(three, changed));
    }
    // The first one again is another one: what was changed long ago does not come back.
    try (Gatehouse four = start(folder, carol)) {
      assertTrue(signsIn(four, carol));
      assertFalse(signsIn(four, changed));
    }
  }

  private static Gatehouse start(Path folder, Person person) {
    return Gatehouse.builder().port(0).demoTools().data(folder.toString())
        .user(person.name(), person.password()).start();
  }

  private static boolean signsIn(Gatehouse gatehouse, Person person) {
    Page page = new Browser().open(gatehouse.issuer() + "/account").signIn(person);
    return !page.asksToSignIn();
  }

  private static void changePassword(String issuer, Browser browser, boolean disconnect) {
    changePassword(issuer, browser, Person.ALICE, disconnect);
  }

  private static void changePassword(
      String issuer, Browser browser, Person person, boolean disconnect) {
    Page page = browser.open(issuer + "/account/password");
    page = page.asksToSignIn() ? page.signIn(person) : page;
    page.fill("current", person.password()).fill("new", NEW_PASSWORD)
        .fill("repeated", NEW_PASSWORD);
    page = disconnect ? page : page.untick("disconnect", "yes");
    page = page.press("Change the password");
    page.answer().expect(200);
    assertNotNull(page.answer().header("Set-Cookie"));
    assertTrue(page.answer().body().contains("Your password is changed"));
  }

  @Test
  void deletes_a_client_registered_by_hand_and_it_is_gone_for_everybody() {
    Page page = browser.open(server.url("/clients")).signIn(Person.ALICE)
        .fill("name", "My app").fill("redirect_uris", OAuthClient.REDIRECT_URI)
        .fill("kind", "public").press("Register");
    String id = page.answer().body().split("<pre>")[1].split("</pre>")[0];
    OAuthClient client = OAuthClient.discover(server.mcpUrl()).known(id, null);
    Tokens bobs = client.connect(Person.BOB);
    Page list = browser.open(server.url("/clients"));
    assertTrue(list.answer().body().contains("last connected"));
    browser.post(server.url("/clients"), Parameters.of("csrf",
        list.form().values().get("csrf"), "action", "delete", "client", id));
    assertFalse(client.isAccepted(bobs));
    client.attempt().in(browser).answer().expect(400);
    assertFalse(browser.open(server.url("/clients")).answer().body().contains(id));
  }
}
