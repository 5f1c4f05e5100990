package gatehouse.spec;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import gatehouse.Main;
import gatehouse.junit.TestGatehouse;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator writes into the {@code --config} file is what clients and users meet. */
@DisplayName("The configuration file")
class ConfigurationTest {
  private static final int SECONDS = 60;
  private static final String NOTES = """
      {"client_id": "notes", "client_name": "Notes", "client_secret": "of notes",
       "redirect_uris": ["https://notes.example/cb"]}""";

  @TempDir
  Path folder;

  private Process process;

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
    }
  }

  /** Starts a server with this file, on a free port, and gives the MCP URL. */
  private String started(String json, String... more) throws Exception {
    process = command(Files.writeString(folder.resolve("config.json"), json), more)
        .redirectError(folder.resolve("err").toFile()).start();
    CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("MCP URL")) {
        return line.substring(line.indexOf("http"));
      }
    }
    throw new AssertionError(Files.readString(folder.resolve("err")));
  }

  private static ProcessBuilder command(Path file, String... more) throws Exception {
    List<String> classPath = new ArrayList<>();
    for (Class<?> part : List.of(Main.class, Json.class, Argon2BytesGenerator.class)) {
      classPath.add(Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString());
    }
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp",
        String.join(System.getProperty("path.separator"), classPath), Main.class.getName(),
        "--port", "0", "--config", file.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name ->
        name.startsWith("GATEHOUSE_") || name.equals("JAVA_TOOL_OPTIONS"));
    return builder;
  }

  private static Attempt notes(String mcpUrl, String... scopes) {
    return OAuthClient.discover(mcpUrl).known("notes", "of notes").attempt(scopes)
        .with("redirect_uri", "https://notes.example/cb");
  }

  @Test
  @DisplayName("RFC 9728 §2: names the authorization servers, and their tokens are accepted")
  void otherAuthorizationServers() throws Exception {
    try (TestGatehouse issuer = TestGatehouse.start()) {
      String url = started("{\"authorization-servers\": [{\"issuer\": \"" + issuer.issuer()
          + "\", \"audience\": \"api://accounts\"}]}");
      assertEquals(issuer.issuer(), OAuthClient.discover(url).issuer());
      McpClient client = McpClient.of(McpClient.NEWEST, url);
      client.bearing(issuer.tokenFor("alice").audience("api://accounts").issue())
          .call("get_account").expect(200);
      client.bearing(issuer.token("alice")).call("get_account").expect(401);
    }
  }

  @Test
  @DisplayName("AS-92: names users, clients and scopes, and they are there")
  void people() throws Exception {
    String url = started("{\"clients\": [" + NOTES + "], \"users\": [{\"name\": \"carol\", "
        + "\"password\": \"teacup\", \"display-name\": \"Carol D.\", \"email\": \"c@d.example\"}],"
        + "\"scopes\": [{\"name\": \"notes:read\", \"title\": \"Read notes\", \"base\": true},"
        + "{\"name\": \"notes:write\", \"title\": \"Write notes\","
        + "\"implies\": [\"notes:read\"]}], \"name\": \"Notes server\"}");
    OAuthClient client = OAuthClient.discover(url).known("notes", "of notes");
    assertTrue(client.resourceMetadata().toString().contains("Notes server"));
    assertTrue(client.metadata().get("scopes_supported").toString().contains("notes:write"));
    Attempt attempt = notes(url, "openid", "profile", "email", "notes:read", "notes:write");
    Page consent = attempt.in(new Browser()).signIn(new Person("carol", "teacup"));
    for (String shown : new String[] {"Notes", "Carol D.", "Read notes", "Write notes"}) {
      assertTrue(consent.answer().body().contains(shown), shown);
    }
    Tokens tokens = client.redeem(attempt, consent.allow());
    assertTrue(tokens.scopes().containsAll(Set.of("notes:read", "notes:write")));
    String userinfo = Http.get(client.endpoint("userinfo"),
        "Authorization", "Bearer " + tokens.access()).expect(200).body();
    assertTrue(userinfo.contains("Carol D.") && userinfo.contains("c@d.example"), userinfo);
    assertTrue(OAuthClient.discover(url).register().attempt().in(new Browser())
        .signIn(Person.ALICE).asksToSignIn(), "the demo users are not there as well");
  }

  @Test
  @DisplayName("sets lifetimes and the type of access tokens")
  void lifetimes() throws Exception {
    String url = started("""
        {"lifetimes": {"access-token": 120}, "access-token-type": "JWT"}""");
    OAuthClient client = OAuthClient.discover(url).register();
    Tokens tokens = client.connect(Person.ALICE, "account:read", "openid");
    assertEquals(120, tokens.json().getInt("expires_in", 0));
    assertEquals("JWT", Tokens.part(tokens.access(), 0).getString("typ", null));
    assertTrue(client.isAccepted(tokens));
    Http.postJson(url, Json.object(), "Authorization", "Bearer " + tokens.id()).expect(401);
  }

  @Test
  @DisplayName("switches registration off, and lets consent be remembered for every client")
  void policies() throws Exception {
    String url = started("{\"registration\": \"off\", \"silent-consent\": true, \"clients\": [{"
        + "\"client_id\": \"cli\", \"redirect_uris\": [\"" + OAuthClient.REDIRECT_URI + "\"]}]}");
    OAuthClient client = OAuthClient.discover(url).known("cli", null);
    assertNull(client.endpoint("registration"));
    Browser browser = new Browser();
    client.connect(Person.ALICE, browser);
    assertNotNull(client.attempt().in(browser).response().get("code"));
  }

  @Test
  @DisplayName("lists initial access tokens")
  void registrationTokens() throws Exception {
    String url = started("{\"registration-tokens\": [\"let me in\"]}");
    String endpoint = OAuthClient.discover(url).endpoint("registration");
    String client = "{\"redirect_uris\": [\"" + OAuthClient.REDIRECT_URI + "\"]}";
    refused(401, "invalid_token", Http.postJson(endpoint, Json.parse(client)));
    Http.postJson(endpoint, Json.parse(client), "Authorization", "Bearer let me in").expect(201);
  }

  @Test
  @DisplayName("AS-117: says whose documents are trusted, which --dev-cimd does not undo")
  void documents() throws Exception {
    String url = started("""
        {"client-documents": {"trust": "listed", "hosts": ["notes.example"]}}""", "--dev-cimd");
    try (WebHost web = new WebHost()) {
      OAuthClient client = OAuthClient.discover(url).known(web.url("/client.json"), null);
      keptHere(client.attempt().in(new Browser()));
      assertEquals(0, web.asked().size());
    }
  }

  @Test
  @DisplayName("--dev-cimd lets a document on loopback in")
  void development() throws Exception {
    String url = started("{\"dev-cimd\": true}");
    try (WebHost web = new WebHost()) {
      String id = web.url("/client.json");
      web.serve("/client.json", "{\"client_id\": \"" + id + "\", \"client_name\": \"Dev\","
          + "\"redirect_uris\": [\"" + OAuthClient.REDIRECT_URI + "\"]}");
      OAuthClient client = OAuthClient.discover(url).known(id, null);
      assertTrue(client.isAccepted(client.connect(Person.ALICE)));
    }
  }

  @Test
  @DisplayName("lets no secret of it appear in what is printed or served")
  void secrets() throws Exception {
    String url = started("{\"clients\": [" + NOTES + "], \"users\": [{\"name\": \"carol\", "
        + "\"password\": \"teacup\"}]}");
    refused(401, "invalid_client", Http.postForm(OAuthClient.discover(url).endpoint("token"),
        Parameters.of("grant_type", "authorization_code", "client_id", "notes",
            "client_secret", "teacup")));
    String printed = Files.readString(folder.resolve("err"));
    assertFalse(printed.contains("of notes") || printed.contains("teacup"), printed);
  }
}
