package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.Evidence;
import gatehouse.login.Passwords;
import gatehouse.login.Users;
import gatehouse.oauth.Grants;
import gatehouse.oauth.Policy;
import gatehouse.oauth.RefreshTokens;
import gatehouse.store.JournalStore;
import gatehouse.support.Http;
import gatehouse.support.Parameters;
import gatehouse.support.ServerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** It answers while it is put together. */
@DisplayName("A server that is starting")
class RunningTest {
  private static final Executor THREADS = task -> new Thread(task).start();
  private static final String METADATA = "/.well-known/oauth-authorization-server";

  private final CountDownLatch toolsWanted = new CountDownLatch(1);
  private final CompletableFuture<String> goOn = new CompletableFuture<>();

  private CompletableFuture<Gatehouse> starting(int port) throws InterruptedException {
    return starting(Gatehouse.builder().port(port));
  }

  /** A server whose tools come when the test says so. */
  private CompletableFuture<Gatehouse> starting(Gatehouse.Builder builder)
      throws InterruptedException {
    CompletableFuture<Gatehouse> started = CompletableFuture.supplyAsync(() ->
        builder.demo().mcp(server -> {
          toolsWanted.countDown();
          server.instructions(goOn.join());
        }).start(), THREADS);
    toolsWanted.await(20, TimeUnit.SECONDS);
    return started;
  }

  @Test
  void describesItselfAndLetsWhoeverWantsMoreWait() throws Exception {
    int port = ServerProcess.freePort();
    String url = "http://localhost:" + port;
    CompletableFuture<Gatehouse> started = starting(port);
    assertNotNull(Http.get(url + METADATA).expect(200).json().get("token_endpoint"));
    Http.get(url + "/.well-known/oauth-protected-resource/mcp").expect(200);
    Http.get(url + "/health/live").expect(200);
    CompletableFuture<Integer> call = status("POST", url + "/mcp");
    CompletableFuture<Integer> ready = status("GET", url + "/health/ready");
    CompletableFuture<Integer> nowhere = status("GET", url + "/nowhere");
    assertThrows(TimeoutException.class, () -> call.get(200, TimeUnit.MILLISECONDS));
    assertEquals(false, ready.isDone() || nowhere.isDone() || started.isDone());
    goOn.complete("Ready.");
    try (Gatehouse server = started.get(20, TimeUnit.SECONDS)) {
      assertEquals(port, server.port());
      assertEquals(401, call.get(20, TimeUnit.SECONDS));
      assertEquals(200, ready.get(20, TimeUnit.SECONDS));
      assertEquals(404, nowhere.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void knowsAllItsUsersBeforeItRefreshesTheirTokens(@TempDir Path data) throws Exception {
    int port = ServerProcess.freePort();
    String url = "http://localhost:" + port;
    Clock clock = Clock.systemUTC();
    String token;
    try (JournalStore store = JournalStore.open(data, clock)) {
      // Somebody whom another provider has sent, as UpstreamLinks keeps them.
      store.put("upstream_links", "1", new JsonObject().add("iss", "https://idp.example")
          .add("sub", "1").add("user", "idp:1").add("name", "Ida"), Instant.MAX);
      Grants grants = new Grants(
          store, new Users(new Passwords(), store), Policy::defaults, clock);
      token = new RefreshTokens(store, grants, Policy::defaults, clock, (event, how, facts) -> { })
          .issue(grants.begin("idp:1", "app", "App", "127.0.0.1", Set.of("account:read"),
              Set.of(url + "/mcp"), clock.instant(), Evidence.UPSTREAM));
    }
    CompletableFuture<Gatehouse> started = starting(Gatehouse.builder().port(port)
        .data(data.toString()).client(new JsonObject().add("client_id", "app")
            .add("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"))));
    Http.postForm(url + "/token", Parameters.of("grant_type", "refresh_token",
        "client_id", "app", "refresh_token", token)).expect(200);
    goOn.complete("Ready.");
    started.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void whoWaitsForOneThatFailsIsToldSo_andItsPortIsFreeAgain() throws Exception {
    int port = ServerProcess.freePort();
    CompletableFuture<Gatehouse> started = starting(port);
    String url = "http://localhost:" + port;
    Http.get(url + METADATA).expect(200);
    CompletableFuture<Integer> call = status("POST", url + "/mcp");
    assertThrows(TimeoutException.class, () -> call.get(200, TimeUnit.MILLISECONDS));
    goOn.completeExceptionally(new IllegalArgumentException("no such tools"));
    assertInstanceOf(RuntimeException.class, assertThrows(ExecutionException.class,
        () -> started.get(20, TimeUnit.SECONDS)).getCause());
    assertEquals(503, call.get(20, TimeUnit.SECONDS));
    Gatehouse.builder().port(port).demo().start().close();
  }

  private static CompletableFuture<Integer> status(String method, String url) {
    return CompletableFuture.supplyAsync(
        () -> Http.send(method, url, method.equals("POST") ? "{}" : null).status(), THREADS);
  }
}
