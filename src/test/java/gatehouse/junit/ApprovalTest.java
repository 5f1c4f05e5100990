package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.login.User;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A person is played: what they decide comes back to the client as if they had been there. */
@GatehouseTest
@DisplayName("Approval without a browser")
class ApprovalTest {
  @Test
  void returns_the_redirect_with_a_code_that_can_be_redeemed(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Attempt attempt = client.attempt("account:read", "account:write");
    Parameters response = response(gatehouse.approve(attempt.url()).as("bob").grantingEverything());
    assertEquals(attempt.get("state"), response.get("state"));
    assertEquals(gatehouse.issuer(), response.get("iss"));
    Tokens tokens = new Tokens(client.exchange(attempt, response.get("code")).expect(200).json());
    assertEquals("bob", tokens.claims().getString("sub", null));
    assertEquals(Set.of("account:read", "account:write"), tokens.scopes());
  }

  @Test
  void unticks_what_is_not_named(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Attempt attempt = client.attempt("account:read", "account:write");
    URI redirect = gatehouse.approve(attempt.url()).as("alice").granting("account:read");
    Tokens tokens = new Tokens(
        client.exchange(attempt, response(redirect).get("code")).expect(200).json());
    assertEquals(Set.of("account:read"), tokens.scopes());
  }

  @Test
  void tells_the_client_of_a_denial(TestGatehouse gatehouse) {
    Attempt attempt = OAuthClient.discover(gatehouse.mcpUrl()).register().attempt();
    Parameters response = response(gatehouse.approve(attempt.url()).denying());
    assertEquals("access_denied", response.get("error"));
    assertNull(response.get("code"));
  }

  @Test
  void passes_on_what_the_server_refuses(TestGatehouse gatehouse) {
    Attempt attempt = OAuthClient.discover(gatehouse.mcpUrl()).register().attempt()
        .without("code_challenge");
    Parameters response = response(gatehouse.approve(attempt.url()).grantingEverything());
    assertEquals("invalid_request", response.get("error"));
  }

  @Test
  void says_with_a_transcript_why_there_was_no_redirect(TestGatehouse gatehouse) {
    Attempt attempt = OAuthClient.discover(gatehouse.mcpUrl()).register().attempt()
        .with("redirect_uri", "https://elsewhere.example/");
    AssertionError failed = assertThrows(AssertionError.class,
        () -> gatehouse.approve(attempt.url()).grantingEverything());
    assertTrue(failed.getMessage().contains("not one that this application has registered"),
        failed::getMessage);
    assertTrue(failed.getMessage().contains("GET    /authorize"), failed::getMessage);
  }

  @Test
  void does_not_grant_what_was_not_asked_for(TestGatehouse gatehouse) {
    Attempt attempt = OAuthClient.discover(gatehouse.mcpUrl()).register().attempt("account:read");
    AssertionError failed = assertThrows(AssertionError.class,
        () -> gatehouse.approve(attempt.url()).granting("account:write"));
    assertTrue(failed.getMessage().contains("has not asked for account:write"));
  }

  @Test
  void knows_nobody_who_is_not_there(TestGatehouse gatehouse) {
    Attempt attempt = OAuthClient.discover(gatehouse.mcpUrl()).register().attempt();
    AssertionError failed = assertThrows(AssertionError.class,
        () -> gatehouse.approve(attempt.url()).as("carol").grantingEverything());
    assertTrue(failed.getMessage().contains("no user 'carol'"), failed::getMessage);
    gatehouse.user("carol");
    assertTrue(response(gatehouse.approve(attempt.url()).as("carol").grantingEverything())
        .get("code") != null);
  }

  @Test
  void leaves_passwords_as_they_were(TestGatehouse gatehouse) {
    gatehouse.server().users().add(User.named("dora"), "a password of her own");
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    for (Person person : new Person[] {
        Person.ALICE, new Person("dora", "a password of her own")}) {
      gatehouse.approve(client.attempt().url()).as(person.name()).grantingEverything();
      assertTrue(client.attempt().in(new Browser()).signIn(person).asksForConsent());
      assertTrue(client.attempt().in(new Browser())
          .signIn(new Person(person.name(), "headless")).asksToSignIn());
    }
  }

  @Test
  void refuses_urls_of_other_servers(TestGatehouse gatehouse) {
    assertThrows(IllegalArgumentException.class,
        () -> gatehouse.approve("https://elsewhere.example/authorize?client_id=x"));
  }

  @Test
  void happens_by_itself_where_that_is_wanted(
      @GatehouseTest(approvesEverythingWithoutAsking = true) TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Attempt attempt = client.attempt("account:read", "account:write");
    Answer answer = Http.get(attempt.url()).expect(303);
    Tokens tokens = new Tokens(client.exchange(attempt,
        response(URI.create(answer.header("Location"))).get("code")).expect(200).json());
    assertEquals("alice", tokens.claims().getString("sub", null));
    Attempt ofBob = client.attempt().with("login_hint", "bob");
    Answer second = Http.get(ofBob.url()).expect(303);
    assertEquals("bob", new Tokens(client.exchange(ofBob,
        response(URI.create(second.header("Location"))).get("code")).json())
        .claims().getString("sub", null));
    assertFalse(gatehouse.requests().to("/consent").isEmpty());
  }

  private static Parameters response(URI redirect) {
    return Parameters.parse(redirect.getRawQuery());
  }
}
