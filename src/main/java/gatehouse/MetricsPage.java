package gatehouse;

import gatehouse.http.HttpError;
import gatehouse.http.Proxies;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.SpecialAddresses;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * {@code /metrics}: what an operator draws curves of and is woken by, for Prometheus. Nobody is
 * named, and no label can be made up from outside: events, outcomes, routes and limits are ours.
 *
 * <p>What there is to tell, whoever has it adds when everything is put together; here are the
 * process and the audit trail's counts.
 */
final class MetricsPage {
  private final AuditLog audit;
  private final Proxies proxies;
  private final List<Consumer<Exposition>> sources = new CopyOnWriteArrayList<>();

  /**
   * The page.
   *
   * @param proxies those who say where a request came from
   */
  MetricsPage(AuditLog audit, Proxies proxies) {
    this.audit = audit;
    this.proxies = proxies;
    add(this::events);
    add(MetricsPage::process);
  }

  /** More to tell whenever somebody looks. */
  void add(Consumer<Exposition> source) {
    sources.add(source);
  }

  /** GET: for those on this machine or its network; strangers have no business here. */
  Response show(Request request) {
    boolean passedOn = request.header("X-Forwarded-For") != null
        || request.header("Forwarded") != null;
    String address = request.remoteAddress();
    // A proxy's own address is what is left when the headers say nothing to be believed.
    boolean unknown = passedOn && (proxies.isEmpty() || proxies.contain(address));
    if (unknown || !SpecialAddresses.isNear(address)) {
      throw new HttpError(404, "There is nothing at this address.");
    }
    Exposition out = new Exposition();
    sources.forEach(source -> source.accept(out));
    return Response.bytes(200, Exposition.MEDIA_TYPE,
        out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void events(Exposition out) {
    out.family("gatehouse_events_total", "counter",
        "Lines of the audit trail, by event and by how it ended.");
    audit.counts().forEach((key, count) -> {
      int space = key.indexOf(' ');
      out.sample(count, "event", key.substring(0, space), "outcome", key.substring(space + 1));
    });
    out.family("gatehouse_tokens_total", "counter", "Access tokens, by the grant they came from.");
    audit.tokens().forEach((grant, count) -> out.sample(count, "grant_type", grant));
  }

  private static void process(Exposition out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    double collecting = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collecting += Math.max(0, collector.getCollectionTime()) / 1000.0;
    }
    out.family("gatehouse_build_info", "gauge", "The version, and the Java that runs it.")
        .sample(1, "version", Main.version(), "java", System.getProperty("java.version"));
    out.gauge("gatehouse_uptime_seconds", "Since the process began.",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    out.gauge("gatehouse_heap_used_bytes", "Memory in use.", heap.getUsed());
    out.gauge("gatehouse_heap_max_bytes", "Memory that there is.", heap.getMax());
    out.gauge("gatehouse_threads", "Threads of the platform.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    out.counter("gatehouse_gc_seconds_total", "Time spent on collecting garbage.", collecting);
  }
}
