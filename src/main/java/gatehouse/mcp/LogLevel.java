package gatehouse.mcp;

import java.util.Locale;

/** The severities of RFC 5424 §6.2.1, least severe first ("Logging" in every revision). */
public enum LogLevel {
  DEBUG, INFO, NOTICE, WARNING, ERROR, CRITICAL, ALERT, EMERGENCY;

  /**
   * The level of that name on the wire.
   *
   * @throws JsonRpcError -32602 if there is none
   */
  public static LogLevel of(String text) {
    for (LogLevel level : values()) {
      if (level.text().equals(text)) {
        return level;
      }
    }
    throw JsonRpcError.params("there is no log level of this name");
  }

  /** The name on the wire. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody who asked for {@code least} and above wants to hear it. */
  boolean isAtLeast(LogLevel least) {
    return least != null && compareTo(least) >= 0;
  }
}
