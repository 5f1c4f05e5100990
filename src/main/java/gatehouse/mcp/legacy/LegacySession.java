package gatehouse.mcp.legacy;

import com.eclipsesource.json.JsonObject;
import gatehouse.mcp.Revision;
import java.time.Instant;

/**
 * What was agreed on in {@code initialize}, for as long as the client comes back to it.
 *
 * <p>2025-03-26 to 2025-11-25, "Session Management". It is no credential: it is found only together
 * with the principal who opened it (security best practices, "Session Hijacking"), so it outlives a
 * token but not a change of user or client.
 */
final class LegacySession {
  private final Revision revision;
  private final JsonObject capabilities;
  private volatile Instant used;

  LegacySession(Revision revision, JsonObject capabilities, Instant now) {
    this.revision = revision;
    this.capabilities = capabilities;
    this.used = now;
  }

  /** The revision that was agreed on. */
  Revision revision() {
    return revision;
  }

  /** What the client said it can do. */
  JsonObject capabilities() {
    return capabilities;
  }

  /** When it was last used. */
  Instant used() {
    return used;
  }

  void use(Instant now) {
    used = now;
  }
}
