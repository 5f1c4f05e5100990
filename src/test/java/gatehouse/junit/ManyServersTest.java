package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import gatehouse.support.Http;
import gatehouse.support.McpClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.ObjectName;
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
  private static final long BYTES_EACH = 4 * 1024;

  /** Threads of the JVM, and of the client of this test, that come and go as they like. */
  private static final List<String> NOT_OURS = List.of(
      "ForkJoinPool.commonPool-", "HttpClient-", "Common-Cleaner", "CompletableFutureDelay",
      "Attach Listener", "process reaper", "RMI ", "JMX ", "C1 ", "C2 ", "Keep-Alive-Timer");

  /** Threads that have nothing to do any more end within seconds; these are waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final AtomicInteger TESTS = new AtomicInteger();

  @Test
  void leave_no_thread_no_port_and_no_memory_behind() throws Exception {
    startAndStop(20); // What the JVM loads and makes once.
    Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    Heap before = Heap.now();
    List<Integer> ports = startAndStop(SERVERS);
    for (Thread thread : newThreads(threadsBefore)) {
      thread.join(PATIENCE.toMillis());
    }
    assertEquals(List.of(), newThreads(threadsBefore));
    for (int port : ports) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
    Heap after = Heap.now();
    assertEquals(Map.of(), after.moreThan(before), "objects of ours are still there");
    long each = (after.bytes - before.bytes) / SERVERS;
    System.out.println("left behind by each of " + SERVERS + " servers: " + each + " bytes");
    assertTrue(each < BYTES_EACH, each + " bytes for each server");
  }

  @Test
  void that_a_test_forgot_to_close_do_not_keep_the_jvm_from_ending() throws Exception {
    Process forgetful = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        Forgetful.class.getName()).redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .execute(forgetful::destroyForcibly);
    String said = new String(forgetful.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("200" + System.lineSeparator(), said);
    assertEquals(0, forgetful.waitFor());
  }

  /** A program that starts servers, uses one, and closes none. */
  static final class Forgetful {
    private Forgetful() {
    }

    public static void main(String[] arguments) {
      TestGatehouse.start().documents().valid();
      System.out.println(Http.get(TestGatehouse.start().url("/jwks")).status());
    }
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

  private static List<Thread> newThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> NOT_OURS.stream().noneMatch(thread.getName()::startsWith)).toList();
  }

  /** What is alive: instances of our classes, and the bytes of everything. */
  private record Heap(Map<String, Long> ours, long bytes) {

    /** The histogram of {@code jcmd PID GC.class_histogram}, which collects garbage first. */
    static Heap now() throws Exception {
      Map<String, Long> ours = new TreeMap<>();
      long bytes = 0;
      for (int i = 0; i < 2; i++) { // What waits for its cleaner is gone at the second time.
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
            new Object[] {new String[0]}, new String[] {String[].class.getName()});
        ours.clear();
        for (String line : histogram.lines().toList()) {
          String[] columns = line.trim().split("\\s+");
          if (columns[0].equals("Total")) {
            bytes = Long.parseLong(columns[2]);
          } else if (columns.length > 3 && columns[3].startsWith("gatehouse.")
              && !columns[3].startsWith(ManyServersTest.class.getName())) {
            ours.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
          }
        }
      }
      return new Heap(ours, bytes);
    }

    /** The classes of which there are more now than before, with how many. */
    Map<String, Long> moreThan(Heap before) {
      Map<String, Long> more = new TreeMap<>();
      ours.forEach((type, count) -> {
        long grown = count - before.ours.getOrDefault(type, 0L);
        if (grown > 0) {
          more.put(type, grown);
        }
      });
      return more;
    }
  }
}
