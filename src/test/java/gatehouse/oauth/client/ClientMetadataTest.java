package gatehouse.oauth.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMetadataTest {
  private final JsonObject given = new JsonObject()
      .add("redirect_uris", new JsonArray().add("https://c.example/cb"));

  private JsonObject accepted() {
    return ClientMetadata.acceptRegistration(Fields.readObject(given.toString()));
  }

  private void refused(String code) {
    assertEquals(code, assertThrows(OAuthError.class, this::accepted).code());
  }

  @Test
  void fillsInTheDefaultsOfTheStandard() {
    assertEquals(new JsonObject()
        .add("redirect_uris", Fields.array(List.of("https://c.example/cb")))
        .add("response_types", Fields.array(List.of("code")))
        .add("token_endpoint_auth_method", "client_secret_basic"), accepted());
  }

  @Test
  void keepsWhatItKnowsAndDropsTheRest() {
    given.add("client_name", "App").add("client_uri", "https://c.example")
        .add("scope", "read write").add("software_id", "s1").add("unknown", "x")
        .add("client_secret", "mine").add("client_id", "mine");
    JsonObject accepted = accepted();
    assertEquals("App", accepted.get("client_name").asString());
    assertEquals("read write", accepted.get("scope").asString());
    for (String dropped : List.of("unknown", "client_secret", "client_id")) {
      assertFalse(accepted.names().contains(dropped), dropped);
    }
  }

  @Test
  void neverAnswersNullOrAnEmptyArray() {
    for (String name : List.of("client_name", "client_uri", "logo_uri", "scope", "jwks",
        "jwks_uri", "grant_types", "response_types", "token_endpoint_auth_method", "contacts",
        "application_type", "post_logout_redirect_uris")) {
      given.set(name, com.eclipsesource.json.Json.NULL);
    }
    for (JsonObject.Member member : accepted()) {
      JsonValue value = member.getValue();
      assertFalse(value.isNull() || value.isArray() && value.asArray().isEmpty(),
          member.getName());
    }
  }

  @Test
  void keepsTheRedirectUrisThatSuitAndLeavesOutTheRest() {
    given.set("token_endpoint_auth_method", "none").set("redirect_uris", new JsonArray()
        .add("http://evil.example/cb").add("cursor://anysphere.cursor-mcp/oauth/callback")
        .add("http://localhost:3000/cb").add("javascript:alert(1)"));
    assertEquals("[\"cursor://anysphere.cursor-mcp/oauth/callback\",\"http://localhost:3000/cb\"]",
        accepted().get("redirect_uris").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example/cb", "javascript:alert(1)", "https://c/cb#f", "cb",
    "https://c.example/cb\u010d\u010aSet-Cookie:a=b"})
  void refusesARegistrationOfWhichNoRedirectUriSuits(String uri) {
    given.set("redirect_uris", new JsonArray().add(uri));
    refused("invalid_redirect_uri");
  }

  @Test
  void wantsARedirectUri() {
    given.set("redirect_uris", new JsonArray());
    refused("invalid_redirect_uri");
    given.remove("redirect_uris");
    refused("invalid_redirect_uri");
  }

  @ParameterizedTest
  @CsvSource({
    "token_endpoint_auth_method,tls_client_auth",
    "token_endpoint_auth_method,client_secret_jwt",
    "token_endpoint_auth_method,private_key_jwt"})
  void refusesAnAuthenticationMethodItCannotServe(String name, String value) {
    given.set(name, value);
    refused("invalid_client_metadata");
  }

  @Test
  void refusesGrantAndResponseTypesThatLeaveNothingToDo() {
    given.set("grant_types", new JsonArray().add("implicit").add("password"));
    refused("invalid_client_metadata");
    given.remove("grant_types");
    given.set("response_types", new JsonArray().add("token"));
    refused("invalid_client_metadata");
  }

  @Test
  void doesNotLetAStrangerActForItself() {
    given.set("grant_types", new JsonArray().add("client_credentials"));
    refused("invalid_client_metadata");
    given.set("grant_types", new JsonArray().add("authorization_code").add("client_credentials"));
    assertEquals("[\"authorization_code\"]", accepted().get("grant_types").toString());
  }

  @Test
  void takesKeysInOneWayOnly() {
    given.set("jwks", new JsonObject().add("keys", new JsonArray()))
        .set("jwks_uri", "https://c.example/jwks");
    refused("invalid_client_metadata");
  }

  @Test
  void cleansANameOfWhatCouldRearrangeAPage() {
    given.set("client_name", " \u202eBank\u0000\u200b\n\u2066\u0007 ");
    assertEquals("Bank", accepted().get("client_name").asString());
    given.set("client_name", "x".repeat(5_000));
    assertTrue(accepted().get("client_name").asString().length() <= 128);
    given.set("client_name", "<b>&\"'");
    assertEquals("<b>&\"'", accepted().get("client_name").asString(), "escaped later, by the page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect_uris", "grant_types", "response_types"})
  void refusesAFieldOfTheWrongType(String name) {
    given.set(name, "https://c.example/cb");
    assertThrows(Fields.Malformed.class, this::accepted);
  }

  @Test
  void boundsTheNumberOfRedirectUris() {
    JsonArray many = new JsonArray();
    for (int i = 0; i < 100; i++) {
      many.add("https://c.example/" + i);
    }
    given.set("redirect_uris", many);
    assertTrue(accepted().get("redirect_uris").asArray().size() <= 32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example", "x"})
  void dropsLinksThatAreNoWebAddresses(String link) {
    given.set("client_uri", link).set("logo_uri", link);
    assertFalse(accepted().names().contains("client_uri"));
    assertFalse(accepted().names().contains("logo_uri"));
  }
}
