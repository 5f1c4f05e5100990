package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OAuth Client ID Metadata Document: a document is remembered")
class ClientDocumentCachingTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo()
      .documentTrust(DocumentTrust.any().development(true)));

  private final WebHost web = host();
  private final String id = web.url("/client.json");
  private final JsonObject document = new JsonObject()
      .add("client_id", id).add("client_name", "Notes")
      .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI));
  private final OAuthClient client = OAuthClient.discover(server.mcpUrl()).known(id, null);

  private static WebHost host() {
    try {
      return new WebHost();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    web.close();
  }

  private Attempt published() {
    web.serve("/client.json", document.toString());
    return client.attempt("account:read");
  }

  private Page opened() {
    return published().in(new Browser());
  }

  private void serveWith(String cacheControl) {
    web.serve("/client.json", 200, document.toString(),
        "Content-Type", "application/json", "Cache-Control", cacheControl);
  }

  @ParameterizedTest
  @DisplayName("AS-114: as long as its host says, within a minute and a day")
  @CsvSource(delimiter = '|', value = {"max-age=300|300", "public, max-age=7200|7200",
      "no-store|60", "no-cache|60", "max-age=0|60", "max-age=5|60", "max-age=99999999|86400",
      "max-age=x|600", "private|600", "max-age=300, no-store|60"})
  void freshFor(String cacheControl, int seconds) {
    serveWith(cacheControl);
    client.attempt().in(new Browser());
    server.clock().advanceSeconds(seconds - 1);
    client.attempt().in(new Browser());
    assertEquals(1, web.timesAsked("/client.json"));
    server.clock().advanceSeconds(2);
    client.attempt().in(new Browser());
    assertEquals(2, web.timesAsked("/client.json"));
  }

  @Test
  @DisplayName("a day longer if its host fails: at the authorization and right after it")
  void staleIfError() {
    Attempt attempt = published();
    assertTrue(attempt.in(new Browser()).asksToSignIn());
    web.serve("/client.json", 503, "down");
    server.clock().advanceSeconds(601);
    String code = attempt.allowedBy(Person.ALICE, new Browser()).response().get("code");
    assertTrue(client.isAccepted(new Tokens(
        client.exchange(attempt, code).expect(200).json())));
    server.clock().advanceSeconds(86_400);
    keptHere(attempt.in(new Browser()));
  }

  @ParameterizedTest
  @DisplayName("RFC 5861 §4: but not if its host says that it is gone")
  @ValueSource(ints = {404, 410})
  void gone(int status) {
    assertTrue(opened().asksToSignIn());
    web.serve("/client.json", status, "");
    server.clock().advanceSeconds(601);
    keptHere(client.attempt().in(new Browser()));
  }

  @Test
  @DisplayName("nor if it has become unacceptable, now or a moment later")
  void withdrawn() {
    assertTrue(opened().asksToSignIn());
    document.add("client_secret", "oops");
    server.clock().advanceSeconds(601);
    keptHere(opened());
    keptHere(opened());
    web.serve("/client.json", 503, "down");
    server.clock().advanceSeconds(6);
    keptHere(client.attempt().in(new Browser()));
  }
}
