package gatehouse.conformance;

import static gatehouse.conformance.Fixtures.tool;

import com.eclipsesource.json.JsonObject;
import gatehouse.mcp.Answer;
import gatehouse.mcp.Ask;
import gatehouse.mcp.ClientFeature;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tools that need an answer before they can give one. Without a session such a tool is run again
 * from its beginning with every round of answers, which is why all of them ask first.
 */
final class AskingTools {
  static final String NAME = """
      {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}""";
  private static final String COLOR = """
      {"type": "object", "properties": {"color": {"type": "string"}}, "required": ["color"]}""";
  private static final String OK = """
      {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}""";

  private AskingTools() {
  }

  static List<Tool> all() {
    return List.of(
        asking("elicitation", "Asks for a name", call -> {
          Answer user = call.ask("user_name", Ask.form("What is your name?", NAME));
          return user.accepted() ? ToolResult.text("Hello, " + user.content().text("name") + "!")
              : ToolResult.text("Hello, whoever you are!");
        }),
        asking("sampling", "Asks the client's model", call -> {
          Answer model =
              call.ask("capital", Ask.sampling("What is the capital of France?", 100));
          return ToolResult.text("The model says: " + model.text());
        }),
        asking("list_roots", "Asks for the client's roots", call ->
            ToolResult.text("Found " + call.ask("roots", Ask.roots()).roots().size()
                + " root(s)")),
        asking("request_state", "Has something to remember until it is answered", call -> {
          call.keep(new JsonObject().add("asked", "ok?"));
          Answer confirm = call.ask("confirm", Ask.form("Go on?", OK));
          return ToolResult.text("state-ok: " + call.kept().text("asked", "nothing") + " "
              + (confirm.accepted() && confirm.content().flag("ok", false) ? "yes" : "no"));
        }),
        asking("multiple_inputs", "Asks three things at once", call -> {
          Map<String, Answer> all = call.ask(Map.of(
              "user_name", Ask.form("What is your name?", NAME),
              "greeting", Ask.sampling("Write a greeting", 50),
              "roots", Ask.roots()));
          return ToolResult.text(all.get("greeting").text() + ", "
              + all.get("roots").roots().size() + " root(s)");
        }),
        asking("multi_round", "Asks one thing after the other", call -> {
          Answer name = call.ask("step1", Ask.form("What is your name?", NAME));
          Answer color = call.ask("step2", Ask.form("Which color do you like?", COLOR));
          return name.accepted() && color.accepted()
              ? ToolResult.text(
                  name.content().text("name") + " likes " + color.content().text("color"))
              : ToolResult.text("As you like");
        }),
        asking("tampered_state", "Asks, and takes back no state but its own", call -> {
          Answer confirm = call.ask("confirm", Ask.form("Go on?", OK));
          return ToolResult.text("Untouched, " + confirm.action());
        }),
        asking("capabilities", "Asks only what this client can answer", call -> {
          Map<String, Ask> asks = new LinkedHashMap<>();
          if (call.supports(ClientFeature.FORM)) {
            asks.put("user_name", Ask.form("What is your name?", NAME));
          }
          if (call.supports(ClientFeature.SAMPLING)) {
            asks.put("greeting", Ask.sampling("Write a greeting", 50));
          }
          return ToolResult.text("Asked in " + call.ask(asks).size() + " way(s)");
        }));
  }

  private static Tool asking(String what, String description, Tool.Handler handler) {
    return tool("test_input_required_result_" + what, description).asks().handler(handler).build();
  }
}
