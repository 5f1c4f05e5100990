package gatehouse;

import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.function.BooleanSupplier;

/**
 * {@code /health}: for whoever restarts the process ({@code /health/live}: an answer at all) or
 * sends it requests ({@code /health/ready}: it can keep what it is told, and is not about to stop).
 * Whether upstream providers or other issuers can be reached is not asked: no restart helps there.
 */
final class HealthPage {
  private final BooleanSupplier stopping;
  private final BooleanSupplier writable;

  HealthPage(BooleanSupplier stopping, BooleanSupplier writable) {
    this.stopping = stopping;
    this.writable = writable;
  }

  /** GET: an answer means that it lives. */
  Response live(Request request) {
    return Response.text(200, "ok\n");
  }

  /** GET: 200, or 503 with the reason. */
  Response ready(Request request) {
    if (stopping.getAsBoolean()) {
      return Response.text(503, "stopping\n");
    }
    return writable.getAsBoolean() ? Response.text(200, "ok\n")
        : Response.text(503, "the store cannot be written\n");
  }
}
