package gatehouse.spec;

import static gatehouse.spec.ClientKey.claims;
import static gatehouse.spec.ClientKey.proving;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.Parameters;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7523: a client proves itself by a JWT it has signed (private_key_jwt)")
class Rfc7523Test {
  private static final ClientKey KEY = ClientKey.es256("es");
  private static final ClientKey RSA = ClientKey.rs256("rs");
  private static final ClientKey STRANGER = ClientKey.es256("es");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .documentTrust(DocumentTrust.any().development(true))
      .client(machine("robot").add("jwks", new JsonObject().add("keys", new JsonArray()
          .add(KEY.jwks().get("keys").asArray().get(0))
          .add(RSA.jwks().get("keys").asArray().get(0)))))
      .client(machine("secretive").add("client_secret", "a long enough secret")));

  static JsonObject machine(String id) {
    return new JsonObject().add("client_id", id).add("scope", "account:read")
        .add("grant_types", new JsonArray().add("client_credentials"));
  }

  private static Instant now() {
    return server.clock().instant();
  }

  private static JWTClaimsSet.Builder good() {
    return claims("robot", server.issuer(), now());
  }

  private static Answer token(String assertion, String... more) {
    return Http.postForm(server.url("/token"),
        proving(assertion, more).add("grant_type", "client_credentials"));
  }

  @Nested
  @DisplayName("§2.2 Using JWTs for Client Authentication")
  class Using {

    @Test
    @DisplayName("§2.2: with ES256 or RS256, with client_id in the body or without")
    void accepted() {
      token(KEY.sign(good().build())).expect(200);
      token(RSA.sign(good().build()), "client_id", "robot").expect(200);
    }

    @ParameterizedTest
    @DisplayName("§2.2: the type of the assertion is the one registered name")
    @ValueSource(strings = {"", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer",
      "urn:ietf:params:oauth:grant-type:jwt-bearer", "x"})
    void type(String type) {
      refused(400, "invalid_request", Http.postForm(server.url("/token"),
          proving(KEY.sign(good().build()), "grant_type", "client_credentials")
              .set("client_assertion_type", type)));
    }

    @Test
    @DisplayName("§2.2, RFC 6749 §2.3: not together with a secret, in header or body")
    void twoMethods() {
      refused(400, "invalid_request", token(KEY.sign(good().build()), "client_secret", "x"));
      refused(400, "invalid_request", Http.postForm(server.url("/token"),
          proving(KEY.sign(good().build()), "grant_type", "client_credentials"),
          "Authorization", "Basic cm9ib3Q6eA=="));
    }

    @Test
    @DisplayName("§2.2: client_id in the body is the one in the assertion")
    void otherClient() {
      refused(400, "invalid_request",
          token(KEY.sign(good().build()), "client_id", "secretive"));
    }

    @Test
    @DisplayName("RFC 7591 §2: only the method that the client is registered with")
    void otherMethod() {
      refused(401, "invalid_client",
          token(KEY.sign(claims("secretive", server.issuer(), now()).build())));
      String publicClient = server.newClient().clientId();
      refused(401, "invalid_client",
          token(KEY.sign(claims(publicClient, server.issuer(), now()).build())));
      refused(401, "invalid_client", Http.postForm(server.url("/token"),
          Parameters.of("grant_type", "client_credentials",
              "client_id", "robot")));
      refused(401, "invalid_client", Http.postForm(server.url("/token"),
          Parameters.of("grant_type", "client_credentials",
              "client_id", "robot", "client_secret", "guessed")));
    }
  }

  @Nested
  @DisplayName("§3 JWT Format and Processing Requirements")
  class Format {

    @ParameterizedTest
    @DisplayName("§3(3): the audience is us, as clients of different ages call us")
    @ValueSource(strings = {"", "/", "/token"})
    void audience(String suffix) {
      token(KEY.sign(good().audience(server.issuer() + suffix).build())).expect(200);
      token(KEY.sign(good().audience(
          List.of("https://other.example", server.issuer() + suffix)).build())).expect(200);
    }

    static Stream<String> wrong() {
      return WRONG.keySet().stream();
    }

    private static final Map<String, UnaryOperator<JWTClaimsSet.Builder>> WRONG = wrongClaims();

    private static Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
      Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
      wrong.put("another issuer", c -> c.issuer("secretive"));
      wrong.put("no issuer", c -> c.issuer(null));
      wrong.put("another subject", c -> c.issuer("robot").subject("secretive"));
      wrong.put("no subject", c -> c.subject(null));
      wrong.put("another audience", c -> c.audience("https://other.example"));
      wrong.put("our resource as audience", c -> c.audience(server.mcpUrl()));
      wrong.put("no audience", c -> c.audience((String) null));
      wrong.put("no expiry", c -> c.expirationTime(null));
      wrong.put("an expiry that is over", c -> c.expirationTime(Date.from(now())));
      wrong.put("an expiry in an hour", c -> c.expirationTime(Date.from(now().plusSeconds(3600))));
      wrong.put("an expiry that is a text", c -> c.claim("exp", "tomorrow"));
      wrong.put("not before a minute from now",
          c -> c.notBeforeTime(Date.from(now().plusSeconds(60))));
      wrong.put("issued a minute from now", c -> c.issueTime(Date.from(now().plusSeconds(60))));
      wrong.put("no id", c -> c.jwtID(null));
      return wrong;
    }

    @ParameterizedTest
    @DisplayName("§3: a claim that is missing or wrong is invalid_client")
    @MethodSource("wrong")
    void claim(String what) {
      refused(401, "invalid_client", token(KEY.sign(WRONG.get(what).apply(good()).build())));
    }

    @Test
    @DisplayName("§3(4): clocks may differ by seconds")
    void skew() {
      Date soon = Date.from(now().plusSeconds(20));
      token(KEY.sign(good().issueTime(soon).notBeforeTime(soon).build())).expect(200);
    }

    @Test
    @DisplayName("§3(9): the signature is the client's, by an asymmetric algorithm")
    void signature() throws JOSEException {
      refused(401, "invalid_client", token(STRANGER.sign(good().build())));
      refused(401, "invalid_client", token(new PlainJWT(good().build()).serialize()));
      SignedJWT mac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good().build());
      mac.sign(new MACSigner(Arrays.copyOf(
          RSA.jwks().toString().getBytes(StandardCharsets.UTF_8), 64)));
      refused(401, "invalid_client", token(mac.serialize()));
    }

    @Test
    @DisplayName("RFC 8725 §3: what the header asks for is not obeyed")
    void header() {
      refused(401, "invalid_client", token(STRANGER.sign(
          STRANGER.header().jwk(STRANGER.jwk().toPublicJWK()).build(), good().build())));
      refused(401, "invalid_client", token(KEY.sign(
          KEY.header().criticalParams(Set.of("exp")).build(), good().build())));
      refused(401, "invalid_client", token(KEY.sign(
          KEY.header().type(new JOSEObjectType("at+jwt")).build(), good().build())));
      refused(401, "invalid_client", token(KEY.sign(
          KEY.header().keyID("unknown").build(), good().build())));
    }

    @Test
    @DisplayName("§3: a header without kid or typ, or with the newer typ, is good enough")
    void plainHeader() {
      token(KEY.sign(new JWSHeader(JWSAlgorithm.ES256), good().build())).expect(200);
      token(KEY.sign(KEY.header().type(new JOSEObjectType("client-authentication+jwt")).build(),
          good().build())).expect(200);
    }

    @ParameterizedTest
    @DisplayName("§3.2: what is no JWT is invalid_client")
    @ValueSource(strings = {"x", "a.b.c", "..", "e30.e30.", "null", "e30.e30.e30.e30.e30"})
    void garbage(String assertion) {
      refused(401, "invalid_client", token(assertion));
    }
  }

  @Nested
  @DisplayName("RFC 7517 §4.5 Keys at jwks_uri")
  class RemoteKeys {

    @Test
    @DisplayName("AS-71: an unknown kid means one more look, and no more than ten a minute")
    void rotation() throws IOException {
      try (WebHost web = new WebHost().serve("/jwks", KEY.jwks().toString())) {
        String id = Http.postJson(server.url("/register"), new JsonObject()
            .add("redirect_uris", new JsonArray().add("https://app.example/cb"))
            .add("token_endpoint_auth_method", "private_key_jwt")
            .add("jwks_uri", web.url("/jwks"))).expect(201).json().getString("client_id", null);
        assertEquals("unauthorized_client", with(KEY, id).text("error"));
        assertEquals("unauthorized_client", with(KEY, id).text("error"));
        assertEquals(1, web.timesAsked("/jwks"));

        ClientKey next = ClientKey.es256("next");
        web.serve("/jwks", next.jwks().toString());
        assertEquals("unauthorized_client", with(next, id).text("error"));
        refused(401, "invalid_client", with(KEY, id));

        for (int i = 0; i < 30; i++) {
          refused(401, "invalid_client", with(ClientKey.es256("forged" + i), id));
        }
        assertTrue(web.timesAsked("/jwks") <= 11, "asked " + web.timesAsked("/jwks") + " times");
        assertEquals("unauthorized_client", with(next, id).text("error"));
      }
    }

    private Answer with(ClientKey key, String id) {
      return token(key.assertion(id, server.issuer(), now()));
    }
  }
}
