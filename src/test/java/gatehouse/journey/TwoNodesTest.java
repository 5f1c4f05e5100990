package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.passkey.SoftAuthenticator;
import gatehouse.store.PostgresServer;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Balancer;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.ServerProcess;
import gatehouse.support.Tokens;
import gatehouse.support.WebHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes share a PostgreSQL database and a public URL. A balancer sends every request to the
 * other node than the one before, so whatever one of them hands out, the other has to honour: each
 * page is shown by one and its form answered by the other.
 */
@DisplayName("With two nodes on one database")
class TwoNodesTest {
  private static final int THREADS = 50;

  @TempDir
  static Path folder;

  private static PostgresServer database;
  private static Balancer balancer;
  private static final int[] PORTS = new int[2];
  private static final ServerProcess[] NODES = new ServerProcess[2];
  private static String mcpUrl;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresServer.start();
    Assumptions.assumeTrue(database != null, "no PostgreSQL server is installed");
    balancer = new Balancer();
    mcpUrl = balancer.url() + "/mcp";
    Files.writeString(folder.resolve("config.json"),
        "{\"sign-in\":[\"password\",\"passkey\"],\"second-factor\":\"offered\"}");
    for (int i = 0; i < 2; i++) {
      PORTS[i] = ServerProcess.freePort();
      launch(i);
    }
    for (ServerProcess node : NODES) {
      node.ready();
    }
    balancer.over(PORTS[0], PORTS[1]);
  }

  @AfterAll
  static void stop() throws Exception {
    for (ServerProcess node : NODES) {
      if (node != null) {
        node.close();
      }
    }
    if (balancer != null) {
      balancer.close();
    }
    if (database != null) {
      database.close();
    }
  }

  private static void launch(int node) throws Exception {
    Path driver = Path.of(Class.forName("org.postgresql.Driver").getProtectionDomain()
        .getCodeSource().getLocation().toURI());
    NODES[node] = ServerProcess.launch(folder.resolve("log-" + node), PORTS[node],
        "--public-url", balancer.url(), "--data", database.url(), "--driver", driver.toString(),
        "--config", folder.resolve("config.json").toString(), "--dev-cimd");
  }

  private static OAuthClient newClient() {
    return OAuthClient.discover(mcpUrl).register();
  }

  /** The same address at one node. */
  private static String at(int node, String url) {
    return url.replace(balancer.url(), "http://127.0.0.1:" + PORTS[node]);
  }

  private static boolean accepts(int node, Tokens tokens) {
    return McpClient.with(tokens, at(node, mcpUrl)).listTools().status() == 200;
  }

  private static Answer refreshAt(int node, OAuthClient client, String token) {
    return client.post(at(node, client.endpoint("token")),
        Parameters.of("grant_type", "refresh_token", "refresh_token", token));
  }

  @Test
  @DisplayName("the whole way works with every step at the other node")
  void wholeFlow() {
    for (int i = 0; i < 3; i++) {
      OAuthClient client = newClient();
      Browser browser = new Browser();
      Tokens tokens = client.connect(Person.ALICE, browser);
      assertTrue(McpClient.with(tokens, mcpUrl).call("get_account").structured().toString()
          .contains("alice"));
      Tokens next = client.refresh(tokens);
      assertTrue(accepts(0, next) && accepts(1, next));
      // The session that one node began is one at the other, whichever is asked.
      assertFalse(client.attempt().in(browser).asksToSignIn());
      assertFalse(client.attempt().in(browser).asksToSignIn());
    }
  }

  @Test
  @DisplayName("both publish one and the same key, though they started at once on nothing")
  void oneKey() {
    JsonObject first = Json.parse(Http.get(at(0, balancer.url() + "/jwks")).body()).asObject();
    JsonObject second = Json.parse(Http.get(at(1, balancer.url() + "/jwks")).body()).asObject();
    assertEquals(1, first.get("keys").asArray().size());
    assertEquals(first, second);
  }

  @Test
  @DisplayName("fifty threads on both redeem one code once")
  void codeRace() throws Exception {
    OAuthClient client = newClient();
    Attempt attempt = client.attempt();
    String code = attempt.allowedBy(Person.ALICE, new Browser()).response().get("code");
    List<Answer> answers = race(i -> client.post(at(i % 2, client.endpoint("token")),
        Parameters.of("grant_type", "authorization_code", "code", code,
            "redirect_uri", attempt.get("redirect_uri"), "code_verifier", attempt.verifier())));
    assertEquals(1, answers.stream().filter(answer -> answer.status() == 200).count());
    answers.stream().filter(answer -> answer.status() != 200).forEach(answer ->
        assertEquals("invalid_grant", answer.expect(400).text("error")));
  }

  @Test
  @DisplayName("a refresh that is retried at the other node gets the same answer again")
  void refreshRetried() throws Exception {
    OAuthClient client = newClient();
    Tokens tokens = client.connect(Person.ALICE);
    String first = refreshAt(0, client, tokens.refresh()).expect(200).body();
    assertEquals(first, refreshAt(1, client, tokens.refresh()).expect(200).body());
    String second = new Tokens(Json.parse(first).asObject()).refresh();
    List<Answer> answers = race(i -> refreshAt(i % 2, client, second));
    answers.forEach(answer -> assertEquals(answers.get(0).body(), answer.expect(200).body()));
  }

  @Test
  @DisplayName("a code that is redeemed at one and again at the other ends what was made of it at both")
  void codeReplayed() {
    OAuthClient client = newClient();
    Attempt attempt = client.attempt();
    Page page = attempt.allowedBy(Person.ALICE, new Browser());
    Parameters form = Parameters.of("grant_type", "authorization_code",
        "code", page.response().get("code"), "redirect_uri", attempt.get("redirect_uri"),
        "code_verifier", attempt.verifier());
    Tokens tokens =
        new Tokens(client.post(at(0, client.endpoint("token")), form).expect(200).json());
    assertTrue(accepts(0, tokens) && accepts(1, tokens));
    assertEquals("invalid_grant",
        client.post(at(1, client.endpoint("token")), form).expect(400).text("error"));
    assertFalse(accepts(0, tokens) || accepts(1, tokens));
    assertEquals("invalid_grant", refreshAt(0, client, tokens.refresh()).expect(400).text("error"));
  }

  @Test
  @DisplayName("what is revoked at one is refused by the very next request at the other")
  void revocation() {
    OAuthClient client = newClient();
    Tokens tokens = client.connect(Person.ALICE);
    assertTrue(accepts(0, tokens) && accepts(1, tokens));
    client.post(at(0, client.endpoint("revocation")), Parameters.of("token", tokens.refresh()))
        .expect(200);
    assertFalse(accepts(1, tokens));
    assertEquals("invalid_grant", refreshAt(1, client, tokens.refresh()).expect(400).text("error"));
    Tokens other = client.connect(Person.BOB);
    client.post(at(1, client.endpoint("revocation")), Parameters.of("token", other.access()))
        .expect(200);
    assertFalse(accepts(0, other));
  }

  @Test
  @DisplayName("a passkey made for a challenge of one signs in at the other")
  void passkey() {
    SoftAuthenticator key = SoftAuthenticator.es256().at(balancer.url(), "localhost");
    Browser browser = new Browser();
    browser.open(balancer.url() + "/login").signIn(Person.BOB);
    Page page = browser.open(balancer.url() + "/account/passkeys");
    JsonObject wanted = options(page);
    key.create(wanted.getString("challenge", null)).forEach(page::fill);
    String handle = wanted.get("user").asObject().getString("id", null);
    Parameters form = page.form().values();
    form.set("name", "Phone");
    browser.post(page.form().action(), form);
    key.belongsTo(handle);

    OAuthClient client = newClient();
    Browser other = new Browser();
    Page login = client.attempt().in(other);
    Matcher fields = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\">")
        .matcher(login.answer().body());
    Parameters answer = Parameters.of();
    while (fields.find()) {
      answer.set(fields.group(1), fields.group(2));
    }
    key.get(options(login).getString("challenge", null)).forEach(answer::set);
    Page signedIn = other.post(balancer.url() + "/login/passkey", answer);
    assertTrue(signedIn.asksForConsent(), signedIn.answer().body());
    assertTrue(signedIn.answer().body().contains("bob"));
  }

  private static JsonObject options(Page page) {
    Matcher matcher = Pattern.compile("data-options=\"([^\"]*)\"").matcher(page.answer().body());
    assertTrue(matcher.find(), page.answer().body());
    return Json.parse(matcher.group(1).replace("&quot;", "\"")).asObject();
  }

  @Test
  @DisplayName("a client's document is fetched by one of them for both")
  void clientDocuments() throws Exception {
    try (WebHost host = new WebHost()) {
      String id = host.url("/client.json");
      host.serve("/client.json", 200, new JsonObject().add("client_id", id)
          .add("client_name", "Document").add("token_endpoint_auth_method", "none")
          .add("redirect_uris", new JsonArray().add(OAuthClient.REDIRECT_URI)).toString(),
          "Content-Type", "application/json", "Cache-Control", "max-age=600");
      for (int i = 0; i < 4; i++) {
        OAuthClient client = OAuthClient.discover(mcpUrl).known(id, null);
        assertTrue(client.isAccepted(client.connect(Person.ALICE)));
      }
      assertEquals(1, host.timesAsked("/client.json"));
    }
  }

  @Test
  @DisplayName("a session of an older revision belongs to its node; at the other it has to begin anew")
  void legacySession() {
    Tokens tokens = newClient().connect(Person.ALICE);
    McpClient mcp = McpClient.of("2025-06-18", at(0, mcpUrl)).bearing(tokens);
    mcp.initialize().expect(200);
    mcp.listTools().expect(200);
    JsonObject list = mcp.message("tools/list", new JsonObject());
    Answer elsewhere = Http.postJson(at(1, mcpUrl), list, "Authorization",
        "Bearer " + tokens.access(), "Accept", "application/json, text/event-stream",
        "MCP-Protocol-Version", "2025-06-18", "Mcp-Session-Id", mcp.session());
    // 2025-06-18, "Session Management": 404 is what tells a client to initialize again.
    elsewhere.expect(404);
    McpClient again = McpClient.of("2025-06-18", at(1, mcpUrl)).bearing(tokens);
    again.initialize().expect(200);
    assertNotEquals(mcp.session(), again.session());
    again.listTools().expect(200);
  }

  @Test
  @DisplayName("killing one under load loses nothing, and the other goes on alone")
  void killedNode() throws Exception {
    List<Tokens> acknowledged = new ArrayList<>();
    OAuthClient client = newClient();
    Browser browser = new Browser();
    acknowledged.add(client.connect(Person.ALICE, browser));
    AtomicBoolean enough = new AtomicBoolean();
    Thread load = new Thread(() -> {
      while (!enough.get()) {
        Answer answer = client.refresh(acknowledged.get(acknowledged.size() - 1).refresh());
        if (answer.status() != 502) { // else it was on its way through the node that died
          acknowledged.add(new Tokens(answer.expect(200).json()));
        }
      }
    });
    load.start();
    Thread.sleep(500);
    NODES[1].kill();
    Thread.sleep(500);
    enough.set(true);
    load.join();
    balancer.over(PORTS[0]);
    assertTrue(acknowledged.size() > 2);
    Tokens last = acknowledged.get(acknowledged.size() - 1);
    assertTrue(accepts(0, last));
    Tokens next = client.refresh(last);
    assertTrue(client.isAccepted(next));
    assertFalse(client.attempt().in(browser).asksToSignIn());

    launch(1);
    NODES[1].ready();
    balancer.over(PORTS[0], PORTS[1]);
    assertTrue(accepts(1, client.refresh(next)));
  }

  @Test
  @DisplayName("restarting the database loses nothing, and both find it again by themselves")
  void databaseRestarted() throws Exception {
    OAuthClient client = newClient();
    Browser browser = new Browser();
    Tokens tokens = client.connect(Person.ALICE, browser);
    Tokens revoked = client.connect(Person.BOB);
    client.post(client.endpoint("revocation"), Parameters.of("token", revoked.refresh())).expect(200);
    database.down();
    for (int node = 0; node < 2; node++) {
      Answer without = refreshAt(node, client, tokens.refresh());
      assertEquals(503, without.status(), without.body());
    }
    database.up();
    for (int node = 0; node < 2; node++) {
      assertTrue(accepts(node, tokens));
      assertFalse(accepts(node, revoked));
    }
    tokens = new Tokens(refreshAt(0, client, tokens.refresh()).expect(200).json());
    assertNotNull(refreshAt(1, client, tokens.refresh()).expect(200).text("access_token"));
    assertFalse(client.attempt().in(browser).asksToSignIn());
  }

  private interface Asked {
    Answer by(int thread) throws Exception;
  }

  private static List<Answer> race(Asked asked) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        answers.add(threads.submit(() -> {
          start.await();
          return asked.by(number);
        }));
      }
      start.countDown();
      List<Answer> got = new ArrayList<>();
      for (Future<Answer> answer : answers) {
        got.add(answer.get());
      }
      return got;
    } finally {
      threads.shutdownNow();
    }
  }
}
