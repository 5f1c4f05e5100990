package gatehouse.attack;

import static gatehouse.spec.Refusals.keptHere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9700 §4.1: a redirect URI that almost matches sends the code to somebody else. */
class RedirectUriManipulationTest {
  private static final String CALLBACK = "https://client.example/cb";

  /** A client whose consent is remembered: with it a manipulated link would need no click. */
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo().client(new JsonObject()
      .add("client_id", "trusted").add("client_secret", "s3cret")
      .add("redirect_uris", new JsonArray().add(CALLBACK).add("http://localhost:3000/cb"))));

  private static final Browser ALICE = new Browser();

  private final OAuthClient client =
      OAuthClient.discover(server.mcpUrl()).known("trusted", "s3cret");

  @ParameterizedTest
  @ValueSource(strings = {
    "https://client.example/cb/../../evil", "https://client.example/cb/..%2fevil",
    "https://client.example/cb%00", "https://client.example/cb;evil", "https://client.example/cb?",
    "https://client.example/cb#", "https://client.example/cb#@evil.example",
    "https://client.example@evil.example/cb", "https://client.example.evil.example/cb",
    "https://evil.example/https://client.example/cb", "https://client.example:443/cb",
    "https://client.example%2eevil.example/cb", "https://client.example\\@evil.example/cb",
    "https://client.example\t/cb", " https://client.example/cb", "https://client.example/cb ",
    "//client.example/cb", "https:/client.example/cb", "https:client.example/cb",
    "https://cl\u0456ent.example/cb", "javascript://client.example/cb",
    "http://localhost:3000@evil.example/cb", "http://localhost:3000/cb/../x",
    "http://localhost.evil.example:3000/cb", "http://localhost:3000/cb#x",
    "http://127.0.0.1.evil.example:3000/cb", "http://2130706433:3000/cb", "http://0/cb"})
  void noLookalikeIsAnswered(String manipulated) {
    client.attempt().with("redirect_uri", CALLBACK).allowedBy(Person.ALICE, ALICE).response();
    Page page = keptHere(client.attempt().with("redirect_uri", manipulated).in(ALICE));
    assertFalse(page.answer().body().contains("evil.example"), "not even shown as a link");
  }

  @Test
  void anErrorIsNotSentToALookalikeEither() {
    keptHere(client.attempt().with("redirect_uri", "https://evil.example/cb")
        .with("response_type", "token").in(ALICE));
    keptHere(client.attempt().with("redirect_uri", "https://evil.example/cb")
        .with("prompt", "none").in(new Browser()));
  }

  @Test
  void consentForOneHostIsNoConsentForAnother() {
    client.attempt().with("redirect_uri", CALLBACK).allowedBy(Person.ALICE, ALICE).response();
    Page page = client.attempt().with("redirect_uri", "http://localhost:3000/cb").in(ALICE);
    assertEquals(true, page.asksForConsent());
  }
}
