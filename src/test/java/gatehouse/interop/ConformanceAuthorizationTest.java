package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.GatehouseServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@code authorization} command of the official conformance suite, both scenarios. */
@DisplayName("The conformance suite")
class ConformanceAuthorizationTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .client(new JsonObject()
          .add("client_id", "conformance")
          .add("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"))));

  @Test
  @DisplayName("finds an authorization server in order")
  void passes() throws IOException {
    Script run = Script.runOnNode22("conformance-authorization.mjs", server.issuer(),
        "conformance", server.mcpUrl(), "" + freePort(), "alice", "wonderland");
    assertEquals(200, run.first("authorized").getInt("status", 0));
    List<String> names = run.all("scenario").stream()
        .map(scenario -> scenario.getString("name", null)).toList();
    assertEquals(List.of("authorization-server-metadata-endpoint", "authorization-code-grant"),
        names);
    for (JsonObject scenario : run.all("scenario")) {
      assertEquals(0, scenario.getInt("failed", -1), run::toString);
    }
  }

  /** The suite listens on a port that it has to be told. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
