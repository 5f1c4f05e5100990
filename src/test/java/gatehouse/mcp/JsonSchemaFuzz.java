package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A schema and a value, a line each: what we say of the value is what another validator says, as
 * far as the two mean the same by the schema.
 */
public final class JsonSchemaFuzz {
  private static final SchemaRegistry OTHER =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private JsonSchemaFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    JsonObject json;
    JsonValue value;
    JsonSchema schema;
    try {
      json = Fields.readObject(line < 0 ? text : text.substring(0, line)).json();
      value = Fields.read(line < 0 ? "{}" : text.substring(line + 1));
      schema = JsonSchema.of(json);
    } catch (IllegalArgumentException e) {
      return;
    }
    List<String> problems = schema.problems(value);
    assertTrue(problems.size() <= 5);
    problems.forEach(problem -> assertTrue(problem.length() < 600, problem));
    assertEquals(problems, schema.problems(value), "the same question, another answer");
    String words = json.toString();
    if (problems.contains("it takes too long to check") || differs(words) || differs(text)) {
      return;
    }
    boolean valid;
    try {
      Schema other = OTHER.getSchema(words);
      valid = other.validate(value.toString(), InputFormat.JSON).isEmpty();
    } catch (RuntimeException | StackOverflowError e) {
      return; // the other one's limits
    }
    assertEquals(valid, problems.isEmpty(), () -> words + "\n" + value + "\n" + problems);
  }

  /** Where implementations rightly part: references, patterns, formats, extremes of numbers. */
  private static boolean differs(String text) {
    boolean exact = text.contains("unique") || text.contains("const") || text.contains("enum");
    return exact && text.matches("(?s).*[0-9]\\.[0-9].*") // 2 is 2.0, to us alone
        || text.contains("$") || text.contains("\\") || text.contains("attern")
        || text.contains("format") || text.contains("content") || text.contains("e")
        && text.matches("(?s).*[0-9][eE].*") || text.matches("(?s).*[0-9]{15}.*")
        || text.contains("ependencies") || text.contains("unevaluated") || text.contains("Contains")
        || text.matches("(?s).*multipleOf\"\\s*:\\s*[-0].*"); // has to be above zero
  }
}
