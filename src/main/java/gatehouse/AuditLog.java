package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Audit;
import gatehouse.mcp.ToolLog;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The audit trail: one line of JSON per event, through the logger {@code gatehouse.audit}; and the
 * same events as counters.
 */
final class AuditLog implements Audit, ToolLog {
  private static final System.Logger LOG = System.getLogger("gatehouse.audit");

  private final Clock clock;
  private final Consumer<String> elsewhere;
  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> tokens = new ConcurrentHashMap<>();

  /**
   * The trail of a server.
   *
   * @param elsewhere takes the lines instead of the logger, or null
   */
  AuditLog(Clock clock, Consumer<String> elsewhere) {
    this.clock = clock;
    this.elsewhere = elsewhere;
  }

  @Override
  public void record(String event, String outcome, String... facts) {
    count(counters, event + " " + outcome);
    if (event.equals("token")) {
      count(tokens, facts[1]);
    }
    if (elsewhere != null) {
      elsewhere.accept(line(event, outcome, facts));
    } else {
      LOG.log(System.Logger.Level.INFO, () -> line(event, outcome, facts));
    }
  }

  private String line(String event, String outcome, String... facts) {
    JsonObject line = new JsonObject()
        .add("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
        .add("event", event)
        .add("outcome", outcome);
    for (int i = 0; i < facts.length; i += 2) {
      if (facts[i + 1] != null) {
        line.add(facts[i], facts[i + 1]);
      }
    }
    return line.toString();
  }

  @Override
  public void called(Access access, String tool, Outcome outcome) {
    record("tool_call", outcome.name().toLowerCase(Locale.ROOT),
        "user", access.subject(), "client", access.clientId(), "tool", tool,
        "scope", String.join(" ", access.granted()), "reference", access.reference());
  }

  /** How often each event ended how, by {@code event outcome}. */
  Map<String, Long> counts() {
    return sums(counters);
  }

  /** How many access tokens came from which type of grant. */
  Map<String, Long> tokens() {
    return sums(tokens);
  }

  private static void count(Map<String, LongAdder> counters, String key) {
    counters.computeIfAbsent(key, k -> new LongAdder()).increment();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counters) {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach((key, count) -> sums.put(key, count.sum()));
    return sums;
  }
}
