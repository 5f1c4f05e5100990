package gatehouse;

import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * {@code /metrics}: counters in Prometheus' text format (version 0.0.4), and {@code /health}:
 * whether the server is alive, and ready.
 */
final class MetricsPage {
  private final AuditLog audit;
  private final Map<String, LongSupplier> gauges = new TreeMap<>();

  MetricsPage(AuditLog audit) {
    this.audit = audit;
    gauge("gatehouse_uptime_seconds",
        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    gauge("gatehouse_heap_used_bytes",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /** A value that is asked for whenever somebody looks. */
  void gauge(String name, LongSupplier value) {
    gauges.put(name, value);
  }

  /** GET /metrics: for those on this machine or its network; strangers have no business here. */
  Response metrics(Request request) {
    if (!isNear(request.remoteAddress())) {
      throw new HttpError(404, "There is nothing at this address.");
    }
    StringBuilder out = new StringBuilder("# TYPE gatehouse_events_total counter\n");
    audit.counts().forEach((key, count) -> {
      int space = key.indexOf(' ');
      out.append("gatehouse_events_total{event=\"").append(key, 0, space)
          .append("\",outcome=\"").append(key, space + 1, key.length()).append("\"} ")
          .append(count).append('\n');
    });
    gauges.forEach((name, value) -> out.append("# TYPE ").append(name).append(" gauge\n")
        .append(name).append(' ').append(value.getAsLong()).append('\n'));
    return Response.text(200, out.toString());
  }

  private static boolean isNear(String numericAddress) {
    try {
      InetAddress address = InetAddress.getByName(numericAddress);
      return address.isLoopbackAddress() || address.isSiteLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** GET /health: an answer at all means alive. */
  Response health(Request request) {
    return Response.text(200, "ok\n");
  }
}
