package gatehouse.mcp;

import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A tool's arguments against its schema; run with {@code gatehouse.bench.Primitives}. */
@State(Scope.Benchmark)
public class SchemaPrimitive {
  private final JsonSchema schema = JsonSchema.of("""
      {"type":"object","additionalProperties":false,"required":["to","amount"],"properties":{
        "to":{"type":"string","minLength":1,"maxLength":40},
        "amount":{"type":"integer","minimum":1,"maximum":1000000},
        "note":{"type":"string","maxLength":200}}}""");
  private final JsonValue arguments =
      Fields.read("{\"to\":\"bob\",\"amount\":12,\"note\":\"for lunch\"}");

  @Benchmark
  public List<String> checkArguments() {
    return schema.problems(arguments);
  }
}
