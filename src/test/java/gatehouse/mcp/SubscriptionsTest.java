package gatehouse.mcp;

import static gatehouse.mcp.Listener.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code subscriptions/listen}. */
class SubscriptionsTest {
  private static final String EVERYTHING = "{\"toolsListChanged\":true,\"promptsListChanged\":true,"
      + "\"resourcesListChanged\":true,\"resourceSubscriptions\":[\"test://a\",\"test://secret\","
      + "\"test://none\"]}";

  private final McpServer server = McpServer.named("t")
      .resource(Resource.at("test://a").text("a").build())
      .resource(Resource.at("test://secret").scopes("account:write").text("s").build())
      .build();
  private final Posts posts = new Posts(server);

  private Response send(Access access, String filter) {
    return posts.modern(access, "subscriptions/listen", "{\"notifications\":" + filter + "}");
  }

  private Listener listen(String filter) throws InterruptedException {
    Listener listener = Listener.to(send(Posts.ALICE, filter));
    assertEquals("notifications/subscriptions/acknowledged", at(listener.message(), "method"));
    return listener;
  }

  @Test
  void theFirstMessageSaysWhatWillBeTold() throws InterruptedException {
    JsonObject first = Listener.to(send(Posts.ALICE, EVERYTHING)).message();
    // There are no prompts here; the secret and the missing one may not be told apart.
    assertEquals("{\"toolsListChanged\":true,\"resourcesListChanged\":true,"
        + "\"resourceSubscriptions\":[\"test://a\"]}", at(first, "params", "notifications"));
    assertEquals("7", at(first, "params", "_meta", RequestMeta.SUBSCRIPTION));
  }

  @Test
  void onlyWhatIsWantedIsTold() throws InterruptedException {
    Listener listener = listen("{\"toolsListChanged\":true}");
    server.resourcesChanged();
    server.resourceUpdated("test://a");
    server.add(Tool.named("new").handler(call -> ToolResult.text("")).build());
    JsonObject message = listener.message();
    assertEquals("notifications/tools/list_changed", at(message, "method"));
    assertEquals("7", at(message, "params", "_meta", RequestMeta.SUBSCRIPTION));
  }

  @Test
  void updatesNameTheirResource() throws InterruptedException {
    Listener listener = listen(EVERYTHING);
    server.resourceUpdated("test://secret");
    server.resourceUpdated("test://a");
    assertEquals("test://a", at(listener.message(), "params", "uri"));
  }

  @Test
  void aServerThatStopsEndsItWithAResult() throws InterruptedException {
    Listener one = listen(EVERYTHING);
    Listener two = listen("{}");
    server.close();
    for (Listener listener : new Listener[] {one, two}) {
      JsonObject last = listener.message();
      assertEquals("complete", at(last, "result", "resultType"));
      assertEquals("7", at(last, "result", "_meta", RequestMeta.SUBSCRIPTION));
      listener.end();
    }
    JsonObject late = listen("{}").message();
    assertNotNull(late.get("result"));
  }

  @Test
  void itEndsWithTheToken() throws InterruptedException {
    Access brief = new Access("alice", "client", Set.of(), Set.of(), Instant.now().plusMillis(50));
    Listener listener = Listener.to(send(brief, "{}"));
    listener.message();
    assertEquals("complete", at(listener.message(), "result", "resultType"));
    listener.end();
  }

  @Test
  void aListenerThatHangsUpIsForgotten() throws InterruptedException {
    Listener listener = listen("{\"toolsListChanged\":true}");
    listener.hangUp();
    server.toolsChanged();
    listener.end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "{\"toolsListChanged\":\"yes\"}", "{\"resourceSubscriptions\":[7]}"})
  void aFilterOfTheWrongShapeIsRefused(String filter) {
    assertEquals(-32602, Posts.code(send(Posts.ALICE, filter)));
  }

  @Test
  void tasksNeedTheirExtension() {
    Response response = send(Posts.ALICE, "{\"taskIds\":[\"x\"]}");
    assertEquals(400, response.status());
    assertEquals(-32021, Posts.code(response));
  }
}
