package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("RFC 9068: JWT Profile for Access Tokens, and its keys (RFC 7517)")
class Rfc9068Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .client(new JsonObject().add("client_id", "machine").add("client_secret", "s3cret")
          .add("grant_types", new JsonArray().add("client_credentials"))));

  @RegisterExtension
  static final GatehouseServer plainType = GatehouseServer.with(
      b -> b.demo().policy(policy -> policy.accessTokenType("JWT")));

  private static final Browser ALICE = new Browser();

  private final OAuthClient client = server.newClient();
  private final Tokens tokens = client.connect(Person.ALICE, ALICE);

  @Nested
  @DisplayName("§2 JWT Access Token Header and Data Structure")
  class Structure {

    @Test
    @DisplayName("§2.1: typ at+jwt, RS256, and the id of a published key")
    void header() {
      JsonObject header = Tokens.part(tokens.access(), 0);
      assertEquals("at+jwt", header.getString("typ", null));
      assertEquals("RS256", header.getString("alg", null));
      assertTrue(client.keys().toString().contains("\"" + header.getString("kid", "?") + "\""));
    }

    @Test
    @DisplayName("§2.2: every required claim, and nothing in doubt")
    void claims() {
      JsonObject claims = tokens.claims();
      long now = server.clock().instant().getEpochSecond();
      assertEquals(server.issuer(), claims.getString("iss", null));
      assertEquals(server.mcpUrl(), claims.get("aud").asString());
      assertEquals("alice", claims.getString("sub", null));
      assertEquals(client.clientId(), claims.getString("client_id", null));
      assertEquals(now, claims.get("iat").asLong());
      assertEquals(now + tokens.json().get("expires_in").asLong(), claims.get("exp").asLong());
      assertEquals("account:read", claims.getString("scope", null));
      assertTrue(claims.getString("jti", "").length() >= 22);
    }

    @Test
    @DisplayName("§2.2: no two tokens have the same id")
    void jti() {
      assertNotEquals(tokens.claims().get("jti"),
          client.connect(Person.ALICE, ALICE).claims().get("jti"));
    }

    @Test
    @DisplayName("§2.2: a client that acts for itself is its own subject")
    void machine() {
      OAuthClient machine = OAuthClient.discover(server.mcpUrl()).known("machine", "s3cret");
      Answer answer = machine.token(Parameters.of("grant_type", "client_credentials",
          "scope", "account:read")).expect(200);
      Tokens own = new Tokens(answer.json());
      assertEquals("machine", own.claims().getString("sub", null));
      assertEquals("machine", own.claims().getString("client_id", null));
      assertEquals(server.mcpUrl(), own.claims().get("aud").asString());
      assertNull(own.refresh());
      assertNull(own.id());
      assertTrue(machine.isAccepted(own));
    }

    @Test
    @DisplayName("§2.1: a setting writes JWT for verifiers that cannot be taught")
    void otherType() {
      OAuthClient other = plainType.newClient();
      Tokens plain = other.connect(Person.ALICE, "openid", "account:read");
      assertEquals("JWT", Tokens.part(plain.access(), 0).getString("typ", null));
      assertTrue(other.isAccepted(plain));
      // The type no longer tells them apart; what they say has to.
      plainType.mcp(plain).bearing(plain.id()).listTools().expect(401);
    }
  }

  @Nested
  @DisplayName("RFC 7517: the key set")
  class Keys {

    @Test
    @DisplayName("RFC 7517 §4: public members only, with use, algorithm and a unique id")
    void members() {
      client.keys().get("keys").asArray().forEach(key -> {
        assertEquals(java.util.Set.of("kty", "use", "alg", "kid", "n", "e"),
            java.util.Set.copyOf(key.asObject().names()));
        assertEquals("sig", key.asObject().getString("use", null));
        assertEquals("RS256", key.asObject().getString("alg", null));
      });
    }

    @Test
    @DisplayName("RFC 7518 §3.3: a modulus of at least 2048 bits")
    void size() throws Exception {
      JWKSet set = JWKSet.parse(client.keys().toString());
      assertTrue(set.getKeys().get(0).size() >= 2048);
    }

    @Test
    @DisplayName("§4: another implementation verifies the token with it")
    void verifies() throws Exception {
      SignedJWT jwt = SignedJWT.parse(tokens.access());
      JWKSet set = JWKSet.parse(client.keys().toString());
      assertTrue(jwt.verify(new RSASSAVerifier(
          set.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())));
    }

    @Test
    @DisplayName("RFC 7517 §8.5: served as JSON, and cacheable")
    void headers() {
      Answer answer = Http.get(server.url("/jwks")).expect(200);
      assertEquals("application/json", answer.header("Content-Type"));
      assertTrue(answer.header("Cache-Control").contains("max-age"));
    }
  }

  @Nested
  @DisplayName("OIDC Core §10.1.1 Rotation of Asymmetric Signing Keys")
  class Rotation {
    @RegisterExtension
    final GatehouseServer fresh = GatehouseServer.demo();

    @Test
    @DisplayName("§10.1.1: the next key is published before it signs, the last one afterwards")
    void overlap() {
      OAuthClient other = fresh.newClient();
      String first = kid(other.connect(Person.ALICE));
      fresh.clock().advance(Duration.ofDays(88));
      assertEquals(2, fresh.newClient().keys().get("keys").asArray().size());
      OAuthClient later = fresh.newClient();
      Tokens last = later.connect(Person.ALICE);
      assertEquals(first, kid(last));
      fresh.clock().advance(Duration.ofMinutes(1));
      assertTrue(later.isAccepted(last));
      fresh.clock().advance(Duration.ofDays(2));
      Tokens next = fresh.newClient().connect(Person.ALICE);
      assertNotEquals(first, kid(next));
      assertTrue(later.isAccepted(next));
      assertTrue(later.keys().toString().contains(first));
    }

    private static String kid(Tokens tokens) {
      return Tokens.part(tokens.access(), 0).getString("kid", null);
    }
  }
}
