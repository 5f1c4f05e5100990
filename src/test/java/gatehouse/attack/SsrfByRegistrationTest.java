package gatehouse.attack;

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
import gatehouse.support.Answer;
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

/**
 * MCP security best practices, SSRF: an address that a client has registered makes us call somebody
 * inside. Addresses that are a client's id, or stand in its document, are in {@link
 * ServerSideRequestForgeryTest}.
 */
class SsrfByRegistrationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  /** Somebody inside, who must never be called. */
  private ServerSocket inside;

  @BeforeEach
  void listen() throws IOException {
    inside = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    // Whoever has connected stands in the queue already, so this does not wait for anything.
    inside.setSoTimeout(1);
  }

  @AfterEach
  void nobodyHasCalled() throws IOException {
    try (ServerSocket ending = inside) {
      assertThrows(SocketTimeoutException.class, ending::accept);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:PORT/jwks", "https://127.0.0.1:PORT/jwks",
    "https://localhost:PORT/jwks", "https://[::ffff:127.0.0.1]:PORT/jwks",
    "https://2130706433:PORT/jwks", "https://user@127.0.0.1:PORT/jwks", "file:///etc/passwd"})
  void noKeySetIsFetchedFromInside(String pattern) throws Exception {
    Answer registration = Http.postJson(server.url("/register"), new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "private_key_jwt")
        .add("jwks_uri", pattern.replace("PORT", "" + inside.getLocalPort())));
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
  void noOtherAddressIsFetchedAtAll() {
    String url = "http://127.0.0.1:" + inside.getLocalPort() + "/";
    OAuthClient client = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
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
