package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Answer;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.ServerProcess;
import gatehouse.support.Tokens;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server is killed at some moment under load, and started again: every answer that had
 * left it still holds. A request whose answer never came may have been done or not; a refresh can
 * simply be tried again.
 *
 * <p>{@code ./build.sh crash 200} kills more often than the few times of a normal run.
 */
@DisplayName("Whoever was told something before a crash")
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("gatehouse.crash.rounds", 3);
  private static final int WORKERS = 4;

  /** Of one worker between two kills: all of them together stay below what the server allows. */
  private static final int REGISTRATIONS = 25;

  /** Load before the kill, in milliseconds: from the first request to some hundred of them. */
  private static final int LONGEST_LOAD = 2_000;

  /** What is known of earlier rounds is asked again, this many each time. */
  private static final int SAMPLE = 12;

  /** Clients with an address of their own: only their consents are remembered. */
  private static final int SITES = 4_000;
  private static final String SITE_SECRET = "a secret of one of the sites";

  private final Random random = new Random();
  private final Map<String, Integer> held = new TreeMap<>();
  private final List<Chain> known = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();

  @TempDir
  Path folder;

  @Test
  @DisplayName("finds it true after the restart")
  void everyAnswerHolds() throws Exception {
    int port = ServerProcess.freePort();
    Path log = folder.resolve("log");
    String[] arguments = {"--data", folder.resolve("data").toString(),
        "--config", sites().toString()};
    String mcpUrl = "http://localhost:" + port + "/mcp";
    for (int i = 0; i < WORKERS; i++) {
      workers.add(new Worker(mcpUrl, i));
    }
    for (int round = 0; round < ROUNDS; round++) {
      ServerProcess server = ServerProcess.launch(log, port, arguments).ready();
      try {
        check();
        List<Thread> threads = workers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        Thread.sleep(random.nextInt(LONGEST_LOAD));
        server.kill();
        for (Thread thread : threads) {
          thread.join();
        }
        for (Worker worker : workers) {
          if (worker.failure != null) {
            throw worker.failure;
          }
        }
        if (round % 20 == 19) {
          System.out.println("killed " + (round + 1) + " times; held so far: " + held);
        }
        if (round % 5 == 4) {
          // Killed while it starts: recovery itself may be cut short.
          server = ServerProcess.launch(log, port, arguments);
          Thread.sleep(random.nextInt(600));
          server.kill();
        }
      } finally {
        server.close();
      }
    }
    try (ServerProcess last = ServerProcess.launch(log, port, arguments).ready()) {
      check();
      assertFalse(last.log().contains("ERROR") || last.log().contains("SEVERE"), last.log());
    }
    assertNotEquals(0, held.size());
    System.out.println("killed " + ROUNDS + " times; held afterwards: " + held);
  }

  private Path sites() throws Exception {
    JsonArray clients = new JsonArray();
    for (int i = 0; i < SITES; i++) {
      clients.add(new JsonObject().add("client_id", "site-" + i)
          .add("client_secret", SITE_SECRET)
          .add("redirect_uris", new JsonArray().add(callback(i))));
    }
    return Files.writeString(folder.resolve("config.json"),
        new JsonObject().add("clients", clients).toString());
  }

  private static String callback(int site) {
    return "https://site-" + site + ".example/callback";
  }

  /** Everything of the last round, and some of the earlier ones. */
  private void check() {
    for (Worker worker : workers) {
      worker.check();
      for (Chain chain : worker.fresh) {
        chain.check();
        known.add(chain);
      }
      worker.fresh.clear();
    }
    // Of unused registrations that are alike, old ones give way: that is no loss.
    known.removeIf(chain -> chain.uncertain || chain.code == null);
    for (int i = 0; i < SAMPLE && !known.isEmpty(); i++) {
      known.get(random.nextInt(known.size())).check();
    }
  }

  private void held(String what) {
    held.merge(what, 1, Integer::sum);
  }

  /** A client and what it was told, step by step. */
  private final class Chain {
    private final OAuthClient client;
    private Attempt attempt;
    private String code;
    private Tokens tokens;
    private boolean redeemed;
    private boolean refreshing;
    private boolean revoked;
    private boolean uncertain;

    Chain(OAuthClient client) {
      this.client = client;
    }

    void check() {
      refused(client.token(Parameters.of("grant_type", "authorization_code", "code", "no-code",
          "redirect_uri", OAuthClient.REDIRECT_URI, "code_verifier", "x".repeat(43))));
      held("client known");
      if (uncertain) {
        return;
      }
      if (revoked) {
        refused(client.refresh(tokens.refresh()));
        assertFalse(client.isAccepted(tokens));
        held("revoked stays revoked");
      } else if (tokens != null) {
        // With a refresh under way, this is the client that tries it again.
        held(refreshing ? "refresh tried again" : "refresh token good");
        if (!refreshing && !hasExpired()) {
          assertTrue(client.isAccepted(tokens));
          held("access token good");
        }
        refreshing = false;
        tokens = client.refresh(tokens);
        if (random.nextInt(4) == 0) {
          // A code that is used again ends what was made of it (RFC 6749 §4.1.2).
          refused(client.exchange(attempt, code));
          refused(client.refresh(tokens.refresh()));
          revoked = true;
          held("used code stays used");
        }
      } else if (code != null && !redeemed) {
        redeemed = true;
        tokens = new Tokens(client.exchange(attempt, code).expect(200).json());
        held("code good");
      }
    }

    /** Many rounds take longer than an access token lives. */
    private boolean hasExpired() {
      return tokens.claims().getLong("exp", 0) < System.currentTimeMillis() / 1_000 + 10;
    }

    private void refused(Answer answer) {
      assertEquals("invalid_grant", answer.expect(400).text("error"));
    }
  }

  /** One person with one browser, at whatever comes to mind. */
  private final class Worker implements Runnable {
    private final String mcpUrl;
    private final Person person;
    private final Browser browser = new Browser();
    private final Random dice = new Random();
    private final List<Chain> fresh = new ArrayList<>();
    private final List<Integer> consented = new ArrayList<>();
    private int nextSite;
    private boolean signedIn;
    private int registered;
    private Exception failure;

    Worker(String mcpUrl, int number) {
      this.mcpUrl = mcpUrl;
      this.person = number % 2 == 0 ? Person.ALICE : Person.BOB;
      this.nextSite = number;
    }

    @Override
    public void run() {
      registered = 0;
      try {
        while (true) {
          step();
        }
      } catch (UncheckedIOException e) {
        // The server is gone.
      } catch (Exception | AssertionError e) {
        failure = new Exception(e);
      }
    }

    private void step() {
      int what = dice.nextInt(10);
      if (what < 1) {
        consent();
      } else if (what < 5 || fresh.isEmpty()) {
        connect();
      } else {
        Chain chain = fresh.get(dice.nextInt(fresh.size()));
        if (chain.tokens == null || chain.revoked || chain.uncertain) {
          connect();
        } else if (what < 9) {
          chain.refreshing = true;
          chain.tokens = chain.client.refresh(chain.tokens);
          chain.refreshing = false;
        } else {
          chain.uncertain = true;
          chain.client.post(chain.client.endpoint("revocation"),
              Parameters.of("token", chain.tokens.refresh())).expect(200);
          chain.revoked = true;
          chain.uncertain = false;
        }
      }
    }

    private void connect() {
      Chain chain = new Chain(registered++ < REGISTRATIONS || fresh.isEmpty()
          ? OAuthClient.discover(mcpUrl).register()
          : fresh.get(dice.nextInt(fresh.size())).client);
      fresh.add(chain);
      chain.attempt = chain.client.attempt();
      Page page = chain.attempt.allowedBy(person, browser);
      chain.code = page.response().get("code");
      assertNotNull(chain.code, () -> page.response().toString());
      if (dice.nextInt(4) > 0) {
        chain.uncertain = true;
        chain.redeemed = true;
        chain.tokens = chain.client.redeem(chain.attempt, page);
        chain.uncertain = false;
      }
    }

    private void consent() {
      int site = nextSite;
      nextSite += WORKERS;
      Page page = site(site).allowedBy(person, browser);
      signedIn = true;
      assertNotNull(page.response().get("code"));
      consented.add(site);
    }

    private Attempt site(int number) {
      return OAuthClient.discover(mcpUrl).known("site-" + number, SITE_SECRET).attempt()
          .with("redirect_uri", callback(number));
    }

    void check() {
      if (!signedIn) {
        // Before the first load, or none would get beyond the sign-in page in time.
        consent();
        return;
      }
      if (!consented.isEmpty()) {
        int site = consented.get(dice.nextInt(consented.size()));
        Page page = site(site).with("prompt", "none").in(browser);
        assertNull(page.response().get("error"), () -> page.response().toString());
        assertNotNull(page.response().get("code"));
        held("consent remembered");
      }
      Page page = site(nextSite).in(browser);
      assertTrue(page.asksForConsent(), () -> page.answer().body());
      held("still signed in");
    }
  }
}
