package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.LogLines;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 6750 §5.3, RFC 9700 §4.3: whoever reads the log can do what the user can. */
class LogSecrecyTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Logger OURS = Logger.getLogger("gatehouse");

  private final List<String> secrets = new ArrayList<>();
  private final LogLines log = new LogLines();

  @BeforeEach
  void listenToEverything() {
    OURS.setLevel(Level.ALL);
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private void keptSecret() {
    for (String secret : secrets) {
      assertTrue(secret.length() > 4, "would be found by chance: " + secret);
      log.all().forEach(line -> assertFalse(line.contains(secret), line));
    }
  }

  private OAuthClient register() {
    JsonObject answer = Http.postJson(server.url("/register"), new JsonObject()
        .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI))
        .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token")))
        .expect(201).json();
    secrets.add(answer.getString("client_secret", null));
    secrets.add(answer.getString("registration_access_token", null));
    return OAuthClient.discover(server.mcpUrl()).known(
        answer.getString("client_id", null), answer.getString("client_secret", null));
  }

  @Test
  void nothingThatOpensAnythingIsLoggedOnTheWayToATool() {
    OAuthClient client = register();
    Browser browser = new Browser();
    Attempt attempt = client.attempt();
    Page login = attempt.in(browser);
    secrets.add(login.form().values().get("csrf"));
    secrets.add(login.form().values().get("continue"));
    login.signIn(new Person("alice", "wrong-password"));
    Page consent = attempt.in(browser).signIn(Person.ALICE);
    secrets.addAll(browser.cookies("localhost").values());
    secrets.addAll(List.of("wrong-password", "wonderland", attempt.verifier()));
    String code = consent.allow().response().get("code");
    Tokens tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
    Tokens next = client.refresh(tokens);
    secrets.addAll(List.of(code, tokens.access(), tokens.refresh(), next.access(),
        next.refresh()));
    server.mcp(next).call("get_account").expect(200);
    keptSecret();
    assertTrue(log.all().stream().anyMatch(line -> line.contains("get_account")
        && line.contains("alice") && line.contains(client.clientId())), "no audit line");
  }

  @Test
  void nothingThatOpensAnythingIsLoggedWhenItIsRefused() {
    OAuthClient client = register();
    Attempt attempt = client.attempt();
    Browser browser = new Browser();
    String code = attempt.allowedBy(Person.ALICE, browser).response().get("code");
    Tokens tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
    secrets.addAll(List.of(code, tokens.access(), tokens.refresh(), "invented-secret",
        "invented.token.here"));
    List<Answer> refused = List.of(
        client.exchange(attempt, code),
        client.refresh(tokens.refresh()),
        server.newClient().refresh(tokens.refresh()),
        server.mcp(tokens).listTools(),
        Http.get(server.mcpUrl() + "?access_token=" + tokens.access()),
        server.mcp(tokens).bearing("invented.token.here").listTools(),
        Http.postForm(server.url("/token"), Parameters.of("grant_type", "refresh_token",
            "client_id", client.clientId(), "client_secret", "invented-secret",
            "refresh_token", tokens.refresh())));
    for (Answer answer : refused) {
      assertTrue(answer.status() >= 400, answer.body());
      secrets.forEach(secret -> assertFalse(answer.body().contains(secret), answer.body()));
    }
    keptSecret();
    assertFalse(log.all().isEmpty(), "refusals are logged");
  }

  @Test
  void aRequestCannotForgeALine() {
    Http.get(server.url("/%0aFORGED")).expect(404);
    server.newClient().attempt().with("client_id", "x\nFORGED").in(new Browser());
    Browser browser = new Browser();
    browser.open(server.url("/login")).signIn(new Person("x\nFORGED", "x"));
    McpClient.of("2025-11-25", server.mcpUrl())
        .bearing(server.newClient().connect(Person.ALICE)).call("x\nFORGED").expect(200);
    log.all().forEach(line -> assertFalse(line.contains("\nFORGED"), line));
  }
}
