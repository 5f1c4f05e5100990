package gatehouse.attack;

import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.ServerProcess;
import gatehouse.support.Tokens;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an honest client fares while a server is attacked: how often it gets what it asked for, and
 * how long it waits; and how much memory the server needs meanwhile. {@code ./build.sh siege}.
 *
 * <p>The server is a process of its own with a small heap, and so are the {@link Attackers}. All of
 * it stays on loopback, and every attack has its number of connections and its seconds.
 */
final class Siege {
  private static final String HEAP = "-Xmx256m";

  /** What is tried, with how many connections or threads. */
  private static final Map<String, Integer> ATTACKS = new LinkedHashMap<>();

  static {
    ATTACKS.put("none", 0);
    ATTACKS.put("slow-headers", 500);
    ATTACKS.put("slow-bodies", 500);
    ATTACKS.put("slow-mcp-bodies", 500);
    ATTACKS.put("slow-readers", 500);
    ATTACKS.put("idle", 10_000);
    ATTACKS.put("oversized", 4);
    ATTACKS.put("registrations", 4);
    ATTACKS.put("logins", 8);
    ATTACKS.put("unknown-clients", 4);
    ATTACKS.put("garbage", 4);
  }

  private final String url;
  private final int port;
  private final long pid;
  private final OAuthClient client;
  private final Browser browser = new Browser();
  private Tokens tokens;

  private Siege(ServerProcess server, int port) {
    this.port = port;
    this.pid = server.pid();
    this.url = "http://localhost:" + port;
    this.client = OAuthClient.discover(url + "/mcp").register();
    this.tokens = client.connect(Person.ALICE, browser);
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    List<String> wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    Path log = Files.createTempFile("gatehouse-siege", ".log");
    System.out.printf("%-18s%8s%9s%9s%9s%9s%10s%9s%9s%n", "attack", "asked", "granted",
        "p50 ms", "p99 ms", "max ms", "heap MB", "threads", "RSS MB");
    for (Map.Entry<String, Integer> attack : ATTACKS.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(attack.getKey())) {
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.launch(log, port, List.of(HEAP)).ready()) {
          Siege siege = new Siege(server, port);
          siege.honest(3, true); // warm
          siege.under(attack.getKey(), attack.getValue(), seconds);
        }
      }
    }
    Files.delete(log);
  }

  private void under(String way, int count, int seconds) throws Exception {
    if (way.equals("none")) {
      report(way, honest(seconds, false));
      return;
    }
    Process attackers = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        Attackers.class.getName(), way, "" + port, "" + count)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = attackers.inputReader()) {
      String first = said.readLine();
      if (!"in place".equals(first)) {
        throw new IllegalStateException("the attackers: " + first);
      }
      report(way, honest(seconds, way.equals("logins")));
    } finally {
      attackers.destroyForcibly().waitFor();
    }
  }

  private record Outcome(List<Double> millis, int failed, long heap) {
  }

  /** Calls a tool, now and then refreshes; with passwords, signs in with them as well. */
  private Outcome honest(int seconds, boolean passwords) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    int failed = 0;
    long heap = 0;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (int i = 0; System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      try {
        if (i % 10 == 9) {
          tokens = client.refresh(tokens);
        } else if (passwords && i % 10 == 4) {
          client.attempt().with("prompt", "login").in(browser).signIn(Person.ALICE)
              .allow().response();
        } else {
          McpClient.with(tokens, url + "/mcp").call("get_account").structured();
        }
      } catch (RuntimeException | AssertionError e) {
        failed++;
      }
      millis.add((System.nanoTime() - start) / 1e6);
      if (i % 20 == 0) {
        heap = Math.max(heap, heap());
      }
      Thread.sleep(10);
    }
    millis.sort(null);
    return new Outcome(millis, failed, heap);
  }

  private long heap() {
    try {
      Answer metrics = Http.get(url + "/metrics");
      return metrics.body().lines().filter(line -> line.startsWith("gatehouse_heap_used_bytes "))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1))).findFirst()
          .orElse(0);
    } catch (RuntimeException e) {
      return 0;
    }
  }

  private void report(String way, Outcome outcome) throws Exception {
    List<Double> millis = outcome.millis;
    int count = millis.size();
    Map<String, String> status = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      status.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).trim());
    }
    System.out.printf("%-18s%8d%8.1f%%%9.1f%9.1f%9.1f%10d%9s%9d%n", way, count,
        100.0 * (count - outcome.failed) / count, millis.get(count / 2),
        millis.get((int) (count * 0.99)), millis.get(count - 1), outcome.heap >> 20,
        status.get("Threads"), Long.parseLong(status.get("VmRSS").split(" ")[0]) >> 10);
  }
}
