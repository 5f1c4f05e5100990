package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.junit.GatehouseTest;
import gatehouse.junit.Likeness;
import gatehouse.junit.TestGatehouse;
import org.junit.jupiter.api.Test;

/** Recipe 9: a client known by the address of its metadata document, good or bad. */
@GatehouseTest
class ClientDocumentTest {
  @Test
  void a_client_needs_no_registration(TestGatehouse gatehouse) throws Exception {
    String clientId = gatehouse.documents().valid();
    SmallClient client = new SmallClient(gatehouse.issuer(), clientId);
    assertEquals("account:read", client.redeem(gatehouse
        .approve(client.authorizationUrl("account:read")).grantingEverything())
        .getString("scope", null));
  }

  @Test
  void a_document_of_somebody_else_is_refused(TestGatehouse gatehouse) {
    String clientId = gatehouse.documents().wrongClientId();
    SmallClient client = new SmallClient(gatehouse.issuer(), clientId);
    AssertionError refused = assertThrows(AssertionError.class, () -> gatehouse
        .approve(client.authorizationUrl("account:read")).grantingEverything());
    assertTrue(refused.getMessage().contains("is not the address of the document"));
  }

  @Test
  void a_server_without_documents_makes_the_client_fall_back(TestGatehouse gatehouse) {
    gatehouse.actLike(Likeness.WITHOUT_CLIENT_DOCUMENTS);
    SmallClient client = new SmallClient(gatehouse.issuer(), gatehouse.documents().valid());
    assertThrows(AssertionError.class, () -> gatehouse
        .approve(client.authorizationUrl("account:read")).grantingEverything());
  }
}
