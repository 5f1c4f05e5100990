package gatehouse.conformance;

import static gatehouse.conformance.Fixtures.tool;

import gatehouse.mcp.Answer;
import gatehouse.mcp.Ask;
import gatehouse.mcp.Call;
import gatehouse.mcp.ClientFeature;
import gatehouse.mcp.JsonRpcError;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.util.List;
import java.util.Map;

/**
 * Tools that may go on after their request was answered (the tasks extension). A client that does
 * not know tasks waits for the same work instead.
 */
final class TaskTools {
  private static final String YES_OR_NO = """
      {"type": "object", "properties": {"confirm": {"type": "boolean"}},
       "required": ["confirm"]}""";

  private TaskTools() {
  }

  static List<Tool> all() {
    return List.of(
        tool("greet", "Greets, at once and always")
            .input(AskingTools.NAME)
            .handler(call ->
                ToolResult.text("Hello, " + call.arguments().needText("name") + "!"))
            .build(),
        tool("slow_compute", "Takes as many seconds as it is told")
            .tasks()
            .input("""
                {"type": "object", "properties": {
                  "seconds": {"type": "number"}, "label": {"type": "string"}},
                 "required": ["seconds"]}""")
            .handler(TaskTools::compute)
            .build(),
        tool("failing_job", "Fails after a second, and only as a task")
            .tasks().needs(ClientFeature.TASKS)
            .handler(call -> call.later(task -> {
              Thread.sleep(1_000);
              return ToolResult.error("The job has failed, as it always does");
            }))
            .build(),
        tool("protocol_error_job", "Ends with an error of the protocol")
            .tasks()
            .handler(call -> call.later(task -> {
              throw JsonRpcError.params("this job accepts nothing");
            }))
            .build(),
        tool("confirm_delete", "Asks before it pretends to delete a file")
            .tasks().asks()
            .input("""
                {"type": "object", "properties": {"filename": {"type": "string"}},
                 "required": ["filename"]}""")
            .handler(TaskTools::confirmThenDelete)
            .build(),
        tool("multi_input", "Asks two things that can be answered one by one")
            .tasks().asks()
            .handler(call -> call.later(task -> {
              Map<String, Answer> all = task.ask(Map.of(
                  "first", Ask.form("The first thing?", YES_OR_NO),
                  "second", Ask.form("The second thing?", YES_OR_NO)));
              return ToolResult.text("Got " + all.size() + " answers");
            }))
            .build(),
        tool("test_tool_with_task", "Asks first, and becomes a task then")
            .tasks().asks()
            .handler(call -> {
              Answer user = call.ask("user_name",
                  Ask.form("What is your name?", AskingTools.NAME));
              String name = user.accepted() ? user.content().text("name") : "nobody";
              return call.later(task -> ToolResult.text("Hello, " + name + "!"));
            })
            .build());
  }

  private static ToolResult compute(Call call) throws Exception {
    long seconds = call.arguments().number("seconds", 0);
    String done = "Computed " + call.arguments().text("label", "something");
    if (seconds == 0) {
      return ToolResult.text(done);
    }
    return call.later(task -> {
      for (int i = 1; i <= seconds; i++) {
        Thread.sleep(1_000);
        task.progress(i, seconds, i + " of " + seconds + " seconds");
      }
      return ToolResult.text(done);
    });
  }

  private static ToolResult confirmThenDelete(Call call) throws Exception {
    String file = call.arguments().needText("filename");
    return call.later(task -> {
      Answer sure = task.ask("confirm", Ask.form("Delete " + file + "?", YES_OR_NO));
      boolean yes = sure.accepted() && sure.content().flag("confirm", false);
      return ToolResult.text(yes ? "Deleted " + file : "Left " + file + " alone");
    });
  }
}
