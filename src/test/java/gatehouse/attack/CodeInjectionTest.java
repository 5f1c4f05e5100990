package gatehouse.attack;

import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 9700 §4.5: a stolen code is put into the thief's own session with a client. */
class CodeInjectionTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();
  private static final Browser BOB = new Browser();

  private final OAuthClient client = server.newClient();
  private final Attempt victims = client.attempt();
  private final Attempt thiefs = client.attempt();
  private final String stolen = victims.allowedBy(Person.ALICE, ALICE).response().get("code");

  @Test
  void theThiefsVerifierDoesNotFitTheVictimsCode() {
    refused(400, "invalid_grant", client.exchange(thiefs, stolen));
    // RFC 7636 §4.6: it is spent, so that the thief cannot go on guessing.
    refused(400, "invalid_grant", client.exchange(victims, stolen));
  }

  @Test
  void theThiefsClientCannotRedeemTheVictimsCode() {
    refused(400, "invalid_grant", server.newClient().exchange(victims, stolen));
    client.exchange(victims, stolen).expect(200);
  }

  @Test
  void theThiefsRedirectUriDoesNotFitTheVictimsCode() {
    refused(400, "invalid_grant", client.token(Parameters.of(
        "grant_type", "authorization_code", "code", stolen,
        "redirect_uri", "http://127.0.0.1:6666/callback", "code_verifier", victims.verifier())));
    client.exchange(victims, stolen).expect(200);
  }

  @Test
  void eachCodeLeadsToTheAccountOfWhoeverAllowedIt() {
    String bobs = thiefs.allowedBy(Person.BOB, BOB).response().get("code");
    Tokens alice = new Tokens(client.exchange(victims, stolen).expect(200).json());
    Tokens bob = new Tokens(client.exchange(thiefs, bobs).expect(200).json());
    assertEquals("alice", alice.claims().getString("sub", null));
    assertEquals("bob", bob.claims().getString("sub", null));
  }
}
