package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines of the audit trail that were written since it was opened, by any server of this JVM. */
public final class AuditTrail extends Handler implements AutoCloseable {
  /** Held on to: a logger that nobody holds is forgotten together with its handlers. */
  private static final Logger AUDIT = Logger.getLogger("gatehouse.audit");

  private final List<JsonObject> lines = new CopyOnWriteArrayList<>();

  private AuditTrail() {
  }

  /** Begins to listen. */
  public static AuditTrail open() {
    AuditTrail trail = new AuditTrail();
    AUDIT.addHandler(trail);
    return trail;
  }

  /** All of them, in their order. */
  public List<JsonObject> lines() {
    return lines;
  }

  /** Those of an event. */
  public List<JsonObject> all(String event) {
    return lines.stream().filter(line -> event.equals(line.getString("event", null))).toList();
  }

  /** The only one of an event. */
  public JsonObject only(String event) {
    assertEquals(1, all(event).size(), lines::toString);
    return all(event).get(0);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(Json.parse(line.getMessage()).asObject());
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    AUDIT.removeHandler(this);
  }
}
