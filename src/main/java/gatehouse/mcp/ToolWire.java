package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;

/**
 * How tools and their results look in each revision: the one place where they differ.
 *
 * <p>2025-03-26 knows no titles and nothing structured. 2025-06-18 and 2025-11-25 know structured
 * output that is an object. 2026-07-28 takes any JSON value (SEP-2106). What a revision does not
 * know is left out, and the text block that accompanies every structured value remains.
 */
final class ToolWire {

  private ToolWire() {
  }

  /** An entry of {@code tools/list}. Schemas go out as they were given, keyword for keyword. */
  static JsonObject tool(Tool tool, Revision revision) {
    JsonObject json = tool.entry(new JsonObject(), revision)
        .add("inputSchema", tool.input().json());
    if (tool.output() != null && revision.structuredOutput()
        && (revision.anyOutput() || isObjects(tool.output().json()))) {
      json.add("outputSchema", tool.output().json());
    }
    if (!tool.annotations().isEmpty()) {
      json.add("annotations", tool.annotations());
    }
    return json;
  }

  /** The result of {@code tools/call}. */
  static JsonObject result(ToolResult result, Revision revision) {
    JsonArray content = new JsonArray();
    result.content().forEach(block -> content.add(block.json(revision)));
    JsonObject json = new JsonObject().add("content", content);
    JsonValue structured = result.structured();
    if (structured != null && revision.structuredOutput()
        && (revision.anyOutput() || structured.isObject())) {
      json.add("structuredContent", structured);
    }
    if (result.meta() != null) {
      json.add("_meta", new JsonObject(result.meta()));
    }
    return result.isError() ? json.add("isError", true) : json;
  }

  /** Older revisions fix the root of an output schema to {@code "type":"object"}. */
  private static boolean isObjects(JsonObject schema) {
    JsonValue type = schema.get("type");
    return type != null && type.isString() && type.asString().equals("object");
  }
}
