package gatehouse.conformance;

import static gatehouse.conformance.Fixtures.tool;

import gatehouse.mcp.Answer;
import gatehouse.mcp.Ask;
import gatehouse.mcp.Call;
import gatehouse.mcp.ClientFeature;
import gatehouse.mcp.LogLevel;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.util.List;
import java.util.Locale;

/**
 * Tools that say something besides their result: logs, questions inside a session, news of lists.
 */
final class ConversationTools {
  private ConversationTools() {
  }

  static List<Tool> all() {
    return List.of(
        tool("test_tool_with_logging", "Logs what it does")
            .handler(call -> {
              call.log(LogLevel.INFO, "Tool execution started");
              Fixtures.work();
              call.log(LogLevel.INFO, "Tool processing data");
              Fixtures.work();
              call.log(LogLevel.INFO, "Tool execution completed");
              return ToolResult.text("Logged three times");
            })
            .build(),
        tool("test_logging_tool", "Logs something that only those who asked for logs may see")
            .handler(call -> {
              call.log(LogLevel.INFO, "Logged without being asked");
              return ToolResult.text("Logged once");
            })
            .build(),
        tool("test_sampling", "Asks the client's model")
            .asks()
            .input("""
                {"type": "object", "properties": {"prompt": {"type": "string"}},
                 "required": ["prompt"]}""")
            .handler(call -> {
              Ask ask = Ask.sampling(call.arguments().needText("prompt"), 100);
              return ToolResult.text("LLM response: " + call.ask("answer", ask).text());
            })
            .build(),
        tool("test_elicitation", "Asks the user")
            .asks()
            .input("""
                {"type": "object", "properties": {"message": {"type": "string"}},
                 "required": ["message"]}""")
            .handler(call -> {
              Ask ask = Ask.form(call.arguments().needText("message"), USER);
              return ToolResult.text("User response: " + told(call.ask("user", ask)));
            })
            .build(),
        tool("test_elicitation_sep1034_defaults", "Asks with a default for every type")
            .asks()
            .handler(call -> elicited(call, DEFAULTS))
            .build(),
        tool("test_elicitation_sep1330_enums", "Asks for choices, in each way to describe them")
            .asks()
            .handler(call -> elicited(call, CHOICES))
            .build(),
        tool("test_streaming_elicitation", "Asks on a stream")
            .streams().asks()
            .handler(call -> elicited(call, USER))
            .build(),
        tool("test_missing_capability", "Needs a client with a model")
            .needs(ClientFeature.SAMPLING)
            .handler(call -> ToolResult.text("Success"))
            .build(),
        tool("test_reconnection", "Hangs up, and goes on for those who come back")
            .streams()
            .handler(call -> {
              call.hangUp();
              Thread.sleep(100);
              return ToolResult.text("Reconnection test completed successfully.");
            })
            .build(),
        tool("test_trigger_tool_change", "Says that the list of tools has changed")
            .handler(call -> {
              call.server().toolsChanged();
              return ToolResult.text("Said so");
            })
            .build(),
        tool("test_trigger_prompt_change", "Says that the list of prompts has changed")
            .handler(call -> {
              call.server().promptsChanged();
              return ToolResult.text("Said so");
            })
            .build(),
        tool("test_trigger_resource_update", "Says that the watched resource has changed")
            .handler(call -> {
              call.server().resourceUpdated(Resources.WATCHED);
              return ToolResult.text("Said so");
            })
            .build());
  }

  private static ToolResult elicited(Call call, String schema) throws InterruptedException {
    Answer answer = call.ask("form", Ask.form("Please fill in this form", schema));
    return ToolResult.text("Elicitation completed: " + told(answer));
  }

  private static String told(Answer answer) {
    return "action=" + answer.action().name().toLowerCase(Locale.ROOT)
        + ", content=" + (answer.accepted() ? answer.content().json() : "{}");
  }

  private static final String USER = """
      {"type": "object", "properties": {
        "username": {"type": "string", "description": "The name of the user"},
        "email": {"type": "string", "description": "The address of the user"}},
       "required": ["username", "email"]}""";

  /** SEP-1034: a client fills in what the user leaves. */
  private static final String DEFAULTS = """
      {"type": "object", "properties": {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"],
          "default": "active"},
        "verified": {"type": "boolean", "default": true}},
       "required": []}""";

  /** SEP-1330: one or several of a few, with and without titles, and the old way. */
  private static final String CHOICES = """
      {"type": "object", "properties": {
        "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
        "titledSingle": {"type": "string", "oneOf": [
          {"const": "value1", "title": "First Option"},
          {"const": "value2", "title": "Second Option"},
          {"const": "value3", "title": "Third Option"}]},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
          "enumNames": ["Option One", "Option Two", "Option Three"]},
        "untitledMulti": {"type": "array", "minItems": 1, "maxItems": 3,
          "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
        "titledMulti": {"type": "array", "minItems": 1, "maxItems": 3,
          "items": {"anyOf": [
            {"const": "value1", "title": "First Choice"},
            {"const": "value2", "title": "Second Choice"},
            {"const": "value3", "title": "Third Choice"}]}}},
       "required": []}""";
}
