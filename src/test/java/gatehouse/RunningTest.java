package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.support.Http;
import gatehouse.support.ServerProcess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** It answers while it is put together. */
@DisplayName("A server that is starting")
class RunningTest {
  private static final Executor THREADS = task -> new Thread(task).start();
  private static final String METADATA = "/.well-known/oauth-authorization-server";

  private final CountDownLatch toolsWanted = new CountDownLatch(1);
  private final CompletableFuture<String> goOn = new CompletableFuture<>();

  /** A server whose tools come when the test says so. */
  private CompletableFuture<Gatehouse> starting(int port) throws InterruptedException {
    CompletableFuture<Gatehouse> started = CompletableFuture.supplyAsync(() ->
        Gatehouse.builder().port(port).demo().mcp(server -> {
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
      assertEquals(401, call.get(20, TimeUnit.SECONDS));
      assertEquals(200, ready.get(20, TimeUnit.SECONDS));
      assertEquals(404, nowhere.get(20, TimeUnit.SECONDS));
    }
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
