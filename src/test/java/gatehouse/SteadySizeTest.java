package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.store.JournalStore;
import gatehouse.store.Store;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.TestClock;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of traffic within seconds: people who come back, clients that refresh, register, give up,
 * lose answers and try what they should not. When all that is kept for some hours has been kept
 * once, the store stays as large as it is.
 *
 * <p>Lifetimes of weeks are set to hours, or a day would show nothing of them.
 */
@DisplayName("A day of traffic")
class SteadySizeTest {
  private static final int CLIENTS = 4;
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int STEPS = (int) (Duration.ofHours(12).toMinutes() / STEP.toMinutes());

  private final TestClock clock = new TestClock();
  private final List<OAuthClient> clients = new ArrayList<>();
  private final List<Tokens> tokens = new ArrayList<>();
  private final List<Browser> browsers = new ArrayList<>();
  private int port;
  private int step;

  @TempDir
  Path folder;

  private Running start(String data) {
    Gatehouse.Builder builder = Gatehouse.builder().port(port).clock(clock).demo()
        .policy(policy -> policy.lifetime("grant", Duration.ofHours(4))
            .lifetime("refresh-token", Duration.ofHours(2))
            .lifetime("session", Duration.ofHours(3)));
    Running running = Running.start(data == null ? builder : builder.data(data));
    port = running.server.port();
    return running;
  }

  @Test
  @DisplayName("leaves as many rows in memory after 24 hours as after 12")
  void memory() throws IOException {
    try (Running running = start(null)) {
      halfADay();
      Map<String, Integer> noon = rows(running.wiring.store);
      halfADay();
      assertAlike(noon, rows(running.wiring.store));
    }
  }

  @Test
  @DisplayName("leaves as much on disk after 24 hours as after 12")
  void journal() throws IOException {
    Path data = folder.resolve("data");
    halfADayWith(data);
    Map<String, Integer> noon;
    try (JournalStore store = JournalStore.open(data, clock)) {
      noon = rows(store);
      store.compact();
    }
    long bytes = bytes(data);
    halfADayWith(data);
    try (JournalStore store = JournalStore.open(data, clock)) {
      assertAlike(noon, rows(store));
      store.compact();
    }
    assertTrue(bytes(data) < bytes * 1.1, bytes + " bytes became " + bytes(data));
  }

  private void halfADayWith(Path data) {
    Running running = start(data.toString());
    try {
      halfADay();
    } finally {
      running.close();
    }
  }

  /** Every ten minutes: each client, and all kinds of visitors once. */
  private void halfADay() {
    String url = "http://localhost:" + port;
    for (int i = 0; i < STEPS; i++, step++) {
      clock.advance(STEP);
      for (int c = 0; c < CLIENTS; c++) {
        if (step == 0) {
          clients.add(OAuthClient.discover(url + "/mcp").register());
          browsers.add(new Browser());
          tokens.add(null);
        }
        Person person = c % 2 == 0 ? Person.ALICE : Person.BOB;
        boolean begins = (step + 3 * c) % 18 == 0 || tokens.get(c) == null;
        tokens.set(c, begins ? clients.get(c).connect(person, browsers.get(c))
            : clients.get(c).refresh(tokens.get(c)));
        McpClient.with(tokens.get(c), url + "/mcp").call("get_account").structured();
      }
      visitors(url);
    }
  }

  private void visitors(String url) {
    // One registers and never comes back; one pushes a request that is never opened.
    OAuthClient stranger = OAuthClient.discover(url + "/mcp").register();
    stranger.post(url + "/par", stranger.attempt().parameters()).expect(201);
    // One mistypes the password, one says no, one uses a code twice, one revokes.
    Page page = stranger.attempt().in(new Browser());
    page.signIn(new Person("nobody " + step, "wrong"));
    OAuthClient client = clients.get(step % CLIENTS);
    Browser browser = browsers.get(step % CLIENTS);
    Page consent = client.attempt().in(browser);
    if (consent.asksForConsent()) {
      consent.deny();
    }
    Attempt attempt = client.attempt();
    Page allowed = attempt.allowedBy(Person.ALICE, browser);
    Tokens fresh = client.redeem(attempt, allowed);
    if (step % 2 == 0) {
      client.exchange(attempt, allowed.response().get("code")).expect(400);
    } else {
      client.post(client.endpoint("revocation"), Parameters.of("token", fresh.refresh()));
    }
    assertEquals(401, Http.get(url + "/userinfo", "Authorization",
        "Bearer " + fresh.access()).status());
  }

  private static void assertAlike(Map<String, Integer> noon, Map<String, Integer> midnight) {
    assertFalse(noon.isEmpty());
    assertEquals(noon.keySet(), midnight.keySet());
    System.out.println("rows after 12 hours " + noon + ", after 24 " + midnight);
    midnight.forEach((table, rows) -> assertTrue(rows <= noon.get(table) * 1.1 + 3,
        () -> table + " grew from " + noon.get(table) + " to " + rows + " rows"));
  }

  /** How many there are of each kind that the store's page knows. */
  private static Map<String, Integer> rows(Store store) throws IOException {
    Map<String, Integer> rows = new TreeMap<>();
    Matcher table = Pattern.compile("<b>([a-z_]+)</b>").matcher(
        Files.readString(Path.of("src/main/java/gatehouse/store/package-info.java")));
    while (table.find()) {
      int[] count = new int[1];
      store.scan(table.group(1), (key, row) -> count[0]++);
      if (count[0] > 0) {
        rows.put(table.group(1), count[0]);
      }
    }
    return rows;
  }

  private static long bytes(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
