package gatehouse;

import gatehouse.http.RateLimit;
import gatehouse.http.Tls;
import gatehouse.http.Traffic;
import gatehouse.jose.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What {@code /metrics} tells of the parts: requests, limits, the store, keys and certificate. It
 * reads what they count anyway and counts nothing itself; what is of the JVM is {@link
 * MetricsPage}'s.
 */
final class Measures {
  private Measures() {
  }

  /** Requests by route and status, how long they take, and what is under way. */
  static void requests(Exposition out, Traffic traffic) {
    out.family("gatehouse_requests_total", "counter", "Requests answered, by route and status.");
    traffic.byRoute().forEach((route, answers) -> answers.byStatus().forEach((status, count) ->
        out.sample(count.sum(), "route", route, "status", "" + status)));
    out.family("gatehouse_request_seconds", "histogram",
        "From the head of a request to the head of its answer.");
    traffic.byRoute().forEach((route, answers) ->
        out.histogram(answers.times(), "route", route));
    out.gauge("gatehouse_requests_in_flight", "Requests under way, streams included.",
        traffic.underWay());
    out.gauge("gatehouse_streams", "Event streams that are open.", traffic.streams());
    out.gauge("gatehouse_queue_length", "Requests that wait for a thread.", traffic.queued());
  }

  /** How often each limit has refused somebody. */
  static void limits(Exposition out, Map<String, RateLimit> limits, IntSupplier sessions) {
    out.family("gatehouse_limited_total", "counter", "Refusals by a limit on frequency.");
    limits.forEach((name, limit) -> out.sample(limit.refused(), "limit", name));
    out.gauge("gatehouse_mcp_sessions", "MCP sessions of clients of older revisions.",
        sessions.getAsInt());
  }

  /** How long changes take until they are durable, and what could not be served. */
  static void store(Exposition out, WatchedStore store) {
    out.counter("gatehouse_store_errors_total", "Requests that the store could not serve.",
        store.failures());
    out.family("gatehouse_store_write_seconds", "histogram",
        "From a change to its being durable.").histogram(store.writes());
  }

  /** Ages of what has to be renewed. */
  static void keys(Exposition out, KeyRing keys, Tls tls, Clock clock) {
    out.gauge("gatehouse_signing_key_age_seconds", "Since the signing key began to sign.",
        Math.max(0, Duration.between(keys.current().from(), clock.instant()).toSeconds()));
    if (tls != null) {
      out.gauge("gatehouse_certificate_expiry_timestamp_seconds",
          "When the certificate ends, in seconds since 1970.",
          tls.presented().ends().getEpochSecond());
    }
  }
}
