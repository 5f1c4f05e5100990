package gatehouse.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.http.Response;
import gatehouse.mcp.McpServer;
import gatehouse.mcp.Posts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of the demo: everybody sees and changes his own account. */
class AccountToolsTest {
  private static final Access ALICE = Posts.access("alice", "account:read", "account:write");
  private static final Access BOB = Posts.access("bob", "account:read", "account:write");

  private final Posts posts =
      new Posts(McpServer.named("demo").tools(AccountTools.all(new Accounts())).build());

  private JsonObject call(Access access, String tool, String arguments) {
    return Posts.result(posts.modern(access, "tools/call",
        "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}"));
  }

  private String value(Access access, String tool, String arguments) {
    JsonObject result = call(access, tool, arguments);
    assertFalse(result.getBoolean("isError", false), result.toString());
    return result.get("structuredContent").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_account", "get_account_usage", "get_account_billing",
      "list_account_members", "get_account_preferences"})
  void readingGivesEachUserHisOwn(String tool) {
    String alice = value(ALICE, tool, "{}");
    assertFalse(alice.equals(value(BOB, tool, "{}")));
    assertTrue(value(Posts.access("carol", "account:read"), tool, "{}").startsWith("{"));
    assertEquals(alice, value(ALICE, tool, "{}"));
  }

  @Test
  void changingReachesNobodyElse() {
    String bob = value(BOB, "get_account", "{}") + value(BOB, "list_account_members", "{}");
    value(ALICE, "update_account", "{\"display_name\":\"Queen\",\"newsletter\":false}");
    value(ALICE, "add_account_member", "{\"name\":\"Cheshire Cat\",\"role\":\"viewer\"}");
    assertTrue(value(ALICE, "get_account", "{}").contains("Queen"));
    assertTrue(value(ALICE, "get_account", "{}").contains("alice@example.com"));
    assertTrue(value(ALICE, "get_account_preferences", "{}").contains("\"newsletter\":false"));
    assertTrue(value(ALICE, "list_account_members", "{}").contains("Cheshire Cat"));
    assertEquals(bob, value(BOB, "get_account", "{}") + value(BOB, "list_account_members", "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"id\":\"acct-1002\",\"display_name\":\"x\"}",
      "{\"subject\":\"bob\",\"display_name\":\"x\"}", "{\"email\":\"nobody\"}",
      "{\"display_name\":\"\"}", "{\"display_name\":7}"})
  void anArgumentThatIsNotOfferedIsRefused(String arguments) {
    assertTrue(call(ALICE, "update_account", arguments).getBoolean("isError", false));
    assertTrue(value(ALICE, "get_account", "{}").contains("Alice Liddell"));
  }

  @Test
  void membersAreBounded() {
    for (int i = 0; i < 97; i++) {
      value(ALICE, "add_account_member", "{\"name\":\"m" + i + "\",\"role\":\"viewer\"}");
    }
    assertTrue(call(ALICE, "add_account_member", "{\"name\":\"one more\",\"role\":\"viewer\"}")
        .getBoolean("isError", false));
  }

  @Test
  void readersAreAskedToStepUpBeforeTheyChangeAnything() {
    Response response = posts.modern(Posts.ALICE, "tools/call",
        "{\"name\":\"update_account\",\"arguments\":{\"display_name\":\"x\"}}");
    assertEquals(403, response.status());
    assertTrue(response.header("WWW-Authenticate")
        .contains("scope=\"account:read account:write\""));
    assertEquals(5, Posts.result(posts.modern(Posts.ALICE, "tools/list", "{}"))
        .get("tools").asArray().size());
  }
}
