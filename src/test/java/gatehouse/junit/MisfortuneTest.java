package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import gatehouse.support.Answer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each misfortune, as the OAuth client of Nimbus sees it. */
@GatehouseTest
@DisplayName("Misfortune at the authorization server")
class MisfortuneTest {
  @Test
  void happens_once_where_nothing_else_is_said(TestGatehouse gatehouse) {
    gatehouse.on("/jwks").status(503);
    assertEquals("temporarily_unavailable",
        Http.get(gatehouse.url("/jwks")).expect(503).text("error"));
    Http.get(gatehouse.url("/jwks")).expect(200);
    assertEquals("misfortune: status 503; temporarily_unavailable: The test wants it so.",
        gatehouse.requests().to("/jwks").first().decision());
  }

  @Test
  void happens_at_the_occurrences_that_are_named(TestGatehouse gatehouse) {
    gatehouse.on("/jwks").skip(1).times(2).status(500);
    int[] statuses = new int[5];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = Http.get(gatehouse.url("/jwks")).status();
    }
    assertEquals("200 500 500 200 200", String.join(" ",
        Arrays.stream(statuses).mapToObj(String::valueOf).toList()));
    gatehouse.on("/jwks").always().status(404);
    Http.get(gatehouse.url("/jwks")).expect(404);
    Http.get(gatehouse.url("/jwks")).expect(404);
    gatehouse.forget();
    Http.get(gatehouse.url("/jwks")).expect(200);
  }

  @Test
  void loses_the_answer_to_a_refresh_that_has_been_done(TestGatehouse gatehouse) throws Exception {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    // Twice, because HttpURLConnection repeats a request by itself when its connection is dropped.
    gatehouse.onRefresh().times(2).loseAnswer();
    assertThrows(IOException.class, () -> refresh(gatehouse, client, tokens));
    assertTrue(gatehouse.requests().to("/token").last().decision()
        .contains("the answer got lost"), gatehouse::transcript);
    // The rotation has been done; its answer is had by asking the same again.
    TokenResponse repaired = refresh(gatehouse, client, tokens);
    assertTrue(repaired.indicatesSuccess(), gatehouse::transcript);
    String next = repaired.toSuccessResponse().getTokens().getRefreshToken().getValue();
    client.refresh(next).expect(200);
    gatehouse.clock().advance(Duration.ofMinutes(2));
    assertFalse(refresh(gatehouse, client, tokens).indicatesSuccess());
  }

  @Test
  void drops_the_connection(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    gatehouse.onRefresh().hangUp();
    assertThrows(UncheckedIOException.class, () -> client.refresh(tokens.refresh()));
    assertEquals(0, gatehouse.requests().to("/token").last().status());
    client.refresh(tokens);
  }

  @Test
  void breaks_json_off(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    gatehouse.onRefresh().malformJson();
    ParseException failed = assertThrows(ParseException.class,
        () -> refresh(gatehouse, client, tokens));
    assertTrue(failed.getMessage().contains("JSON"), failed::getMessage);
  }

  @Test
  void leaves_members_out(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    gatehouse.onRefresh().leaveOut("token_type");
    ParseException failed = assertThrows(ParseException.class,
        () -> refresh(gatehouse, client, tokens));
    assertTrue(failed.getMessage().contains("token_type"), failed::getMessage);
  }

  @Test
  void names_another_issuer_in_the_metadata(TestGatehouse gatehouse) {
    gatehouse.on("/.well-known/oauth-authorization-server").wrongIssuer();
    GeneralException failed = assertThrows(GeneralException.class,
        () -> AuthorizationServerMetadata.resolve(new Issuer(gatehouse.issuer())));
    assertTrue(failed.getMessage().contains("issuer"), failed::getMessage);
  }

  @Test
  void names_another_issuer_in_the_authorization_response(TestGatehouse gatehouse)
      throws Exception {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    gatehouse.on("/authorize").wrongIssuer();
    gatehouse.on("/authorize").skip(1).leaveOut("state");
    URI first = gatehouse.approve(client.attempt().url()).grantingEverything();
    URI second = gatehouse.approve(client.attempt().url()).grantingEverything();
    AuthorizationResponse mixedUp = AuthorizationResponse.parse(first);
    assertNotEquals(new Issuer(gatehouse.issuer()), mixedUp.getIssuer());
    assertEquals(new Issuer(gatehouse.issuer()), AuthorizationResponse.parse(second).getIssuer());
    assertNull(AuthorizationResponse.parse(second).getState());
    assertThrows(IllegalStateException.class, () -> gatehouse.on("/token").wrongIssuer());
  }

  @Test
  void asks_to_come_back_later(TestGatehouse gatehouse) throws Exception {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    gatehouse.onRefresh().tooManyRequests(Duration.ofSeconds(7));
    HTTPResponse response = request(gatehouse, client, tokens).toHTTPRequest().send();
    assertEquals(429, response.getStatusCode());
    assertEquals("7", response.getHeaderValue("Retry-After"));
    assertEquals("temporarily_unavailable",
        TokenResponse.parse(response).toErrorResponse().getErrorObject().getCode());
  }

  @Test
  void is_late_and_may_be_something_else_as_well(TestGatehouse gatehouse) {
    gatehouse.on("/jwks").delay(Duration.ofMillis(150));
    gatehouse.on("/jwks").status(502);
    long begun = System.nanoTime();
    Http.get(gatehouse.url("/jwks")).expect(502);
    assertTrue(System.nanoTime() - begun >= 150_000_000);
  }

  @Test
  void does_not_keep_a_server_from_closing(TestGatehouse gatehouse) throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    gatehouse.on("/jwks").around((request, next) -> {
      arrived.countDown();
      return next.handle(request);
    });
    gatehouse.on("/jwks").delay(Duration.ofHours(1));
    Thread client = new Thread(() -> Http.get(gatehouse.url("/jwks")));
    client.start();
    arrived.await();
    long begun = System.nanoTime();
    gatehouse.close();
    assertTrue(System.nanoTime() - begun < 5_000_000_000L);
    client.join();
  }

  @Test
  void rotates_keys_between_two_calls(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens old = client.connect(Person.ALICE);
    gatehouse.on("/mcp").rotateKeys();
    McpClient mcp = McpClient.with(old, gatehouse.mcpUrl());
    mcp.listTools().expect(200);
    Tokens fresh = client.refresh(old);
    assertNotEquals(Tokens.part(old.access(), 0).getString("kid", ""),
        Tokens.part(fresh.access(), 0).getString("kid", ""));
    assertEquals(2, client.keys().get("keys").asArray().size());
  }

  @Test
  void skews_the_clock_for_one_request(TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    Tokens tokens = client.connect(Person.ALICE);
    gatehouse.onRefresh().skewClock(Duration.ofMinutes(5));
    Tokens early = client.refresh(tokens);
    long ahead = early.claims().getLong("iat", 0) - Instant.now().getEpochSecond();
    assertTrue(ahead > 280 && ahead <= 300, "" + ahead);
    Answer refused = McpClient.with(early, gatehouse.mcpUrl()).listTools().expect(401);
    assertTrue(refused.challenge().get("error_description").contains("issued in the future"));
  }

  private static TokenRequest request(
      TestGatehouse gatehouse, OAuthClient client, Tokens tokens) {
    return new TokenRequest.Builder(URI.create(gatehouse.url("/token")),
        new ClientID(client.clientId()),
        new RefreshTokenGrant(new RefreshToken(tokens.refresh()))).build();
  }

  private static TokenResponse refresh(TestGatehouse gatehouse, OAuthClient client, Tokens tokens)
      throws IOException, ParseException {
    return TokenResponse.parse(request(gatehouse, client, tokens).toHTTPRequest().send());
  }
}
