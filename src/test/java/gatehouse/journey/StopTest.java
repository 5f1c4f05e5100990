package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.support.Answer;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server is told to stop while somebody waits for an answer. */
@DisplayName("A server that stops")
class StopTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void finishes_what_is_under_way_and_takes_nothing_new() throws Exception {
    Gatehouse gatehouse = Gatehouse.builder().port(0).open().tool(Tool.named("slow")
        .description("Takes its time.").handler(call -> {
          asked.countDown();
          try {
            goOn.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            return ToolResult.error("interrupted");
          }
          return ToolResult.text("done");
        }).build()).start();
    String health = gatehouse.issuer() + "/health/ready";
    assertEquals(200, Http.get(health).status());
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() ->
        McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).call("slow"));
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(gatehouse::close);
    Answer refused = Http.get(health);
    for (int i = 0; refused.status() == 200 && i < 1000; i++) {
      refused = Http.get(health);
    }
    assertEquals(503, refused.status());
    goOn.countDown();
    assertTrue(answer.get(20, TimeUnit.SECONDS).result().toString().contains("done"));
    stopped.get(20, TimeUnit.SECONDS);
    assertThrows(UncheckedIOException.class, () -> Http.get(health));
  }
}
