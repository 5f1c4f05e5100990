package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers that have less, in what they say and in what they do. */
@DisplayName("Like another kind of server")
class LikenessTest {
  private static final String METADATA = "/.well-known/oauth-authorization-server";

  @Test
  void without_registration_there_is_no_such_address(
      @GatehouseTest(like = Likeness.WITHOUT_REGISTRATION) TestGatehouse gatehouse) {
    assertNull(Http.get(gatehouse.url(METADATA)).expect(200).json().get("registration_endpoint"));
    Http.postJson(gatehouse.url("/register"), new JsonObject()).expect(404);
    gatehouse.actLike();
    assertNotNull(
        Http.get(gatehouse.url(METADATA)).expect(200).json().get("registration_endpoint"));
  }

  @Test
  void without_client_documents_a_url_is_nobody(@GatehouseTest TestGatehouse gatehouse) {
    String id = gatehouse.documents().valid();
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).known(id, null);
    String url = client.attempt().with("redirect_uri", ClientDocuments.REDIRECT_URI).url();
    gatehouse.actLike(Likeness.WITHOUT_CLIENT_DOCUMENTS);
    assertNull(Http.get(gatehouse.url(METADATA)).json()
        .get("client_id_metadata_document_supported"));
    assertTrue(Http.get(url).expect(400).body().contains("not registered here"));
    assertEquals(0, gatehouse.documents().fetches(id));
    gatehouse.actLike();
    Http.get(url).expect(303);
    assertEquals(1, gatehouse.documents().fetches(id));
  }

  @Test
  void only_2025_06_18_is_agreed_on(
      @GatehouseTest(like = Likeness.ONLY_2025_06_18) TestGatehouse gatehouse) {
    String token = gatehouse.token("alice");
    McpClient newer = McpClient.of("2025-11-25", gatehouse.mcpUrl()).bearing(token);
    Answer agreed = newer.send(newer.message("initialize", new JsonObject()
        .add("protocolVersion", "2025-11-25").add("capabilities", new JsonObject())
        .add("clientInfo", new JsonObject().add("name", "newer").add("version", "1"))));
    assertEquals("2025-06-18", agreed.result().getString("protocolVersion", null));

    McpClient newest = McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token);
    JsonObject error = newest.listTools().expect(400).error();
    assertEquals(-32000, error.getInt("code", 0));
    assertTrue(error.getString("message", "").contains("supported versions: 2025-06-18"));

    McpClient same = McpClient.of("2025-06-18", gatehouse.mcpUrl()).bearing(token);
    same.listTools().expect(200);

    Answer challenge = McpClient.of("2025-06-18", gatehouse.mcpUrl()).initialize().expect(401);
    assertFalse(challenge.challenge().containsKey("scope"));
    assertNotNull(challenge.challenge().get("resource_metadata"));
  }
}
