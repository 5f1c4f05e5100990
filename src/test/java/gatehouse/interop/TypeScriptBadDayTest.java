package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Request;
import gatehouse.junit.GatehouseExtension;
import gatehouse.junit.Likeness;
import gatehouse.junit.Misfortune;
import gatehouse.junit.RecordedRequest;
import gatehouse.junit.TestGatehouse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every misfortune that {@link Misfortune} and {@link Likeness} have, as the official TypeScript
 * clients see it: that they fail where it is meant, say why, and go on afterwards. 1.x is {@code
 * @modelcontextprotocol/sdk}, 2.x is {@code @modelcontextprotocol/client}.
 */
@DisplayName("The official TypeScript clients on a bad day")
class TypeScriptBadDayTest {
  @RegisterExtension
  final GatehouseExtension extension =
      GatehouseExtension.of(TestGatehouse.builder().approvesEverythingWithoutAsking());

  @Nested
  @DisplayName("at the token endpoint")
  class AtTheTokenEndpoint {
    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("do not notice that the answer to a refresh was lost, when they ask once more")
    void lost_answer(String version, TestGatehouse gatehouse) {
      gatehouse.onRefresh().loseAnswer();
      Run run = new Run(gatehouse, version, "connect", "refresh", "refresh", "list");
      // Both send the user to the browser at once; the refresh token they kept is as good as ever.
      assertEquals("REDIRECT", run.text(1, "result"));
      assertEquals("AUTHORIZED", run.text(2, "result"));
      assertTrue(run.step(2).getBoolean("another", false));
      assertEquals(5, run.step(3).getInt("tools", 0));
      List<RecordedRequest> refreshes = refreshes(gatehouse);
      assertTrue(refreshes.get(0).decision().contains("the answer got lost"));
      assertEquals(refreshes.get(0).parameter("refresh_token"),
          refreshes.get(1).parameter("refresh_token"));
    }

    @ParameterizedTest(name = "{0}.x")
    @CsvSource({"1, TemporarilyUnavailableError", "2, OAuthError"})
    @DisplayName("are told to come back later, and may")
    void too_many(String version, String error, TestGatehouse gatehouse) {
      gatehouse.onRefresh().tooManyRequests(Duration.ofSeconds(7));
      Run run = new Run(gatehouse, version, "connect", "refresh", "refresh");
      assertEquals(error, run.text(1, "failed"));
      assertTrue(run.text(1, "why").contains("Too many requests."));
      assertEquals("AUTHORIZED", run.text(2, "result"));
      RecordedRequest limited = refreshes(gatehouse).get(0);
      assertEquals(429, limited.status());
      assertEquals(List.of("7"), limited.answerHeaders().get("retry-after"));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("take neither half an answer nor one without a token")
    void unusable_answers(String version, TestGatehouse gatehouse) {
      gatehouse.onRefresh().malformJson();
      gatehouse.onRefresh().skip(1).leaveOut("access_token");
      Run run = new Run(gatehouse, version, "connect", "refresh", "refresh", "refresh", "list");
      assertFalse(run.step(1).getBoolean("another", true));
      assertFalse(run.step(2).getBoolean("another", true));
      if (version.equals("2")) {
        assertTrue(run.output().contains("in JSON at position"), run::output);
        assertTrue(run.output().contains("access_token"), run::output);
      }
      assertEquals("AUTHORIZED", run.text(3, "result"));
      assertEquals(5, run.step(4).getInt("tools", 0));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("refresh again when the clock that made their token was slow")
    void clock_skew(String version, TestGatehouse gatehouse) {
      gatehouse.onRefresh().skewClock(Duration.ofHours(-2));
      Run run = new Run(gatehouse, version, "connect", "refresh", "list");
      assertEquals("AUTHORIZED", run.text(1, "result"));
      assertEquals(5, run.step(2).getInt("tools", 0));
      assertTrue(gatehouse.requests().to("/mcp").refused().last().answerHeaders()
          .get("www-authenticate").get(0).contains("has expired"), gatehouse::transcript);
      assertEquals(2, refreshes(gatehouse).size());
    }
  }

  @Nested
  @DisplayName("at the MCP endpoint")
  class AtTheMcpEndpoint {
    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("fail at a limit, an outage, a dropped connection and half an answer, and go on")
    void failures(String version, TestGatehouse gatehouse) {
      List<Consumer<Misfortune>> misfortunes = List.of(
          next -> next.tooManyRequests(Duration.ofSeconds(3)), next -> next.status(503),
          Misfortune::hangUp, Misfortune::malformJson);
      for (int i = 0; i < misfortunes.size(); i++) {
        misfortunes.get(i).accept(gatehouse.on("/mcp").when(TypeScriptBadDayTest::listsTools).skip(i));
      }
      Run run = new Run(gatehouse, version, "connect", "list", "list", "list", "list", "list");
      assertTrue(run.text(1, "why").contains("Too many requests."), run::output);
      assertTrue(run.text(2, "why").contains("temporarily_unavailable"), run::output);
      assertTrue(run.text(3, "why").contains("fetch failed"), run::output);
      assertTrue(run.text(4, "failed").equals("SyntaxError"), run::output);
      assertEquals(5, run.step(5).getInt("tools", 0));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("give up on an answer that is late, and get the next")
    void delay(String version, TestGatehouse gatehouse) {
      gatehouse.on("/mcp").when(TypeScriptBadDayTest::listsTools).delay(Duration.ofHours(1));
      Run run = new Run(gatehouse, version, "connect", "glance", "list");
      assertTrue(run.text(1, "why").contains("timed out"), run::output);
      assertEquals(5, run.step(2).getInt("tools", 0));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("notice nothing of a rotation between two calls")
    void key_rotation(String version, TestGatehouse gatehouse) {
      gatehouse.on("/mcp").when(TypeScriptBadDayTest::listsTools).skip(1).rotateKeys();
      Run run = new Run(gatehouse, version, "connect", "list", "list", "refresh", "list");
      for (int step : new int[] {1, 2, 4}) {
        assertEquals(5, run.step(step).getInt("tools", 0));
      }
      assertTrue(gatehouse.requests().to("/mcp").list().stream()
          .anyMatch(request -> request.decision().contains("keys rotated first")));
      assertEquals(2, gatehouse.server().keys().published().keys().size());
    }
  }

  @Nested
  @DisplayName("with an issuer that is another")
  class WithAnotherIssuer {
    @ParameterizedTest
    @ValueSource(strings = {"/authorize", "/.well-known/oauth-authorization-server"})
    @DisplayName("2.x goes no further")
    void the_new_one_goes_no_further(String where, TestGatehouse gatehouse) {
      gatehouse.on(where).always().wrongIssuer();
      Run run = new Run(gatehouse, "2", "connect");
      assertEquals("IssuerMismatchError", run.text(0, "failed"));
      assertTrue(run.text(0, "why").contains("https://wrong-issuer.example"));
      assertTrue(gatehouse.requests().to("/token").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/authorize", "/.well-known/oauth-authorization-server"})
    @DisplayName("1.x does not look")
    void the_old_one_does_not_look(String where, TestGatehouse gatehouse) {
      gatehouse.on(where).always().wrongIssuer();
      assertEquals("2025-11-25",
          new Run(gatehouse, "1", "connect").text(0, "revision"));
    }
  }

  @Nested
  @DisplayName("before another kind of server")
  class BeforeAnotherKindOfServer {
    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("agree on 2025-06-18 where nothing else is spoken")
    void old_server(String version, TestGatehouse gatehouse) {
      gatehouse.actLike(Likeness.ONLY_2025_06_18);
      Run run = new Run(gatehouse, version, "connect", "list");
      assertEquals("2025-06-18", run.text(0, "revision"));
      assertEquals(5, run.step(1).getInt("tools", 0));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("say that they cannot register where there is no registration")
    void no_registration(String version, TestGatehouse gatehouse) {
      gatehouse.actLike(Likeness.WITHOUT_REGISTRATION);
      Run run = new Run(gatehouse, version, "connect");
      assertTrue(run.text(0, "why").contains("does not support dynamic client registration"));
      assertTrue(gatehouse.requests().to("/register").isEmpty());
    }
  }

  @Nested
  @DisplayName("with a client id metadata document")
  class WithADocument {
    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("need no registration where there is none")
    void no_registration(String version, TestGatehouse gatehouse) {
      gatehouse.actLike(Likeness.WITHOUT_REGISTRATION);
      String id = gatehouse.documents().valid();
      Run run = new Run(gatehouse, version, "document=" + id, "connect", "list");
      assertEquals(id, run.text(0, "client"));
      assertEquals(5, run.step(1).getInt("tools", 0));
      assertEquals(1, gatehouse.documents().fetches(id));
    }

    @ParameterizedTest(name = "{0}.x")
    @ValueSource(strings = {"1", "2"})
    @DisplayName("register where documents are not taken")
    void no_documents(String version, TestGatehouse gatehouse) {
      gatehouse.actLike(Likeness.WITHOUT_CLIENT_DOCUMENTS);
      String id = gatehouse.documents().valid();
      Run run = new Run(gatehouse, version, "document=" + id, "connect", "list");
      assertFalse(run.text(0, "client").startsWith("https:"), run::output);
      assertEquals(5, run.step(1).getInt("tools", 0));
      assertEquals(0, gatehouse.documents().fetches(id));
      assertEquals(1, gatehouse.requests().to("/register").size());
    }
  }

  private static boolean listsTools(Request request) {
    return new String(request.body(), StandardCharsets.UTF_8).contains("\"tools/list\"");
  }

  private static List<RecordedRequest> refreshes(TestGatehouse gatehouse) {
    return gatehouse.requests().to("/token").where(request ->
        "refresh_token".equals(request.parameter("grant_type"))).list();
  }

  /** A run of the client, step by step. */
  private static final class Run {
    private final Script script;
    private final List<JsonObject> steps = new ArrayList<>();

    Run(TestGatehouse gatehouse, String version, String... steps) {
      List<String> arguments = new ArrayList<>(List.of(version, gatehouse.mcpUrl()));
      arguments.addAll(List.of(steps));
      script = Script.run("misfortune.mjs", arguments.toArray(String[]::new));
      this.steps.addAll(script.all());
      assertEquals(Stream.of(steps).filter(step -> !step.startsWith("document=")).toList(),
          this.steps.stream().map(step -> step.getString("step", "")).toList(), this::output);
    }

    JsonObject step(int number) {
      return steps.get(number);
    }

    String text(int number, String name) {
      return step(number).getString(name, "");
    }

    String output() {
      return script.toString();
    }
  }
}
