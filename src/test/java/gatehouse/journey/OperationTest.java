package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.AuditTrail;
import gatehouse.support.Browser;
import gatehouse.support.Exposed;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of a server: its health, its metrics, its audit trail. */
@DisplayName("An operator sees")
class OperationTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .trustProxy("127.0.0.1"));

  private Exposed metrics() {
    return Exposed.of(Http.get(server.url("/metrics")).expect(200));
  }

  @Test
  void that_the_server_lives_and_is_ready() {
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      assertEquals("ok\n", Http.get(server.url(path)).expect(200).body());
    }
  }

  @Test
  void metrics_that_follow_the_format_and_count() {
    OAuthClient client = server.newClient();
    Tokens tokens = client.refresh(client.connect(Person.ALICE));
    server.mcp(tokens).call("get_account").structured();
    Http.get(server.url("/no-such-place"));
    client.refresh("no-such-token");
    Exposed metrics = metrics();
    assertEquals(1, metrics.value("gatehouse_tokens_total", "grant_type", "authorization_code"));
    assertEquals(1, metrics.value("gatehouse_tokens_total", "grant_type", "refresh_token"));
    assertEquals(1, metrics.value("gatehouse_events_total", "event", "login", "outcome", "ok"));
    assertEquals(1, metrics.value("gatehouse_events_total",
        "event", "refusal", "outcome", "invalid_grant"));
    assertEquals(1, metrics.value("gatehouse_requests_total", "route", "/register",
        "status", "201"));
    assertEquals(1, metrics.value("gatehouse_requests_total", "route", "none", "status", "404"));
    assertEquals(3, metrics.value("gatehouse_request_seconds_count", "route", "/token"));
    assertEquals(3, metrics.value("gatehouse_request_seconds_bucket", "route", "/token",
        "le", "+Inf"));
    assertTrue(metrics.value("gatehouse_store_write_seconds_count") > 5);
    assertEquals(0, metrics.value("gatehouse_store_errors_total"));
    assertEquals(1, metrics.value("gatehouse_requests_in_flight"), "the one that asks");
    assertEquals(0, metrics.value("gatehouse_streams"));
    assertEquals(0, metrics.value("gatehouse_limited_total",
        "limit", "registrations_by_network"));
    assertTrue(metrics.value("gatehouse_heap_used_bytes") > 1_000_000);
    assertTrue(metrics.value("gatehouse_uptime_seconds") > 0);
    assertEquals(0, metrics.value("gatehouse_signing_key_age_seconds"));
    server.clock().advanceSeconds(3600);
    assertEquals(3600, metrics().value("gatehouse_signing_key_age_seconds"));
  }

  @Test
  void which_limit_was_hit() {
    for (int i = 0; i < 12; i++) {
      new Browser().open(server.url("/login")).signIn(new Person("alice", "wrong"));
    }
    assertTrue(metrics().value("gatehouse_limited_total",
        "limit", "passwords_by_network_and_name") >= 1);
  }

  @Test
  void nothing_if_they_are_strangers() {
    assertEquals(404, Http.get(server.url("/metrics"), "X-Forwarded-For", "8.8.8.8").status());
    assertEquals(200, Http.get(server.url("/metrics"), "X-Forwarded-For", "10.1.1.1").status());
    // Headers that disagree leave the proxy's own address, which is a near one.
    assertEquals(404, Http.get(server.url("/metrics"),
        "X-Forwarded-For", "8.8.8.8", "Forwarded", "for=6.6.6.6").status());
    assertEquals(404, Http.get(server.url("/metrics"), "Forwarded", "for=unknown").status());
  }

  @Test
  void every_step_of_a_client_under_one_reference() {
    try (AuditTrail trail = AuditTrail.open()) {
      OAuthClient client = server.newClient();
      Tokens tokens = client.connect(Person.ALICE);
      Tokens next = client.refresh(tokens);
      server.mcp(next).call("get_account").structured();
      server.mcp(next).call("update_account", new JsonObject().add("plan", "team"));
      client.post(client.endpoint("revocation"), Parameters.of("token", next.refresh()))
          .expect(200);
      String id = client.clientId();
      JsonObject consent = trail.only("consent");
      String reference = consent.getString("reference", null);
      assertNotNull(reference);
      assertEquals(Set.of("registration", "login", "consent", "token", "tool_call", "revocation"),
          trail.lines().stream().map(line -> line.getString("event", null))
              .collect(Collectors.toSet()));
      for (JsonObject line : trail.lines()) {
        String event = line.getString("event", null);
        assertNotNull(line.getString("at", null));
        assertNotNull(line.getString("outcome", null));
        assertTrue(event.equals("login") || id.equals(line.getString("client", null)), event);
        assertTrue(Set.of("registration", "login").contains(event)
            || reference.equals(line.getString("reference", null)), line.toString());
      }
      assertEquals(List.of("ok", "forbidden"), trail.all("tool_call").stream()
          .map(line -> line.getString("outcome", null)).toList());
      JsonObject call = trail.all("tool_call").get(0);
      assertEquals("alice", call.getString("user", null));
      assertEquals("get_account", call.getString("tool", null));
      assertEquals("account:read", call.getString("scope", null));
    }
  }

  @Test
  void who_was_refused_and_from_where() {
    try (AuditTrail trail = AuditTrail.open()) {
      OAuthClient client = server.newClient();
      Attempt attempt = client.attempt();
      attempt.in(new Browser()).signIn(Person.ALICE).deny();
      assertEquals("access_denied", trail.only("consent").getString("outcome", null));
      assertEquals("alice", trail.only("consent").getString("user", null));
      Http.postForm(server.url("/token"), Parameters.of("grant_type", "refresh_token",
          "refresh_token", "x", "client_id", client.clientId()),
          "X-Forwarded-For", "6.6.6.6, 203.0.113.7");
      assertEquals("203.0.113.7", trail.only("refusal").getString("address", null));
      Http.postJson(server.mcpUrl(), new JsonObject(), "Authorization", "Bearer invented");
      JsonObject refused = trail.all("refusal").get(1);
      assertEquals("invalid_token", refused.getString("outcome", null));
      assertFalse(refused.toString().contains("invented"));
    }
  }

  @Test
  void a_client_that_changes_and_goes() {
    try (AuditTrail trail = AuditTrail.open()) {
      JsonObject made = Http.postJson(server.url("/register"), new JsonObject()
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
          .add("token_endpoint_auth_method", "none")).expect(201).json();
      String url = made.getString("registration_client_uri", null);
      String[] bearer = {"Authorization",
          "Bearer " + made.getString("registration_access_token", null),
          "Content-Type", "application/json"};
      Http.send("PUT", url, new JsonObject()
          .add("client_id", made.get("client_id"))
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI + "/2"))
          .add("token_endpoint_auth_method", "none").toString(), bearer).expect(200);
      Http.send("DELETE", url, null, bearer).expect(204);
      assertEquals(List.of("ok", "replaced", "removed"), trail.all("registration").stream()
          .map(line -> line.getString("outcome", null)).toList());
    }
  }
}
