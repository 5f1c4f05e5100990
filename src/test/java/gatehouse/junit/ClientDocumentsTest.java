package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Metadata documents of clients: the good one, and why the others are refused. */
@GatehouseTest
@DisplayName("A host for metadata documents")
class ClientDocumentsTest {
  @Test
  void serves_one_that_is_accepted(TestGatehouse gatehouse) {
    String id = gatehouse.documents().valid(new JsonObject().add("client_name", "Looking Glass"));
    Attempt attempt = attempt(gatehouse, id);
    URI redirect = gatehouse.approve(attempt.url()).grantingEverything();
    assertTrue(redirect.toString().startsWith(ClientDocuments.REDIRECT_URI + "?code="));
    assertTrue(gatehouse.transcript().contains("Looking Glass asks to use"));
    gatehouse.approve(attempt.url()).grantingEverything();
    assertEquals(1, gatehouse.documents().fetches(id));
  }

  @Test
  void serves_one_that_is_too_large(TestGatehouse gatehouse) {
    assertRefused(gatehouse, gatehouse.documents().oversize(), "larger than 5120 bytes");
  }

  @Test
  void serves_one_that_never_arrives(TestGatehouse gatehouse) {
    assertRefused(gatehouse, gatehouse.documents().slow(), "within 5 seconds");
  }

  @Test
  void serves_one_that_names_another_client(TestGatehouse gatehouse) {
    assertRefused(gatehouse, gatehouse.documents().wrongClientId(),
        "&#39;client_id&#39; is not the address of the document");
  }

  @Test
  void serves_one_that_has_moved(TestGatehouse gatehouse) {
    Http.get(attempt(gatehouse, gatehouse.documents().redirecting(1)).url()).expect(303);
    assertRefused(gatehouse, gatehouse.documents().redirecting(2), "status 30");
  }

  @Test
  void has_a_client_that_changes_its_key(TestGatehouse gatehouse) {
    SigningClient client = gatehouse.documents().signing();
    redeem(gatehouse, client, client.assertion(gatehouse.issuer())).expect(200);
    String withOldKey = client.assertion(gatehouse.issuer());
    client.rotateKey();
    redeem(gatehouse, client, client.assertion(gatehouse.issuer())).expect(200);
    assertEquals("invalid_client",
        redeem(gatehouse, client, withOldKey).expect(401).text("error"));
  }

  private static Answer redeem(TestGatehouse gatehouse, SigningClient client, String assertion) {
    Attempt attempt = attempt(gatehouse, client.clientId());
    Parameters response = Parameters.parse(
        gatehouse.approve(attempt.url()).grantingEverything().getRawQuery());
    return Http.postForm(gatehouse.url("/token"), Parameters.of(
        "grant_type", "authorization_code", "code", response.get("code"),
        "redirect_uri", ClientDocuments.REDIRECT_URI, "code_verifier", attempt.verifier(),
        "client_assertion_type", SigningClient.ASSERTION_TYPE, "client_assertion", assertion));
  }

  private static Attempt attempt(TestGatehouse gatehouse, String clientId) {
    return OAuthClient.discover(gatehouse.mcpUrl()).known(clientId, null).attempt()
        .with("redirect_uri", ClientDocuments.REDIRECT_URI);
  }

  private static void assertRefused(TestGatehouse gatehouse, String clientId, String why) {
    Answer answer = Http.get(attempt(gatehouse, clientId).url()).expect(400);
    assertTrue(answer.body().contains(why), answer::body);
  }
}
