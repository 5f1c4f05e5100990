package gatehouse.attack;

import static gatehouse.spec.Refusals.keptHere;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands at a client's address need not be a document (AS-106, AS-107). */
@DisplayName("A hostile host of client documents answers")
class HostileDocumentTest {
  private static final String CALLBACK = "https://app.example/cb";

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(b -> b.demo().fetch(internet().door()));

  private FakeInternet internet;

  private FakeInternet internet() {
    try {
      internet = new FakeInternet();
      return internet;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    internet.close();
  }

  private static JsonObject document(String path) {
    return new JsonObject().add("client_id", "https://good.example" + path)
        .add("client_name", "Good").add("redirect_uris", new JsonArray().add(CALLBACK));
  }

  private Page authorize(String clientId) {
    return OAuthClient.discover(server.mcpUrl()).known(clientId, null)
        .attempt("account:read").with("redirect_uri", CALLBACK).in(new Browser());
  }

  private void refusedSafely() {
    keptHere(authorize("https://good.example/c"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"201|application/json", "204|application/json",
      "206|application/json", "304|application/json", "401|application/json",
      "404|application/json", "500|application/json", "200|text/html", "200|text/plain",
      "200|application/jsonx", "200|text/json", "200|application/json+x"})
  void with_another_status_or_type(int status, String type) {
    boolean empty = status == 204 || status == 304;
    internet.serve("/c", status, empty ? "" : document("/c").toString(), "Content-Type", type);
    refusedSafely();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON",
    "application/vnd.client+json"})
  void with_json_by_any_of_its_names(String type) {
    internet.serve("/c", 200, document("/c").toString(), "Content-Type", type);
    assertTrue(authorize("https://good.example/c").asksToSignIn());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "\"x\"", "<html>", "{}", "{}{}", "\u00ff\u00fe",
    "{\"client_id\":\"https://good.example/c\",\"client_id\":\"https://good.example/c\"}"})
  void with_what_is_no_json_object(String body) {
    internet.serve("/c", body);
    refusedSafely();
  }

  @Test
  void with_a_document_that_is_too_long_whether_or_not_it_says_so() {
    String large = document("/c").add("x", "x".repeat(5_120)).toString();
    internet.serve("/c", large);
    refusedSafely();
    server.clock().advanceSeconds(6);
    internet.serve("/c", exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0); // in chunks
      exchange.getResponseBody().write(large.getBytes(StandardCharsets.UTF_8));
    });
    refusedSafely();
  }

  @Test
  void with_headers_that_do_not_end() {
    internet.serve("/c", exchange -> {
      for (int i = 0; i < 200; i++) {
        exchange.getResponseHeaders().add("X-" + i, "x".repeat(100));
      }
      exchange.sendResponseHeaders(200, -1);
    });
    refusedSafely();
  }
}
