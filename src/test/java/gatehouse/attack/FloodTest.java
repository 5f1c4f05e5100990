package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever fills the store is stopped or forgotten first, and told in the terms of the endpoint. */
@DisplayName("A flood")
class FloodTest {
  @RegisterExtension
  final GatehouseServer server =
      GatehouseServer.with(builder -> builder.demo().trustProxy("127.0.0.1"));

  private static JsonObject metadata(String name) {
    return new JsonObject().add("client_name", name)
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("token_endpoint_auth_method", "none");
  }

  private void known(boolean wanted, String clientId) {
    Answer answer = Http.postForm(server.url("/token"), Parameters.of(
        "grant_type", "authorization_code", "code", "x", "client_id", clientId));
    assertEquals(wanted ? "invalid_grant" : "invalid_client", answer.text("error"));
  }

  @Test
  @DisplayName("of registrations is forgotten in half an hour, and what came before it stays")
  void registrations() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 520; i++) {
      if (i % 100 == 99) {
        server.clock().advance(Duration.ofSeconds(1));
        server.clock().advance(Duration.ofMinutes(1));
      }
      ids.add(Http.postJson(server.url("/register"), metadata("client " + i)).expect(201)
          .text("client_id"));
    }
    known(true, ids.get(519));
    server.clock().advance(Duration.ofMinutes(31));
    known(false, ids.get(519));
    known(true, ids.get(0));
    // Who comes later and is allowed something, stays although others flood.
    OAuthClient late = server.newClient();
    late.connect(Person.ALICE);
    server.clock().advance(Duration.ofDays(30));
    known(true, late.clientId());
  }

  @Test
  @DisplayName("of registrations from one address ends with 429 and says when to come back")
  void registrationsAtOnce() {
    Answer answer = null;
    for (int i = 0; i < 121; i++) {
      answer = Http.postJson(server.url("/register"), metadata("client " + i));
    }
    assertEquals("temporarily_unavailable", answer.expect(429).text("error"));
    server.clock().advance(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After"))));
    Http.postJson(server.url("/register"), metadata("patient")).expect(201);
  }

  @Test
  @DisplayName("of words in one registration is refused")
  void largeRegistration() {
    JsonArray uris = new JsonArray();
    for (int i = 0; i < 30; i++) {
      uris.add("https://client.example/" + "x".repeat(1_000) + i);
    }
    Answer answer = Http.postJson(server.url("/register"),
        metadata("large").set("redirect_uris", uris));
    assertEquals("invalid_client_metadata", answer.expect(400).text("error"));
  }

  @Test
  @DisplayName("of pushed requests stops at its client, and another goes on")
  void pushedRequests() {
    OAuthClient client = server.newClient();
    Parameters request = client.attempt().parameters();
    for (int i = 0; i < 300; i++) {
      client.post(server.url("/par"), request).expect(201);
    }
    Answer answer = client.post(server.url("/par"), request).expect(429);
    assertEquals("temporarily_unavailable", answer.text("error"));
    assertTrue(Long.parseLong(answer.header("Retry-After")) > 0);
    OAuthClient other = server.newClient();
    other.post(server.url("/par"), other.attempt().parameters()).expect(201);
  }

  @Test
  @DisplayName("of requests pushed by a stranger for a public client stops the stranger alone")
  void pushedForAnother() {
    OAuthClient client = server.newClient();
    Parameters request = client.attempt().parameters();
    for (int i = 0; i < 300; i++) {
      Http.postForm(server.url("/par"), request, "X-Forwarded-For", "203.0.113.66").expect(201);
    }
    Http.postForm(server.url("/par"), request, "X-Forwarded-For", "203.0.113.66").expect(429);
    Http.postForm(server.url("/par"), request, "X-Forwarded-For", "198.51.100.7").expect(201);
  }

  @Test
  @DisplayName("of registrations does not last longer for being replaced again and again")
  void replacedRegistrations() {
    Answer made = null;
    for (int i = 0; i < 520; i++) {
      if (i % 100 == 99) {
        server.clock().advance(Duration.ofSeconds(61));
      }
      made = Http.postJson(server.url("/register"), metadata("client " + i)).expect(201);
    }
    server.clock().advance(Duration.ofMinutes(20));
    String url = made.text("registration_client_uri");
    Http.send("PUT", url, metadata("again").add("client_id", made.text("client_id")).toString(),
        "Authorization", "Bearer " + made.text("registration_access_token"),
        "Content-Type", "application/json").expect(200);
    known(true, made.text("client_id"));
    server.clock().advance(Duration.ofMinutes(11));
    known(false, made.text("client_id"));
  }

  @Test
  @DisplayName("from many addresses of one IPv6 network is one from one place")
  void oneNetwork() {
    int refused = 0;
    for (int i = 0; i < 201; i++) {
      refused += Http.postForm(server.url("/login/passkey"), Parameters.of("csrf", "x"),
          "X-Forwarded-For", "2001:db8::" + Integer.toHexString(i + 1)).status() == 429 ? 1 : 0;
    }
    assertEquals(1, refused);
  }

  @Test
  @DisplayName("of words in a pushed request is refused")
  void largePushedRequest() {
    OAuthClient client = server.newClient();
    Parameters request = client.attempt().with("state", "x".repeat(20_000)).parameters();
    assertEquals("invalid_request",
        client.post(server.url("/par"), request).expect(400).text("error"));
  }

  @Test
  @DisplayName("is counted, by the name of the limit")
  void counted() {
    for (int i = 0; i < 121; i++) {
      Http.postJson(server.url("/register"), metadata("client " + i));
    }
    String metrics = Http.get(server.url("/metrics")).expect(200).body();
    assertTrue(metrics.contains(
        "gatehouse_limited_total{limit=\"registrations_by_network\"} 1\n"), metrics);
  }
}
