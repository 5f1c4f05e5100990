package gatehouse.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The official conformance suite, on an open server and on a guarded one: both revisions, what is
 * not scored, the extensions, and the authorization server. What the suite itself cannot find
 * stands in {@code src/test/js/conformance/expectations.json}.
 */
@DisplayName("The conformance suite")
class ConformanceTest {
  @Test
  @DisplayName("finds nothing, open or guarded, that is not as expected")
  void passes() throws IOException, InterruptedException {
    try (Gatehouse open = ConformanceServer.open().start();
        Gatehouse guarded = ConformanceServer.guarded().start()) {
      String output = NodeScript.passes("run.mjs", open.mcpUrl(), guarded.mcpUrl());
      assertTrue(output.contains(" 0 failed"), output);
    }
  }
}
