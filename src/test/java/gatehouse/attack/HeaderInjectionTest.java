package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A value of the attacker's ends one line of our answer's head and begins another. The JDK's server
 * writes the low byte of each character, so U+010D and U+010A are a line end as well.
 */
class HeaderInjectionTest {
  private static final String PLANTED = "Set-Cookie:planted=1";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static Answer register(String name, String uri) {
    return Http.postJson(server.url("/register"), new JsonObject()
        .add("redirect_uris", new JsonArray().add(
            name.equals("redirect_uris") ? uri : OAuthClient.REDIRECT_URI))
        .add("post_logout_redirect_uris", new JsonArray().add(
            name.equals("redirect_uris") ? "https://client.example/bye" : uri))
        .add("token_endpoint_auth_method", "none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/cb\u010d\u010a" + PLANTED,
    "https://evil.example/cb?\u560d\u560a" + PLANTED, "com.evil.app:/\u010d\u010a" + PLANTED,
    "http://localhost/cb\u010a" + PLANTED, "https://evil.example/\r\n" + PLANTED})
  void noRedirectUriCarriesAHeader(String uri) throws IOException {
    Answer answer = register("redirect_uris", uri);
    if (answer.status() == 201) {
      // Accepted: then let us see what it does to an answer of the authorization endpoint.
      assertFalse(rawError(answer.text("client_id"), uri).contains("\n" + PLANTED),
          "the answer was split");
    }
    assertEquals("invalid_redirect_uri", answer.text("error"));
  }

  @Test
  void noAddressForAfterwardsCarriesAHeader() throws IOException {
    String uri = "https://evil.example/bye\u010d\u010a" + PLANTED;
    String id = register("post_logout_redirect_uris", uri).text("client_id");
    assertFalse(raw("/logout?" + Parameters.of("client_id", id == null ? "none" : id,
        "post_logout_redirect_uri", uri).encoded()).contains("\n" + PLANTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n" + PLANTED, "x\n" + PLANTED, "x\r" + PLANTED,
    "x\u010d\u010a" + PLANTED, "x\u2028" + PLANTED})
  void noStateCarriesAHeader(String state) {
    Page page = server.newClient().attempt().with("state", state)
        .allowedBy(Person.ALICE, new Browser());
    assertEquals(state, page.response().get("state"));
    assertNull(page.answer().headers().firstValue("planted").orElse(null));
    assertTrue(page.answer().headers().allValues("Set-Cookie").stream()
        .noneMatch(cookie -> cookie.contains("planted")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "redirect_uri", "resource", "scope", "prompt", "nonce",
    "response_type"})
  void noOtherParameterDoesEither(String name) throws IOException {
    String query = server.newClient().attempt()
        .with(name, "x\r\n" + PLANTED + "\u010d\u010a" + PLANTED).parameters().encoded();
    assertFalse(raw("/authorize?" + query).contains("\n" + PLANTED));
  }

  /** An error redirect needs no person: response_type is missing. */
  private static String rawError(String clientId, String redirectUri) throws IOException {
    return raw("/authorize?" + Parameters.of("client_id", clientId,
        "redirect_uri", redirectUri).encoded());
  }

  private static String raw(String target) throws IOException {
    try (RawSocket socket = RawSocket.to(server.port())) {
      return socket.sendHead("GET " + target + " HTTP/1.1", "Host: localhost",
          "Connection: close").readAll();
    }
  }
}
