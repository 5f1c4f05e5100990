package gatehouse.attack;

import static gatehouse.spec.ClientKey.claims;
import static gatehouse.spec.ClientKey.proving;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.nimbusds.jwt.JWTClaimsSet;
import gatehouse.spec.ClientKey;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has copied a client's signed assertion shows it again (RFC 7523 §3(7)). */
@DisplayName("A client assertion that was copied")
class AssertionReplayTest {
  private static final ClientKey KEY = ClientKey.es256("k");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .client(machine("one")).client(machine("two")));

  private static JsonObject machine(String id) {
    return new JsonObject().add("client_id", id).add("jwks", KEY.jwks())
        .add("grant_types", new JsonArray().add("client_credentials"));
  }

  private static JWTClaimsSet.Builder of(String client) {
    return claims(client, server.issuer(), server.clock().instant());
  }

  private static Answer token(String assertion) {
    return Http.postForm(server.url("/token"),
        proving(assertion, "grant_type", "client_credentials"));
  }

  @Test
  void is_good_once() {
    String assertion = KEY.sign(of("one").build());
    token(assertion).expect(200);
    refused(401, "invalid_client", token(assertion));
  }

  @Test
  void is_good_for_one_of_fifty_at_once() throws Exception {
    String assertion = KEY.sign(of("one").build());
    List<Answer> answers = Race.of(50, () -> token(assertion));
    assertEquals(1, answers.stream().filter(answer -> answer.status() == 200).count());
    answers.stream().filter(answer -> answer.status() != 200)
        .forEach(answer -> refused(401, "invalid_client", answer));
  }

  @Test
  void is_recognised_by_its_id_though_it_was_signed_anew() {
    token(KEY.sign(of("one").jwtID("same").build())).expect(200);
    server.clock().advanceSeconds(5);
    refused(401, "invalid_client", token(KEY.sign(of("one").jwtID("same").build())));
  }

  @Test
  void does_not_use_up_the_ids_of_another_client() {
    token(KEY.sign(of("one").jwtID("shared").build())).expect(200);
    token(KEY.sign(of("two").jwtID("shared").build())).expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/introspect", "/revoke", "/par"})
  void is_used_up_wherever_it_was_shown(String path) {
    String assertion = KEY.sign(of("one").build());
    Http.postForm(server.url(path), proving(assertion, "token", "x"));
    refused(401, "invalid_client", token(assertion));
  }

  @Test
  void is_used_up_by_a_request_that_fails_for_another_reason() {
    String assertion = KEY.sign(of("one").build());
    refused(400, "invalid_target", Http.postForm(server.url("/token"), proving(assertion,
        "grant_type", "client_credentials", "resource", "https://other.example/")));
    refused(401, "invalid_client", token(assertion));
  }

  @Test
  void is_remembered_until_it_has_expired_and_no_moment_less() {
    String assertion = KEY.sign(of("one").expirationTime(
        Date.from(server.clock().instant().plusSeconds(600))).build());
    token(assertion).expect(200);
    for (int second : new int[] {300, 299, 1, 1, 60}) {
      server.clock().advanceSeconds(second);
      refused(401, "invalid_client", token(assertion));
    }
  }

  @Test
  void does_not_spoil_an_id_if_somebody_else_has_signed_it() {
    String forged = ClientKey.es256("k").sign(of("one").jwtID("precious").build());
    refused(401, "invalid_client", token(forged));
    token(KEY.sign(of("one").jwtID("precious").build())).expect(200);
  }
}
