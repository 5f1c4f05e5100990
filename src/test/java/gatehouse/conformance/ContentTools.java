package gatehouse.conformance;

import static gatehouse.conformance.Fixtures.tool;

import gatehouse.mcp.Call;
import gatehouse.mcp.Content;
import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import java.util.List;

/** Tools that answer by themselves: each kind of content, and what can be said about arguments. */
final class ContentTools {
  private ContentTools() {
  }

  static List<Tool> all() {
    return List.of(
        tool("test_simple_text", "Answers with a text")
            .handler(call -> ToolResult.text("This is a simple text response for testing."))
            .build(),
        tool("test_image_content", "Answers with a picture")
            .handler(call -> ToolResult.of(Content.image(Fixtures.PNG, "image/png")))
            .build(),
        tool("test_audio_content", "Answers with a sound")
            .handler(call -> ToolResult.of(Content.audio(Fixtures.WAV, "audio/wav")))
            .build(),
        tool("test_embedded_resource", "Answers with a resource")
            .handler(call -> ToolResult.of(Content.resource("test://embedded-resource",
                "text/plain", "This is an embedded resource content.")))
            .build(),
        tool("test_multiple_content_types", "Answers with a text, a picture and a resource")
            .handler(call -> ToolResult.of(
                Content.text("Multiple content types test:"),
                Content.image(Fixtures.PNG, "image/png"),
                Content.resource("test://mixed-content-resource", "application/json",
                    "{\"test\":\"data\",\"value\":123}")))
            .build(),
        tool("test_error_handling", "Fails, in words for the model")
            .handler(call ->
                ToolResult.error("This tool intentionally returns an error for testing"))
            .build(),
        tool("test_tool_with_progress", "Reports its progress")
            .handler(ContentTools::inThreeSteps)
            .build(),
        tool("test_x_mcp_header", "Has an argument that clients repeat in a header")
            .input("""
                {"type": "object", "properties": {
                  "region": {"type": "string", "x-mcp-header": "Region"}}}""")
            .handler(call -> ToolResult.text("Region: " + call.arguments().text("region", "none")))
            .build(),
        tool("json_schema_2020_12_tool", "Has a schema with much that JSON Schema can do")
            .input(CONTACT)
            .handler(call -> ToolResult.text("Arguments: " + call.arguments().json()))
            .build());
  }

  private static ToolResult inThreeSteps(Call call) throws InterruptedException {
    call.progress(0, 100, "begun");
    Fixtures.work();
    call.progress(50, 100, "half way");
    Fixtures.work();
    call.progress(100, 100, "done");
    return ToolResult.text("Three steps done");
  }

  private static final String CONTACT = """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
       "type": "object",
       "$defs": {"address": {"$anchor": "addressDef", "type": "object", "properties": {
         "street": {"type": "string"}, "city": {"type": "string"}}}},
       "properties": {
         "name": {"type": "string"},
         "address": {"$ref": "#/$defs/address"},
         "contactMethod": {"type": "string", "enum": ["phone", "email"]},
         "phone": {"type": "string"},
         "email": {"type": "string"}},
       "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
       "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
       "then": {"required": ["phone"]},
       "else": {"required": ["email"]},
       "additionalProperties": false}""";
}
