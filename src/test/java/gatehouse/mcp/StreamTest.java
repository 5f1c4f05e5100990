package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import gatehouse.http.HttpError;
import gatehouse.http.Response;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of 2026-07-28 that are answered by a stream: progress, log messages, cancelling. */
class StreamTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<TraceContext> trace = new AtomicReference<>();

  private final Posts posts = new Posts(McpServer.named("t").handlerTimeout(Duration.ofMillis(200))
      .tool(tool("works", call -> {
        call.progress(1, 3, "begun");
        call.progress(1, 3, "again");
        call.progress(0.5);
        call.log(LogLevel.DEBUG, "quiet");
        call.log(LogLevel.ERROR, "db", Json.value("loud"));
        call.progress(3, 3);
        return ToolResult.text("done");
      }))
      .tool(tool("endless", call -> {
        call.onCancel(stopped::countDown);
        for (int i = 0; !call.isCancelled(); i++) {
          call.progress(i);
          Thread.sleep(1);
        }
        return null;
      }))
      .tool(tool("sleeps", call -> {
        new CountDownLatch(1).await();
        return null;
      }))
      .tool(tool("deaf", call -> {
        CountDownLatch never = new CountDownLatch(1);
        while (stopped.getCount() > 0) {
          try {
            never.await();
          } catch (InterruptedException e) {
            // As some code does.
          }
        }
        return null;
      }))
      .tool(tool("traced", call -> {
        trace.set(call.trace());
        return ToolResult.text("");
      }))
      .tool(Tool.named("always").streams().handler(call -> ToolResult.text("a")).build())
      .build());

  private static Tool tool(String name, Tool.Handler handler) {
    return Tool.named(name).handler(handler).build();
  }

  private Response call(String tool, String meta) {
    return posts.modern(Posts.ALICE, "tools/call", "{\"name\":\"" + tool + "\"}", "{}", meta);
  }

  @Test
  void progressComesBeforeTheResultAndAlwaysGrows() throws InterruptedException {
    Listener listener = Listener.to(call("works", "{\"progressToken\":\"p\"}"));
    JsonObject first = listener.message();
    assertEquals("notifications/progress", at(first, "method"));
    assertEquals("{\"progressToken\":\"p\",\"progress\":1,\"total\":3,\"message\":\"begun\"}",
        at(first, "params"));
    assertEquals("3", at(listener.message(), "params", "progress"));
    JsonObject last = listener.message();
    assertEquals("7", at(last, "id"));
    assertEquals("complete", at(last, "result", "resultType"));
    listener.end();
  }

  @Test
  void logMessagesComeFromTheLevelThatIsAskedFor() throws InterruptedException {
    Listener listener = Listener.to(
        call("works", "{\"io.modelcontextprotocol/logLevel\":\"warning\"}"));
    listener.message(); // progress without a token never comes: this is the log message
    assertEquals("7", at(listener.message(), "id"));
    listener.end();
  }

  @Test
  void aTokenThatIsANumberStaysOne() throws InterruptedException {
    Listener listener = Listener.to(call("works", "{\"progressToken\":1763900000000}"));
    assertEquals("1763900000000", at(listener.message(), "params", "progressToken"));
  }

  @Test
  void withoutEitherTheAnswerIsJson() {
    assertNull(call("works", "{}").stream());
    assertEquals("application/json", call("works", "{}").header("Content-Type"));
  }

  @Test
  void anUnknownLevelIsRefused() {
    assertEquals(-32602, Posts.code(call("works", "{\"io.modelcontextprotocol/logLevel\":\"x\"}")));
  }

  @Test
  void aToolMayAlwaysStream() throws InterruptedException {
    Listener listener = Listener.to(call("always", "{}"));
    assertEquals("7", at(listener.message(), "id"));
    listener.end();
  }

  @ParameterizedTest
  @CsvSource({"application/json,false", "text/event-stream,true", "*/*,true"})
  void acceptDecidesWhereThereIsAChoice(String accept, boolean streams) {
    Response response = posts.post(Posts.ALICE,
        Posts.envelope("tools/call", "{\"name\":\"always\"}"), "MCP-Protocol-Version", Posts.MODERN,
        "Mcp-Method", "tools/call", "Mcp-Name", "always", "Accept", accept);
    assertEquals(streams, response.stream() != null);
  }

  @Test
  void aSubscriptionIsAStreamOrNothing() {
    assertEquals(406, assertThrows(HttpError.class, () -> posts.post(Posts.ALICE,
        Posts.envelope("subscriptions/listen", "{\"notifications\":{}}"),
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "subscriptions/listen",
        "Accept", "application/json")).status());
  }

  @Test
  void closingTheStreamCancelsTheHandler() throws InterruptedException {
    Listener listener = Listener.to(call("endless", "{\"progressToken\":1}"));
    listener.message();
    listener.hangUp();
    assertTrue(stopped.await(10, TimeUnit.SECONDS));
    assertFalse(posts.calls.contains("alice endless OK"));
  }

  @Test
  void aHandlerThatHangsCostsItsRequest() throws InterruptedException {
    String result = Posts.result(call("sleeps", "{}")).toString();
    assertTrue(result.contains("stopped before it had finished"), result);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aHandlerThatIgnoresInterruptsDoesNotHoldItsStream() throws InterruptedException {
    Listener listener = Listener.to(call("deaf", "{\"progressToken\":1}"));
    assertEquals("-32603", at(listener.message(), "error", "code"));
    listener.end();
    stopped.countDown();
  }

  @Test
  void theTraceReachesTheHandlerIfItIsOne() {
    call("traced", "{\"traceparent\":\"" + TRACE
        + "\",\"tracestate\":\"a=b\",\"baggage\":\"k=v\"}");
    assertEquals(new TraceContext(TRACE, "a=b", "k=v"), trace.get());
    call("traced", "{\"traceparent\":\"00-x\",\"tracestate\":\"a=b\"}");
    assertEquals(TraceContext.NONE, trace.get());
  }

  @Test
  void oneCallerCanNotTakeAllStreams() throws Exception {
    Streams streams = new Streams();
    CountDownLatch begun = new CountDownLatch(Streams.MAX_PER_PRINCIPAL);
    CountDownLatch leave = new CountDownLatch(1);
    for (int i = 0; i < Streams.MAX_PER_PRINCIPAL; i++) {
      Response response = streams.open(Posts.ALICE, events -> {
        begun.countDown();
        try {
          leave.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      Threads.start(() -> assertThrowsNothing(response));
    }
    begun.await();
    assertEquals(429, assertThrows(JsonRpcError.class,
        () -> streams.open(Posts.ALICE, events -> { })).status());
    streams.open(Posts.BOB, events -> { });
    leave.countDown();
  }

  private static void assertThrowsNothing(Response response) {
    try {
      response.stream().run(null);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
