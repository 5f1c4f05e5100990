package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9207: Authorization Server Issuer Identification")
class Rfc9207Test {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private final OAuthClient client = server.newClient();

  private static void hasIssuer(Parameters response) {
    assertEquals(List.of(server.issuer()), response.all("iss"));
  }

  @Test
  @DisplayName("§2: a response with a code carries iss once")
  void success() {
    Parameters response = client.attempt().allowedBy(Person.ALICE, new Browser()).response();
    assertNotNull(response.get("code"));
    hasIssuer(response);
  }

  @Test
  @DisplayName("§2: a denial carries iss once")
  void denied() {
    Page page = client.attempt().in(new Browser()).signIn(Person.ALICE).deny();
    assertEquals("access_denied", page.response().get("error"));
    hasIssuer(page.response());
  }

  @ParameterizedTest
  @DisplayName("§2: every other error carries iss once")
  @CsvSource({"response_type,token", "code_challenge_method,plain", "resource,https://other/",
    "prompt,none", "prompt,x", "max_age,x", "request,x", "request_uri,https://other/",
    "registration,x", "response_mode,fragment"})
  void errors(String name, String value) {
    Attempt attempt = client.attempt().with(name, value);
    Parameters response = attempt.in(new Browser()).response();
    assertNotNull(response.get("error"));
    assertEquals(attempt.get("state"), response.get("state"));
    hasIssuer(response);
  }

  @Test
  @DisplayName("§2.4: a request cannot choose the iss of its response")
  void chosen() {
    hasIssuer(client.attempt().with("iss", "https://evil.example")
        .allowedBy(Person.ALICE, new Browser()).response());
  }

  @Test
  @DisplayName("OIDC Core §3.1.2.6: what is not supported has a code of its own")
  void unsupported() {
    for (String name : List.of("request", "registration")) {
      Attempt attempt = client.attempt().with(name, "x");
      Refusals.sentBack(name + "_not_supported", attempt, attempt.in(new Browser()));
    }
    Attempt attempt = client.attempt().with("request_uri", "https://client.example/request");
    Refusals.sentBack("request_uri_not_supported", attempt, attempt.in(new Browser()));
  }
}
