package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked when a tool is built. */
class ToolTest {
  private static Tool tool(String name, String input) {
    return Tool.named(name).input(input).handler(call -> ToolResult.text("")).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"getUser", "DATA_EXPORT_v2", "admin.tools.list", "a-b", "7"})
  void usableNamesAreTaken(String name) {
    assertDoesNotThrow(() -> Tool.named(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a,b", "naïve", "a/b", "a\n"})
  void otherNamesAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Tool.named(name));
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertDoesNotThrow(() -> Tool.named("x".repeat(128)));
    assertThrows(IllegalArgumentException.class, () -> Tool.named("x".repeat(129)));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{}",
      "{\"type\":\"array\"}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"http://h/s\"}}}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/none\"}}}",
      "{\"type\":\"object\",\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
      "{\"type\":\"object\",\"unevaluatedProperties\":false}"})
  void aSchemaThatCannotBeObeyedIsRefused(String input) {
    assertThrows(IllegalArgumentException.class, () -> tool("t", input));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}",
      "{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"two words\"}}",
      "{\"a\":{\"type\":\"string\",\"x-mcp-header\":7}}",
      "{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}",
      "{\"a\":{\"type\":\"object\",\"x-mcp-header\":\"A\"}}",
      "{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},"
          + "\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}",
      "{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}",
      "{\"a\":{\"anyOf\":[{\"type\":\"string\",\"x-mcp-header\":\"A\"}]}}"})
  void aMisusedHeaderAnnotationIsRefused(String properties) {
    assertThrows(IllegalArgumentException.class,
        () -> tool("t", "{\"type\":\"object\",\"properties\":" + properties + "}"));
  }

  @Test
  void aPropertyMayHappenToBeNamedLikeTheAnnotation() {
    assertDoesNotThrow(() -> tool("t",
        "{\"type\":\"object\",\"properties\":{\"x-mcp-header\":{\"type\":\"string\"}}}"));
  }

  @Test
  void aToolNeedsCode() {
    assertThrows(IllegalArgumentException.class, () -> Tool.named("t").build());
  }

  @Test
  void twoToolsOfOneNameAreRefused() {
    Tool tool = tool("t", "{\"type\":\"object\"}");
    assertThrows(IllegalArgumentException.class,
        () -> McpServer.named("s").tool(tool).tool(tool).build());
  }

  @Test
  void toolsMayComeAndGoWhileTheServerRuns() {
    McpServer server = McpServer.named("s").build();
    server.add(tool("t", "{\"type\":\"object\"}"));
    assertEquals(1, server.tools().size());
    assertEquals(true, server.remove("t"));
    assertEquals(false, server.remove("t"));
    assertEquals(0, server.tools().size());
  }
}
