package gatehouse.mcp.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Posts;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of 2025-03-26, 2025-06-18 and 2025-11-25. */
class LegacyEndpointTest {
  private static final String PING = Posts.message("ping", "{}");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> ran = new ArrayList<>();

  private final Posts posts = new Posts(McpServer.named("t").version("1").instructions("Be kind.")
      .tool(Tool.named("go").handler(call -> {
        ran.add("go");
        return ToolResult.text("gone");
      }).build())
      .tool(Tool.named("write").scopes("account:write")
          .handler(call -> ToolResult.text("")).build())
      .build(), new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }
      });

  private Response ping(Access access, String session, String... more) {
    return posts.post(access, PING, "Mcp-Session-Id", session, more.length > 0 ? more[0] : "X",
        more.length > 0 ? more[1] : "x");
  }

  @ParameterizedTest(name = "asked for {0}, agreed on {1}")
  @CsvSource({"2025-03-26,2025-03-26", "2025-06-18,2025-06-18", "2025-11-25,2025-11-25",
      "1999-01-01,2025-11-25", "2026-07-28,2025-11-25", "2024-11-05,2025-11-25"})
  void initializeAgreesOnARevisionWithAHandshake(String asked, String agreed) {
    Response response = posts.post(Posts.ALICE, Posts.message("initialize",
        "{\"protocolVersion\":\"" + asked + "\",\"capabilities\":{}}"));
    JsonObject result = Posts.result(response);
    assertEquals(agreed, result.getString("protocolVersion", ""));
    assertEquals("{\"tools\":{\"listChanged\":true},\"logging\":{}}",
        result.get("capabilities").toString());
    assertEquals("{\"name\":\"t\",\"version\":\"1\"}", result.get("serverInfo").toString());
    assertEquals("Be kind.", result.getString("instructions", ""));
    String id = response.header("Mcp-Session-Id");
    assertTrue(id.length() >= 22 && id.chars().allMatch(c -> c >= 0x21 && c <= 0x7e), id);
  }

  @Test
  void pingIsAnsweredWithNothingAtAll() {
    Response response = ping(Posts.ALICE, posts.initialize(Posts.ALICE, "2025-11-25"));
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}", Posts.json(response).toString());
  }

  @Test
  void aSessionBelongsToTheUserAndTheClientWhoOpenedIt() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    assertEquals(404, ping(Posts.BOB, session).status());
    Access otherClient = new Access("alice", "another", Set.of(), Set.of(), Instant.MAX);
    assertEquals(404, ping(otherClient, session).status());
    assertEquals(404, posts.send(Posts.BOB, "DELETE", "", "Mcp-Session-Id", session).status());
    assertEquals(200, ping(Posts.ALICE, session).status());
    assertEquals(200, ping(Posts.access("alice", "other:scope"), session).status());
  }

  @Test
  void aMissingSessionIs400AndAnUnknownOne404() {
    assertEquals(400, posts.post(Posts.ALICE, PING).status());
    assertEquals(404, ping(Posts.ALICE, "unknown").status());
  }

  @Test
  void deleteEndsASession() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    assertEquals(400, posts.send(Posts.ALICE, "DELETE", "").status());
    assertEquals(204, posts.send(Posts.ALICE, "DELETE", "", "Mcp-Session-Id", session).status());
    assertEquals(404, posts.send(Posts.ALICE, "DELETE", "", "Mcp-Session-Id", session).status());
    assertEquals(404, ping(Posts.ALICE, session).status());
  }

  @Test
  void anIdleSessionIsGoneAndAUsedOneIsNot() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    now = now.plus(LegacySessions.IDLE).minusSeconds(1);
    assertEquals(200, ping(Posts.ALICE, session).status());
    now = now.plus(LegacySessions.IDLE).minusSeconds(1);
    assertEquals(200, ping(Posts.ALICE, session).status());
    now = now.plus(LegacySessions.IDLE).plus(Duration.ofSeconds(1));
    assertEquals(404, ping(Posts.ALICE, session).status());
  }

  @Test
  void whoOpensTooManyLosesTheOneIdleLongest() {
    String first = posts.initialize(Posts.ALICE, "2025-11-25");
    String second = posts.initialize(Posts.ALICE, "2025-11-25");
    String foreign = posts.initialize(Posts.BOB, "2025-11-25");
    ping(Posts.ALICE, first);
    for (int i = 0; i < LegacySessions.MAX_PER_PRINCIPAL - 1; i++) {
      posts.initialize(Posts.ALICE, "2025-11-25");
    }
    assertEquals(200, ping(Posts.ALICE, first).status());
    assertEquals(404, ping(Posts.ALICE, second).status());
    assertEquals(200, ping(Posts.BOB, foreign).status());
  }

  @Test
  void theVersionHeaderMayBeAbsentAndMustBeServed() {
    String session = posts.initialize(Posts.ALICE, "2025-06-18");
    assertEquals(200, ping(Posts.ALICE, session, "MCP-Protocol-Version", "2025-06-18").status());
    Response response = ping(Posts.ALICE, session, "MCP-Protocol-Version", "1999-01-01");
    assertEquals(400, response.status());
    assertEquals(-32600, Posts.code(response));
  }

  @Test
  void notificationsAndAnswersAreTakenInSilence() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    for (String body : List.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")) {
      Response response = posts.post(Posts.ALICE, body, "Mcp-Session-Id", session);
      assertEquals(202, response.status());
      assertEquals(0, response.body().length);
    }
  }

  @Test
  void anUnknownMethodDoesNotEndTheSession() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    for (String method : List.of("no/such", "server/discover")) {
      Response response = posts.post(Posts.ALICE, Posts.message(method, "{}"),
          "Mcp-Session-Id", session);
      assertEquals(200, response.status());
      assertEquals(-32601, Posts.code(response));
    }
  }

  @Test
  void aSessionDoesNotNeedTheHeadersOfTheNewRevision() {
    String session = posts.initialize(Posts.ALICE, "2025-11-25");
    Response response = posts.post(Posts.ALICE, Posts.message("tools/call", "{\"name\":\"go\"}"),
        "Mcp-Session-Id", session, "Mcp-Method", "wrong");
    assertEquals("{\"content\":[{\"type\":\"text\",\"text\":\"gone\"}]}",
        Posts.result(response).toString());
  }

  @Test
  void aBatchIsAnsweredByAnArray() {
    String session = posts.initialize(Posts.ALICE, "2025-03-26");
    String call = Posts.message("tools/call", "{\"name\":\"go\"}");
    Response response = posts.post(Posts.ALICE, "[" + PING + "," + call
        + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},7,"
        + Posts.message("no/such", "{}") + "," + Posts.message("initialize", "{}") + "]",
        "Mcp-Session-Id", session);
    assertEquals(200, response.status());
    assertEquals(5, Posts.json(response).asArray().size());
    assertFalse(Posts.json(response).toString().contains("\"id\":null"));
    assertEquals(202, posts.post(Posts.ALICE,
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]", "Mcp-Session-Id", session).status());
  }

  @Test
  void aBatchThatTheTokenIsTooSmallForDoesNothing() {
    String session = posts.initialize(Posts.ALICE, "2025-03-26");
    Response response = posts.post(Posts.ALICE, "["
        + Posts.message("tools/call", "{\"name\":\"go\"}") + ","
        + Posts.message("tools/call", "{\"name\":\"write\"}") + "]", "Mcp-Session-Id", session);
    assertEquals(403, response.status());
    assertEquals(List.of(), ran);
  }

  @ParameterizedTest
  @CsvSource({"2025-06-18", "2025-11-25"})
  void laterRevisionsTakeNoBatches(String revision) {
    Response response = posts.post(Posts.ALICE, "[" + PING + "]",
        "Mcp-Session-Id", posts.initialize(Posts.ALICE, revision));
    assertEquals(400, response.status());
    assertEquals(-32600, Posts.code(response));
  }
}
