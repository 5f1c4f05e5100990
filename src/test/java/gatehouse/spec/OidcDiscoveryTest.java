package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

  @Test
  @DisplayName("§4: it stands below the issuer")
  void address() {
    assertEquals(server.issuer(), document.getString("issuer", null));
  }
}
