package gatehouse.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Person;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official TypeScript clients with their own OAuth code: 1.x in {@code sdk-1.mjs} and 2.x in
 * {@code sdk-2.mjs}, each from the bare MCP URL to a change that needs a step-up.
 */
@DisplayName("The official TypeScript clients")
class TypeScriptSdkTest {
  @RegisterExtension
  final GatehouseServer server = GatehouseServer.demo();

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "sdk-1.mjs, with-refresh, 2025-11-25",
    "sdk-1.mjs, without-refresh, 2025-11-25",
    "sdk-2.mjs, legacy, 2025-11-25",
    "sdk-2.mjs, auto, 2026-07-28",
    "sdk-2.mjs, 2026-07-28, 2026-07-28"})
  @DisplayName("connect, read, are stepped up and change, each user their own account")
  void connect_and_step_up(String script, String mode, String revision) {
    Script alice = run(script, mode, Person.ALICE, "Queen Alice");
    check(alice, revision, "acct-1001", "Alice Liddell", "Queen Alice");

    Script bob = run(script, mode, Person.BOB, "Bob the Great");
    check(bob, revision, "acct-1002", "Bob Builder", "Bob the Great");

    assertEquals("Queen Alice", displayName(Person.ALICE));
  }

  @Test
  @DisplayName("1.x with a refresh token gives up on a 403, changes nothing, and connects anew")
  void the_old_one_gives_up() {
    Script run = run("sdk-1.mjs", "with-refresh", Person.ALICE, "Queen Alice");
    assertTrue(run.first("refused").getString("message", "").contains("403"));
    assertEquals("Alice Liddell", run.first("unchanged").getString("display_name", null));
    assertEquals("account:read account:write", run.first("asked_again").getString("asked", null));
  }

  @Test
  @DisplayName("1.x without a refresh token asks for exactly the scopes of the 403")
  void the_old_one_steps_up() {
    Script run = run("sdk-1.mjs", "without-refresh", Person.ALICE, "Queen Alice");
    assertEquals("UnauthorizedError", run.first("refused").getString("error", null));
    assertEquals("Alice Liddell", run.first("unchanged").getString("display_name", null));
    assertEquals("account:read account:write", run.first("asked_again").getString("asked", null));
  }

  @Test
  @DisplayName("2.x asks for the union of what it has and what the 403 names")
  void the_new_one_steps_up() {
    Script run = run("sdk-2.mjs", "auto", Person.ALICE, "Queen Alice");
    assertEquals("account:read offline_access", run.first("unauthorized").getString("asked", null));
    assertEquals(Set.of("account:read", "account:write", "offline_access"),
        Set.of(run.last("unauthorized").getString("asked", "").split(" ")));
  }

  private Script run(String script, String mode, Person person, String newName) {
    return Script.run(
        script, server.mcpUrl(), person.name(), person.password(), newName, mode);
  }

  private static void check(
      Script run, String revision, String account, String oldName, String newName) {
    JsonObject connected = run.first("connected");
    assertEquals(revision, connected.getString("revision", null));
    assertEquals("gatehouse", connected.getString("server", null));
    assertTrue(names(run.first("tools")).contains("get_account"));
    assertEquals(account, run.first("account").getString("id", null));
    assertEquals(oldName, run.first("account").getString("display_name", null));
    assertEquals(account, run.first("changed").getString("id", null));
    assertEquals(newName, run.first("changed").getString("display_name", null));
    assertTrue(run.first("stepped_up").getString("scope", "").contains("account:write"));
    assertTrue(names(run.last("tools")).contains("update_account"),
        "the tools that the step-up has opened are not listed");
    if (run.has("refreshed")) {
      assertEquals("AUTHORIZED", run.first("refreshed").getString("result", null));
      assertTrue(run.first("refreshed").getBoolean("another", false));
      assertEquals(run.first("stepped_up").get("scope"), run.first("refreshed").get("scope"));
    }
  }

  private static List<String> names(JsonObject tools) {
    return tools.get("names").asArray().values().stream().map(JsonValue::asString).toList();
  }

  private String displayName(Person person) {
    return server.mcp(server.newClient().connect(person)).call("get_account").structured()
        .getString("display_name", null);
  }
}
