package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.json.Fields;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schema 2020-12, as far as it is supported. */
class JsonSchemaTest {

  private static List<String> problems(String schema, String value) {
    return JsonSchema.of(schema).problems(Fields.read(value));
  }

  @ParameterizedTest(name = "{0} takes {1}, refuses {2}")
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"type":"integer"}                       | 1.0            | 1.5
      {"type":"integer"}                       | 12345678901234567890 | "1"
      {"type":["string","null"]}               | null           | 1
      {"type":"boolean"}                       | true           | 0
      {"enum":["a",1,null]}                    | 1.0            | "b"
      {"const":{"a":1,"b":[2]}}                | {"b":[2.0],"a":1} | {"a":1}
      {"required":["a"]}                       | {"a":null}     | {}
      {"properties":{"a":{"type":"string"}}}   | {"a":"x"}      | {"a":1}
      {"additionalProperties":false}           | {}             | {"a":1}
      {"properties":{"a":true},"additionalProperties":false} | {"a":1} | {"b":1}
      {"patternProperties":{"^x":{"minimum":1}}} | {"x":1,"y":0}  | {"x":0}
      {"patternProperties":{"^x":true},"additionalProperties":{"const":0}} | {"x":1,"y":0} | {"y":1}
      {"propertyNames":{"maxLength":2}}        | {"ab":1}       | {"abc":1}
      {"minProperties":1,"maxProperties":1}    | {"a":1}        | {}
      {"dependentRequired":{"a":["b"]}}        | {"b":1}        | {"a":1}
      {"dependentSchemas":{"a":{"required":["b"]}}} | {"a":1,"b":1} | {"a":1}
      {"items":{"type":"integer"}}             | [1,2]          | [1,"2"]
      {"prefixItems":[{"type":"string"}],"items":false} | ["a"] | ["a",1]
      {"contains":{"const":1},"minContains":2} | [1,1]          | [1,2]
      {"contains":{"const":1},"maxContains":1} | [1]            | [1,1]
      {"minItems":1,"maxItems":2}              | [1]            | []
      {"uniqueItems":true}                     | [1,"1",{"a":1}] | [{"a":1},{"a":1.0}]
      {"minLength":2,"maxLength":2}            | "😀😀"         | "abc"
      {"pattern":"^[a-z]+$"}                   | "abc"          | "abc\\n"
      {"pattern":"b"}                          | "abc"          | "ac"
      {"minimum":1,"maximum":2}                | 2              | 2.5
      {"exclusiveMinimum":1}                   | 1.1            | 1
      {"exclusiveMaximum":1}                   | 0.9            | 1.0
      {"multipleOf":0.1}                       | 0.3            | 0.35
      {"allOf":[{"minimum":1},{"maximum":3}]}  | 2              | 4
      {"anyOf":[{"type":"string"},{"type":"null"}]} | null      | 1
      {"oneOf":[{"multipleOf":2},{"multipleOf":3}]} | 4         | 6
      {"not":{"type":"string"}}                | 1              | "x"
      {"if":{"minimum":5},"then":{"maximum":9},"else":{"multipleOf":2}} | 4 | 3
      {"if":{"minimum":5},"then":{"maximum":9}} | 3             | 10
      {"$defs":{"p":{"minimum":1}},"$ref":"#/$defs/p"} | 1      | 0
      {"$defs":{"p":{"$anchor":"pos","minimum":1}},"$ref":"#pos"} | 1 | 0
      {"definitions":{"a/b":{"minimum":1}},"$ref":"#/definitions/a~1b"} | 1 | 0
      {"properties":{"n":{"$ref":"#"}},"required":["v"]} | {"v":1,"n":{"v":2}} | {"v":1,"n":{}}
      {"format":"email","x-other":7}           | "no mail"      | -
      {"type":"string","minimum":5}            | "a"            | 4
      """)
  void keywordsTellGoodFromBad(String schema, String good, String bad) {
    assertEquals(List.of(), problems(schema, good));
    if (!bad.equals("-")) {
      assertFalse(problems(schema, bad).isEmpty());
    }
  }

  @Test
  void problemsNameThePlaceAndNotTheValue() {
    List<String> problems = problems(
        "{\"properties\":{\"a\":{\"items\":{\"enum\":[\"x\",\"y\"]}}}}",
        "{\"a\":[\"x\",\"hush\"]}");
    assertEquals(List.of("'/a/1' must be one of [\"x\",\"y\"]"), problems);
  }

  @Test
  void thereAreNeverManyProblems() {
    assertEquals(5, problems("{\"items\":{\"type\":\"string\"}}", "[1,2,3,4,5,6,7,8]").size());
  }

  @Test
  void anExponentialPatternIsStopped() {
    String evil = "{\"pattern\":\"^(a+)+$\"}";
    String value = "\"" + "a".repeat(60) + "!\"";
    assertTimeout(Duration.ofSeconds(2),
        () -> assertFalse(problems(evil, value).isEmpty()));
  }

  @Test
  void aPatternThatRecursesOnALongTextIsStopped() {
    String value = "\"" + "ab".repeat(50_000) + "\"";
    assertFalse(problems("{\"pattern\":\"^(a|b)*$\"}", value).isEmpty());
  }

  @Test
  void aReferenceToItselfIsStopped() {
    assertEquals(List.of("it takes too long to check"),
        problems("{\"$ref\":\"#\"}", "1"));
    assertEquals(List.of("it takes too long to check"),
        problems("{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}", "1"));
  }

  @Test
  void branchesThatMultiplyAreStopped() {
    String schema = "{\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}}}";
    String value = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    assertTimeout(Duration.ofSeconds(5),
        () -> assertFalse(problems(schema, value).isEmpty()));
  }

  @Test
  void extremeNumbersCostNothing() {
    assertTimeout(Duration.ofSeconds(1), () -> {
      assertTrue(problems("{\"minimum\":0}", "1e999999999").isEmpty());
      assertFalse(problems("{\"multipleOf\":3}", "1e999999999").isEmpty());
      assertFalse(problems("{\"enum\":[1]}", "1e999999999").isEmpty());
      assertFalse(problems("{\"type\":\"integer\"}", "1e-999999999").isEmpty());
    });
  }

  @Test
  void theSchemaOfTheConformanceSuiteIsUnderstood() {
    String schema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
         "$defs":{"address":{"$anchor":"addressDef","type":"object",
           "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
         "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
           "contactMethod":{"type":"string","enum":["phone","email"]},
           "phone":{"type":"string"},"email":{"type":"string"}},
         "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
         "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
         "then":{"required":["phone"]},"else":{"required":["email"]},
         "additionalProperties":false}""";
    assertTrue(problems(schema, "{\"contactMethod\":\"phone\",\"phone\":\"1\"}").isEmpty());
    assertFalse(problems(schema, "{\"contactMethod\":\"phone\",\"email\":\"1\"}").isEmpty());
    assertFalse(problems(schema, "{\"email\":\"1\",\"address\":{\"city\":7}}").isEmpty());
  }
}
