package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;

/**
 * What a tool answers: blocks for reading, a value for computing, or a failure that a model can
 * understand and mend.
 *
 * <p>"Tool Result" and "Structured Content". A structured value is also given as text, for clients
 * that show nothing else.
 *
 * @param content the blocks
 * @param structured the value, or null
 * @param isError whether the tool could not do what was asked
 * @param meta more about the result, for clients that know the keys; or null
 */
public record ToolResult(
    List<Content> content, JsonValue structured, boolean isError, JsonObject meta) {

  /** A result that nobody can change. */
  public ToolResult {
    content = List.copyOf(content);
  }

  /** A text. */
  public static ToolResult text(String text) {
    return of(Content.text(text));
  }

  /** Any blocks. */
  public static ToolResult of(Content... blocks) {
    return new ToolResult(List.of(blocks), null, false, null);
  }

  /** A value, which conforms to the tool's output schema; the text is made from it. */
  public static ToolResult structured(JsonValue value) {
    return new ToolResult(List.of(Content.text(value.toString())), value, false, null);
  }

  /** A value together with words of its own. */
  public static ToolResult structured(JsonValue value, Content... blocks) {
    return new ToolResult(List.of(blocks), value, false, null);
  }

  /** A failure, told to the model in a sentence that helps it to do better. */
  public static ToolResult error(String text) {
    return new ToolResult(List.of(Content.text(text)), null, true, null);
  }

  /** The same with more about it. */
  public ToolResult withMeta(JsonObject more) {
    return new ToolResult(content, structured, isError, more);
  }
}
