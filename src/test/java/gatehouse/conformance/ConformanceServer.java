package gatehouse.conformance;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.oauth.Scope;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server with all fixtures, as a program: prints its MCP URL, and ends when its input does.
 *
 * <pre>{@code java gatehouse.conformance.ConformanceServer [--open]}</pre>
 */
final class ConformanceServer {
  /** The client of the suite's own authorization scenarios. */
  static final String CLIENT = "conformance";

  static final String USER = "alice";
  static final String PASSWORD = "wonderland";

  private ConformanceServer() {
  }

  /** Guarded: every request needs a token with the scope of the fixtures. */
  static Gatehouse.Builder guarded() {
    return Gatehouse.builder().port(0).name("gatehouse-conformance")
        .user(USER, PASSWORD)
        .scope(Scope.base(Fixtures.SCOPE, "Use the fixtures", "Call what the suite calls."))
        .client(new JsonObject()
            .add("client_id", CLIENT)
            .add("redirect_uris", new JsonArray().add("http://127.0.0.1/callback")))
        .mcp(Fixtures::on);
  }

  /** Open to everybody, since the suite has no way to send a token. */
  static Gatehouse.Builder open() {
    return guarded().open();
  }

  /** Runs a server until the end of the standard input. */
  public static void main(String[] arguments) throws IOException {
    // Warnings are of interest; the audit trail of a thousand calls would bury them.
    Logger.getLogger("").setLevel(Level.WARNING);
    boolean open = List.of(arguments).contains("--open");
    try (Gatehouse gatehouse = (open ? open() : guarded()).start()) {
      System.out.println(gatehouse.mcpUrl());
      while (System.in.read() >= 0) {
        // Whoever has started it holds the other end, so it never outlives them.
      }
    }
  }
}
