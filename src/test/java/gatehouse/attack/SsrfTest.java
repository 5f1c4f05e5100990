package gatehouse.attack;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP security best practices, SSRF: an address in a request makes us call somebody inside. */
class SsrfTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  /** Somebody inside, who must never be called. */
  private ServerSocket inside;

  @BeforeEach
  void listen() throws IOException {
    inside = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    // What has connected stands in the queue already, so this does not wait for anything.
    inside.setSoTimeout(1);
  }

  @AfterEach
  void nobodyCalled() throws IOException {
    try (ServerSocket ending = inside) {
      assertThrows(SocketTimeoutException.class, ending::accept);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1:PORT/c", "https://localhost:PORT/c",
    "https://[::1]:PORT/c", "https://[::ffff:127.0.0.1]:PORT/c", "https://127.1:PORT/c",
    "https://2130706433:PORT/c", "https://0x7f.0.0.1:PORT/c", "https://0177.0.0.1:PORT/c",
    "https://0.0.0.0:PORT/c", "https://user@127.0.0.1:PORT/c", "https://127.0.0.1.:PORT/c",
    "http://127.0.0.1:PORT/c", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/c",
    "https://192.168.1.1/c", "https://[fd00::1]/c", "https://[64:ff9b::7f00:1]:PORT/c",
    "file:///etc/passwd", "https://localhost:PORT", "gopher://127.0.0.1:PORT/c"})
  void noClientIdMakesUsCallThisComputerOrItsNeighbours(String pattern) {
    String id = pattern.replace("PORT", "" + inside.getLocalPort());
    keptHere(OAuthClient.discover(server.mcpUrl()).known(id, null).attempt().in(new Browser()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:PORT/jwks", "https://127.0.0.1:PORT/jwks",
    "https://localhost:PORT/jwks", "https://[::ffff:127.0.0.1]:PORT/jwks"})
  void noKeySetDoesEither(String pattern) throws Exception {
    String jwksUri = pattern.replace("PORT", "" + inside.getLocalPort());
    var registration = Http.postJson(server.url("/register"), new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "private_key_jwt").add("jwks_uri", jwksUri));
    if (registration.status() == 400) {
      refused(400, "invalid_client_metadata", registration);
      return;
    }
    refused(401, "invalid_client", Http.postForm(server.url("/token"), Parameters.of(
        "grant_type", "refresh_token", "refresh_token", "x",
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion", assertion(registration.text("client_id")))));
  }

  @Test
  void noOtherAddressInARegistrationDoes() {
    String url = "http://127.0.0.1:" + inside.getLocalPort() + "/";
    var client = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "none").add("logo_uri", url).add("client_uri", url)
        .add("policy_uri", url).add("tos_uri", url).add("sector_identifier_uri", url)
        .add("initiate_login_uri", url));
    client.attempt().in(new Browser()).answer().expect(200);
    client.attempt().with("request_uri", url).in(new Browser()).response();
  }

  private static String assertion(String clientId) throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
        new JWTClaimsSet.Builder().issuer(clientId).subject(clientId).audience(server.issuer())
            .jwtID("1").expirationTime(new Date(server.clock().millis() + 60_000)).build());
    jwt.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
    return jwt.serialize();
  }
}
