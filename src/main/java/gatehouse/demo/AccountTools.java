package gatehouse.demo;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.demo.Accounts.Account;
import gatehouse.demo.Accounts.Member;
import gatehouse.demo.Accounts.Preferences;
import gatehouse.json.Fields;
import gatehouse.mcp.Call;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.util.List;
import java.util.function.Function;

/**
 * The tools of the demo: five that read the caller's account, two that change it.
 *
 * <p>Reading needs {@code account:read}, changing {@code account:write}, which a client has to ask
 * for when it gets there (MCP authorization, "Step-Up Authorization Flow").
 *
 * <p>No tool takes the name of a user: whose account it is, is {@code call.access().subject()}.
 */
public final class AccountTools {
  private static final String READ = "account:read";
  private static final String WRITE = "account:write";

  /** A page of members is what a model can use; more would only fill memory. */
  private static final int MAX_MEMBERS = 100;

  private static final String ACCOUNT = object(
      text("id") + "," + text("display_name") + "," + text("email") + "," + text("plan"));

  private static final String USAGE = object(
      whole("requests") + "," + whole("included") + "," + whole("remaining"));

  private static final String BILLING = object(
      text("plan") + "," + text("currency") + "," + whole("open_cents"));

  private static final String PREFERENCES = object(
      text("language") + "," + text("timezone") + ",\"newsletter\":{\"type\":\"boolean\"}");

  private static final String MEMBERS = object(
      "\"members\":{\"type\":\"array\",\"items\":"
          + object(text("name") + "," + text("role")) + "}");

  private static final String UPDATE = """
      {"type":"object","additionalProperties":false,"minProperties":1,"properties":{
        "display_name":{"type":"string","minLength":1,"maxLength":100},
        "email":{"type":"string","minLength":3,"maxLength":254,"pattern":"^[^@ ]+@[^@ ]+$"},
        "language":{"type":"string","minLength":2,"maxLength":35},
        "timezone":{"type":"string","minLength":1,"maxLength":64},
        "newsletter":{"type":"boolean"}}}""";

  private static final String ADD_MEMBER = """
      {"type":"object","additionalProperties":false,"required":["name","role"],"properties":{
        "name":{"type":"string","minLength":1,"maxLength":100},
        "role":{"type":"string","enum":["viewer","editor","owner"]}}}""";

  private AccountTools() {
  }

  /** All of them, over these accounts. */
  public static List<Tool> all(Accounts accounts) {
    return List.of(
        reading("get_account", "Account", "Who you are here and on which plan.", ACCOUNT,
            accounts, AccountTools::account),
        reading("get_account_usage", "Usage", "How much of the plan you used this month.", USAGE,
            accounts, AccountTools::usage),
        reading("get_account_billing", "Billing", "What you have to pay.", BILLING,
            accounts, AccountTools::billing),
        reading("list_account_members", "Members", "Who may use your account, and as what.",
            MEMBERS, accounts, AccountTools::members),
        reading("get_account_preferences", "Preferences", "Language, time zone and newsletter.",
            PREFERENCES, accounts, AccountTools::preferences),
        Tool.named("update_account").title("Update account")
            .description("Changes your name, e-mail address or preferences; give at least one.")
            .input(UPDATE).output(ACCOUNT).scopes(WRITE)
            .destructive(true).idempotent().openWorld(false)
            .handler(call -> update(accounts, call)).build(),
        Tool.named("add_account_member").title("Add member")
            .description("Lets someone use your account as viewer, editor or owner.")
            .input(ADD_MEMBER).output(MEMBERS).scopes(WRITE)
            .destructive(false).openWorld(false)
            .handler(call -> addMember(accounts, call)).build());
  }

  private static Tool reading(String name, String title, String description, String output,
      Accounts accounts, Function<Account, JsonObject> view) {
    return Tool.named(name).title(title).description(description).output(output).scopes(READ)
        .readOnly().openWorld(false)
        .handler(call -> ToolResult.structured(view.apply(accounts.of(call.access().subject()))))
        .build();
  }

  private static ToolResult update(Accounts accounts, Call call) {
    Fields given = call.arguments();
    return ToolResult.structured(account(accounts.change(call.access().subject(), account -> {
      Preferences old = account.preferences();
      return account.with(given.text("display_name", account.displayName()),
          given.text("email", account.email()),
          new Preferences(given.text("language", old.language()),
              given.text("timezone", old.timezone()),
              given.flag("newsletter", old.newsletter())));
    })));
  }

  private static ToolResult addMember(Accounts accounts, Call call) {
    Member member = new Member(
        call.arguments().needText("name"), call.arguments().needText("role"));
    Account changed = accounts.change(call.access().subject(),
        account -> takes(account, member) ? account.with(member) : account);
    // Adding the same member again finds it there, which is what was wanted.
    return changed.members().contains(member) ? ToolResult.structured(members(changed))
        : ToolResult.error("There is a member of this name already, or there are "
            + MAX_MEMBERS + " members, which is the most an account can have.");
  }

  private static boolean takes(Account account, Member member) {
    return account.members().size() < MAX_MEMBERS
        && account.members().stream().noneMatch(known -> known.name().equals(member.name()));
  }

  private static JsonObject account(Account account) {
    return new JsonObject().add("id", account.id()).add("display_name", account.displayName())
        .add("email", account.email()).add("plan", account.plan());
  }

  private static JsonObject usage(Account account) {
    int used = account.usage().requests();
    int included = account.usage().included();
    return new JsonObject().add("requests", used).add("included", included)
        .add("remaining", Math.max(0, included - used));
  }

  private static JsonObject billing(Account account) {
    return new JsonObject().add("plan", account.plan()).add("currency", "EUR")
        .add("open_cents", account.usage().openCents());
  }

  private static JsonObject preferences(Account account) {
    return new JsonObject().add("language", account.preferences().language())
        .add("timezone", account.preferences().timezone())
        .add("newsletter", account.preferences().newsletter());
  }

  private static JsonObject members(Account account) {
    JsonArray members = new JsonArray();
    account.members().forEach(member -> members.add(
        new JsonObject().add("name", member.name()).add("role", member.role())));
    return new JsonObject().add("members", members);
  }

  private static String object(String properties) {
    return "{\"type\":\"object\",\"properties\":{" + properties + "}}";
  }

  private static String text(String name) {
    return "\"" + name + "\":{\"type\":\"string\"}";
  }

  private static String whole(String name) {
    return "\"" + name + "\":{\"type\":\"integer\"}";
  }
}
