package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.mcp.ToolLog;
import java.time.Clock;
import java.util.Locale;

/** The audit trail: one line of JSON per event, through the logger {@code gatehouse.audit}. */
final class AuditLog implements ToolLog {
  private static final System.Logger LOG = System.getLogger("gatehouse.audit");

  private final Clock clock;

  AuditLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void called(Access access, String tool, Outcome outcome) {
    LOG.log(System.Logger.Level.INFO, () -> new JsonObject()
        .add("at", clock.instant().toString())
        .add("event", "tool_call")
        .add("user", access.subject())
        .add("client", access.clientId())
        .add("tool", tool)
        .add("outcome", outcome.name().toLowerCase(Locale.ROOT)).toString());
  }
}
