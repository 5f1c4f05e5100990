package gatehouse.http;

/**
 * The properties of the JDK's HTTP server that we need otherwise than they are. They are read once,
 * when its class loads, and hold for the whole JVM; a value that the operator has set stays.
 */
final class JdkSettings {
  private JdkSettings() {
  }

  /** Sets them; to be called before the first server is made. */
  static void apply() {
    // Else small answers wait 40 ms for an acknowledgement (Nagle's algorithm).
    property("sun.net.httpserver.nodelay", "true");
    // Off by default: a request that never ends would keep its thread.
    property("sun.net.httpserver.maxReqTime", "" + Limits.REQUEST_TIME.toSeconds());
    // 30 s by default, which closes connections that real clients come back to.
    property("sun.net.httpserver.idleInterval", "" + Limits.IDLE_TIME.toSeconds());
    // 200 by default; the rest is closed without a word.
    property("sun.net.httpserver.maxIdleConnections", "" + Limits.IDLE_CONNECTIONS);
    property("sun.net.httpserver.maxReqHeaders", "" + Limits.HEADER_LINES);
    property("sun.net.httpserver.maxReqHeaderSize", "" + Limits.HEADER_BYTES);
    // What a guard did not want to read is read over and thrown away, so that the connection can
    // go on, and the client gets the answer that it would lose with a connection that breaks.
    property("sun.net.httpserver.drainAmount", "" + Limits.MCP_BODY_BYTES);
    // maxRspTime stays off: it would end event streams. Patience looks after those who do not read.
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
