package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.guard.AuthorizationServer;
import gatehouse.guard.RemoteVerifier;
import gatehouse.guard.TokenVerifier;
import gatehouse.guard.TokenVerifier.InvalidToken;
import gatehouse.http.BackChannel;
import gatehouse.http.HttpError;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A resource that accepts tokens of an authorization server elsewhere: here, a Gatehouse. */
@DisplayName("Tokens of another authorization server")
class RemoteVerifierTest {
  private static final String RESOURCE = "https://api.example/mcp";

  @RegisterExtension
  final GatehouseExtension extension = GatehouseExtension.of(TestGatehouse.builder()
      .server(server -> server.demo().audience(RESOURCE)));

  @Test
  void are_accepted_by_its_keys(TestGatehouse issuer) throws InvalidToken {
    Access access = signed(issuer).verify(order(issuer).scopes("orders:read").issue());
    assertEquals("alice", access.subject());
    assertEquals(TokenOrder.CLIENT, access.clientId());
    assertEquals(Set.of("orders:read"), access.granted());
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void are_refused_with_any_flaw(Flaw flaw, TestGatehouse issuer) {
    assertThrows(InvalidToken.class,
        () -> signed(issuer).verify(order(issuer).flawed(flaw).issue()));
  }

  @Test
  void are_accepted_after_a_rotation(TestGatehouse issuer) throws InvalidToken {
    RemoteVerifier verifier = signed(issuer);
    verifier.verify(order(issuer).issue());
    issuer.server().keys().rotate();
    assertEquals("alice", verifier.verify(order(issuer).issue()).subject());
  }

  @Test
  void may_name_scopes_and_client_in_other_ways(TestGatehouse issuer) throws InvalidToken {
    Access access = signed(issuer).verify(order(issuer).without("scope").without("client_id")
        .claim("scp", new JsonArray().add("a").add("b")).claim("azp", "their-client").issue());
    assertEquals(Set.of("a", "b"), access.scopes());
    assertEquals("their-client", access.clientId());
    assertThrows(InvalidToken.class,
        () -> signed(issuer).verify(order(issuer).without("client_id").issue()));
  }

  @Test
  void of_two_issuers_are_two_people(
      @GatehouseTest TestGatehouse one, @GatehouseTest TestGatehouse other) throws InvalidToken {
    TokenVerifier both = RemoteVerifier.any(List.of(signed(one), signed(other)));
    assertEquals(one.issuer() + "#alice", both.verify(order(one).issue()).subject());
    assertEquals(other.issuer() + "#alice", both.verify(order(other).issue()).subject());
    assertThrows(InvalidToken.class,
        () -> both.verify(order(one).claim("iss", "https://a.third.example").issue()));
    assertThrows(InvalidToken.class,
        () -> both.verify(order(one).claim("iss", other.issuer()).issue()));
  }

  @Test
  void can_be_asked_about(TestGatehouse issuer) throws InvalidToken {
    RemoteVerifier verifier = asked(issuer);
    String token = order(issuer).issue();
    assertEquals("alice", verifier.verify(token).subject());
    issuer.clock().advance(Duration.ofHours(1));
    assertTrue(assertThrows(InvalidToken.class, () -> verifier.verify(token)).getMessage()
        .contains("not active"));
    assertEquals(2, issuer.requests().to("/introspect").size());
  }

  @Test
  void are_not_refused_but_put_off_if_nobody_answers(TestGatehouse issuer) {
    RemoteVerifier verifier = asked(issuer);
    issuer.on("/introspect").status(500);
    assertEquals(503, assertThrows(HttpError.class, () -> verifier.verify("x")).status());
    issuer.on("/introspect").answer(Response.json(200, new JsonObject().add("active", true)
        .add("more", "x".repeat(300_000))));
    assertEquals(503, assertThrows(HttpError.class, () -> verifier.verify("x")).status());
    issuer.on("/introspect").times(2).hangUp();
    assertEquals(503, assertThrows(HttpError.class, () -> verifier.verify("x")).status());
  }

  @Test
  void are_put_off_as_long_as_no_key_is_known(TestGatehouse issuer) throws InvalidToken {
    RemoteVerifier verifier = signed(issuer);
    String token = order(issuer).issue();
    issuer.on("/jwks").status(500);
    assertEquals(503, assertThrows(HttpError.class, () -> verifier.verify(token)).status());
    // Not asked again at once: whoever queues behind a failure learns of it without waiting.
    assertEquals(503, assertThrows(HttpError.class, () -> verifier.verify(token)).status());
    assertEquals(1, issuer.requests().to("/jwks").size());
    issuer.clock().advance(Duration.ofSeconds(4));
    assertEquals("alice", verifier.verify(token).subject());
  }

  @Test
  void are_judged_by_what_is_remembered_while_the_issuer_is_away(TestGatehouse issuer)
      throws InvalidToken {
    RemoteVerifier verifier = signed(issuer);
    String token = order(issuer).lifetime(Duration.ofDays(2)).issue();
    verifier.verify(token);
    issuer.on("/*").always().status(503);
    issuer.clock().advance(Duration.ofDays(1));
    assertEquals("alice", verifier.verify(token).subject());
    assertThrows(InvalidToken.class,
        () -> verifier.verify(order(issuer).flawed(Flaw.UNKNOWN_KID).issue()));
  }

  @Test
  void cannot_make_it_fetch_all_day(TestGatehouse issuer) {
    RemoteVerifier verifier = signed(issuer);
    for (int i = 0; i < 50; i++) {
      String madeUp = order(issuer).flawed(Flaw.UNKNOWN_KID).issue();
      assertThrows(InvalidToken.class, () -> verifier.verify(madeUp));
    }
    int fetches = issuer.requests().to("/jwks").size();
    assertTrue(fetches <= 11, fetches + " fetches");
  }

  @Test
  void are_not_believed_by_the_metadata_of_somebody_else(TestGatehouse issuer) {
    issuer.on("/.well-known/oauth-authorization-server").always().wrongIssuer();
    issuer.on("/.well-known/openid-configuration").always().wrongIssuer();
    assertEquals(503, assertThrows(HttpError.class,
        () -> signed(issuer).verify(order(issuer).issue())).status());
  }

  @Test
  void are_refused_if_the_answer_is_about_something_else(TestGatehouse issuer)
      throws InvalidToken {
    RemoteVerifier verifier = asked(issuer);
    JsonObject good = new JsonObject().add("active", true).add("sub", "alice")
        .add("client_id", "c").add("aud", RESOURCE).add("scope", "a");
    issuer.on("/introspect").answer(Response.json(200, good));
    assertEquals("alice", verifier.verify("opaque").subject());
    for (JsonObject bad : List.of(new JsonObject(good).remove("aud"),
        new JsonObject(good).set("aud", "https://other.example"),
        new JsonObject(good).set("iss", "https://other.example"),
        new JsonObject(good).set("exp", 1), new JsonObject(good).set("active", false))) {
      issuer.on("/introspect").answer(Response.json(200, bad));
      assertThrows(InvalidToken.class, () -> verifier.verify("opaque"), bad::toString);
    }
  }

  private static TokenOrder order(TestGatehouse issuer) {
    return issuer.tokenFor("alice").audience(RESOURCE);
  }

  private static RemoteVerifier signed(TestGatehouse issuer) {
    return verifier(issuer, AuthorizationServer.of(issuer.issuer()));
  }

  private static RemoteVerifier asked(TestGatehouse issuer) {
    issuer.server().clients().add(Fields.of(new JsonObject().add("client_id", "api")
        .add("client_secret", "s3cret").add("redirect_uris", new JsonArray())
        .add("grant_types", new JsonArray().add("client_credentials"))));
    return verifier(issuer, AuthorizationServer.of(issuer.issuer()).asked("api", "s3cret"));
  }

  private static RemoteVerifier verifier(TestGatehouse issuer, AuthorizationServer server) {
    return new RemoteVerifier(
        server, RESOURCE, new BackChannel(), UnaryOperator.identity(), issuer.clock());
  }
}
