package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.Answer;
import gatehouse.support.AuditTrail;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.LogCapture;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file changes while the server runs. */
class ReloadTest {
  private static final Person CAROL = new Person("carol", "tea-at-five");
  private static final Person DAVE = new Person("dave", "coffee-at-six");
  private static final String USERS = """
      {"users": [{"name": "carol", "password": "tea-at-five"},
                 {"name": "dave", "password": "coffee-at-six"}]}""";

  @TempDir
  Path folder;
  private Path file;
  private Running running;
  private Reload reload;
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");

  private void write(String json) throws IOException {
    Files.writeString(file, json);
    time = time.plusSeconds(1);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("gatehouse.json");
    write(USERS);
    Settings settings = Options.parse(
        new String[] {"--port=0", "--config", file.toString()}, Map.of());
    running = Running.start(settings);
    reload = new Reload(settings, running.wiring);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private OAuthClient client() {
    return OAuthClient.discover(running.wiring.issuer + "/mcp").register();
  }

  private boolean canSignIn(Person person) {
    return !client().attempt().in(new Browser()).signIn(person).asksToSignIn();
  }

  @Test
  void somebodyWhoIsRemovedLosesSessionAndTokensForGood() throws IOException {
    OAuthClient client = client();
    Browser browser = new Browser();
    Tokens tokens = client.connect(DAVE, browser);
    Tokens carols = client.connect(CAROL);
    write("{\"users\": [{\"name\": \"carol\", \"password\": \"tea-at-five\"}]}");
    try (AuditTrail trail = AuditTrail.open()) {
      reload.run();
      assertEquals("dave", trail.only("user").getString("user", null));
      assertEquals("1", trail.only("configuration").getString("users", null));
    }
    assertFalse(client.isAccepted(tokens));
    assertEquals(400, client.refresh(tokens.refresh()).status());
    assertTrue(client.attempt().in(browser).asksToSignIn());
    assertFalse(canSignIn(DAVE));
    assertTrue(client.isAccepted(carols));
    // Whoever gets the name next begins with nothing, and has agreed to nothing.
    List<String> consents = new ArrayList<>();
    running.wiring.store.scan("consents", (key, row) ->
        consents.add(row.getString("user", null)));
    assertEquals(List.of("carol"), consents);
    write(USERS);
    reload.run();
    assertTrue(canSignIn(DAVE));
    assertFalse(client.isAccepted(tokens));
    assertTrue(client.attempt().in(browser).asksToSignIn());
  }

  @Test
  void usersAreAddedAndGetAnotherPassword() throws IOException {
    OAuthClient client = client();
    Browser carols = new Browser();
    Tokens before = client.connect(CAROL, carols);
    Tokens daves = client.connect(DAVE);
    write("""
        {"users": [{"name": "carol", "password": "another-one"},
                   {"name": "dave", "password": "coffee-at-six"},
                   {"name": "erin", "password": "water-at-seven"}]}""");
    reload.run();
    assertTrue(canSignIn(new Person("erin", "water-at-seven")));
    assertFalse(canSignIn(CAROL));
    assertTrue(canSignIn(new Person("carol", "another-one")));
    // Whoever knew the old one is out; nobody else is.
    assertTrue(client.attempt().in(carols).asksToSignIn());
    assertFalse(client.isAccepted(before));
    assertTrue(client.isAccepted(daves));
  }

  @Test
  void clientsComeAndGo() throws IOException {
    write(USERS.replaceFirst("\\{", "{\"clients\": [{\"client_id\": \"job\", \"client_secret\": "
        + "\"a-long-random-text\", \"grant_types\": [\"client_credentials\"]}],"));
    Parameters form = Parameters.of("grant_type", "client_credentials",
        "client_id", "job", "client_secret", "a-long-random-text");
    String url = running.wiring.issuer + "/token";
    Http.postForm(url, form).expect(401);
    reload.run();
    Http.postForm(url, form).expect(200);
    write(USERS);
    reload.run();
    Http.postForm(url, form).expect(401);
  }

  @Test
  void scopesAndLifetimesAreThoseOfTheFile() throws IOException {
    write(USERS.replaceFirst("\\{", "{\"lifetimes\": {\"access-token\": 77}, \"scopes\": ["
        + "{\"name\": \"reports\", \"base\": true}],"));
    reload.run();
    Answer refused = McpClient.of(McpClient.NEWEST, running.wiring.issuer + "/mcp").listTools();
    assertTrue(refused.challenge().get("scope").contains("reports"));
    assertEquals(77, client().connect(CAROL).json().getInt("expires_in", 0));
  }

  @Test
  void aMistakeChangesNothingAndIsLoggedWithItsPlace() throws IOException {
    Tokens tokens = client().connect(DAVE);
    String[] broken = {"{\n\"users\": [\n}", "{\"users\": []}\n!", "{\"usres\": []}",
        "{\"users\": [{\"name\": \"carol\"}], \"clients\": [{\"client_id\": \"x\"}]}",
        "{\"users\": [], \"scopes\": [{\"name\": \"a\", \"implies\": [\"no-such\"]}]}",
        "{\"users\": [{\"name\": \"erin\", \"password-hash\": \"plain-by-mistake\"}]}",
        "{\"users\": [{\"name\": \"erin\", \"password-hash\": \"$argon2id$v=19$m=8,t=1$a$b\"}]}"};
    String[] said = {"line 3", "line 2", "usres", "redirect_uris", "no-such", "'erin'", "'erin'"};
    for (int i = 0; i < broken.length; i++) {
      try (LogCapture log = LogCapture.of("gatehouse.config")) {
        write(broken[i]);
        reload.run();
        assertEquals(1, log.lines().size(), broken[i]);
        String line = log.lines().get(0);
        assertTrue(line.contains(said[i]) && line.contains(file.toString())
            && line.contains("stays.") && !line.contains("mistake"), line);
      }
      assertTrue(client().isAccepted(tokens), broken[i]);
    }
    Files.delete(file);
    reload.run();
    assertTrue(client().isAccepted(tokens));
  }
}
