package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import gatehouse.support.Http;
import gatehouse.support.McpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A server costs nothing once it is closed, and knows nothing of those beside it. */
@DisplayName("Many servers in one JVM")
class ManyServersTest {
  private static final int SERVERS = 100;

  /** What a closed server may leave behind: entries in tables of the JDK, not a server. */
  private static final long BYTES_EACH = 8 * 1024;

  /** Threads that have nothing to do any more end within seconds; these are waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final AtomicInteger TESTS = new AtomicInteger();

  @Test
  void leave_no_thread_no_port_and_no_memory_behind() throws Exception {
    startAndStop(5); // What the JVM loads once.
    long before = memory();
    List<Integer> ports = startAndStop(SERVERS);
    for (Thread thread : threads()) {
      thread.join(PATIENCE.toMillis());
    }
    assertEquals(List.of(), threads());
    for (int port : ports) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
    long each = (memory() - before) / SERVERS;
    assertTrue(each < BYTES_EACH, each + " bytes for each server");
  }

  @Test
  void run_in_parallel_without_noticing_each_other() {
    TESTS.set(0);
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(InParallel.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
        .build(), summary);
    assertEquals(List.of(), summary.getSummary().getFailures().stream()
        .map(failure -> failure.getException().toString()).toList());
    assertEquals(200, TESTS.get());
  }

  /** Nested, so that no build runs it by itself. */
  @GatehouseTest
  static class InParallel {
    @RepeatedTest(200)
    void has_a_server_alone(TestGatehouse gatehouse) {
      String token = gatehouse.token("alice");
      McpClient client = McpClient.of(McpClient.NEWEST, gatehouse.mcpUrl()).bearing(token);
      client.call("get_account").structured();
      gatehouse.clock().advance(Duration.ofHours(1));
      client.call("get_account").expect(401);
      assertEquals(2, gatehouse.requests().size());
      TESTS.incrementAndGet();
    }
  }

  private static List<Integer> startAndStop(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestGatehouse gatehouse = TestGatehouse.start();
      try (gatehouse) {
        Http.get(gatehouse.url("/jwks")).expect(200);
        ports.add(gatehouse.server().port());
      }
      assertThrows(RuntimeException.class, () -> Http.get(gatehouse.url("/jwks")));
    }
    return ports;
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gatehouse-")
            || thread.getName().startsWith("HTTP-Dispatcher")
            || thread.getName().startsWith("idle-timeout-task")).toList();
  }

  private static long memory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
