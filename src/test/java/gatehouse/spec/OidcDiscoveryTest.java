package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import gatehouse.Configured;
import gatehouse.Gatehouse;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("OpenID Connect Discovery 1.0")
class OidcDiscoveryTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final JsonObject document =
      Http.get(server.url("/.well-known/openid-configuration")).expect(200).json();

  private List<String> values(String name) {
    return document.get(name).asArray().values().stream().map(v -> v.asString()).toList();
  }

  @Test
  @DisplayName("§3: what OpenID Connect requires and recommends is there")
  void members() {
    assertEquals(server.url("/jwks"), document.getString("jwks_uri", null));
    assertEquals(server.url("/userinfo"), document.getString("userinfo_endpoint", null));
    assertEquals(List.of("public"), values("subject_types_supported"));
    assertTrue(values("id_token_signing_alg_values_supported").contains("RS256"));
    assertTrue(values("claims_supported").containsAll(
        List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "name", "email")));
    assertTrue(values("scopes_supported").contains("openid"));
  }

  @Test
  @DisplayName("§3: PKCE is announced here too, or MCP clients go no further")
  void pkce() {
    assertEquals(List.of("S256"), values("code_challenge_methods_supported"));
  }

  @Test
  @DisplayName("§3: another implementation reads it as a provider's metadata")
  void parses() throws Exception {
    OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(document.toString());
    assertEquals(server.issuer(), metadata.getIssuer().getValue());
    assertEquals(server.url("/token"), metadata.getTokenEndpointURI().toString());
  }

  @ParameterizedTest
  @CsvSource({"passkey totp password, 1 2 phr", "passkey password, 1 2 phr",
    "totp password, 1 2", "password, 1"})
  @DisplayName("§3: acr_values_supported is what can be reached here, and no more")
  void acrValues(String ways, String expected) {
    String settings = "{\"sign-in\": [\"" + ways.replace(" ", "\", \"") + "\"]}";
    try (Gatehouse other = Configured.by(settings).apply(
        Gatehouse.builder().port(0).demo()).start()) {
      JsonObject metadata = Http.get(other.issuer() + "/.well-known/openid-configuration")
          .expect(200).json();
      assertEquals(List.of(expected.split(" ")), metadata.get("acr_values_supported").asArray()
          .values().stream().map(value -> value.asString()).toList());
    }
  }

  @Test
  @DisplayName("§4: it stands below the issuer")
  void address() {
    assertEquals(server.issuer(), document.getString("issuer", null));
  }
}
