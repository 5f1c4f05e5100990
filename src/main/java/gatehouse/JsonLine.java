package gatehouse;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * {@code --log-format json}: a record of the log as one line of JSON, with {@code level}, {@code
 * logger} and {@code message}. A line of the audit trail is JSON already; its members stand beside
 * the level.
 */
final class JsonLine extends Formatter {
  private static final String AUDIT = "gatehouse.audit";

  @Override
  public String format(LogRecord record) {
    JsonObject line = new JsonObject()
        .add("level", record.getLevel().getName())
        .add("logger", record.getLoggerName());
    String message = formatMessage(record);
    if (AUDIT.equals(record.getLoggerName())) {
      String head = line.toString();
      return head.substring(0, head.length() - 1) + "," + message.substring(1) + "\n";
    }
    line.add("at", record.getInstant().toString()).add("message", message);
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.add("thrown", trace.toString());
    }
    return line + "\n";
  }
}
