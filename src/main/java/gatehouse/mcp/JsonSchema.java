package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import gatehouse.json.Fields;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A JSON Schema, checked once when it is made, against which values are checked often.
 *
 * <p>MCP basic, "JSON Schema Usage": dialect 2020-12, no {@code $ref} over the network, bounds on
 * what a check may cost. Supported are all assertions of 2020-12 but {@code unevaluated*} and
 * {@code $dynamicRef}; a schema with those is refused rather than half obeyed. {@code format} is an
 * annotation, as 2020-12 has it by default; members that are no keywords are left alone.
 *
 * <p>This class reads and refuses schemas; {@link SchemaCheck} checks values. Immutable.
 */
final class JsonSchema {
  /** Schemas within one schema; the largest of a real tool that we know has 300. */
  private static final int MAX_SUBSCHEMAS = 2_000;

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** What the value of a keyword has to be. */
  private enum Kind { SCHEMA, SCHEMAS, SCHEMA_MAP, NUMBER, COUNT, STRINGS, STRINGS_MAP, FLAG, TYPE,
    TEXT, PATTERN, PATTERN_MAP, REFUSED }

  private static final Map<String, Kind> KEYWORDS = Map.ofEntries(
      Map.entry("type", Kind.TYPE), Map.entry("enum", Kind.SCHEMAS),
      Map.entry("properties", Kind.SCHEMA_MAP), Map.entry("patternProperties", Kind.PATTERN_MAP),
      Map.entry("additionalProperties", Kind.SCHEMA), Map.entry("propertyNames", Kind.SCHEMA),
      Map.entry("required", Kind.STRINGS), Map.entry("dependentRequired", Kind.STRINGS_MAP),
      Map.entry("dependentSchemas", Kind.SCHEMA_MAP),
      Map.entry("minProperties", Kind.COUNT), Map.entry("maxProperties", Kind.COUNT),
      Map.entry("items", Kind.SCHEMA), Map.entry("prefixItems", Kind.SCHEMAS),
      Map.entry("contains", Kind.SCHEMA), Map.entry("minContains", Kind.COUNT),
      Map.entry("maxContains", Kind.COUNT), Map.entry("minItems", Kind.COUNT),
      Map.entry("maxItems", Kind.COUNT), Map.entry("uniqueItems", Kind.FLAG),
      Map.entry("minLength", Kind.COUNT), Map.entry("maxLength", Kind.COUNT),
      Map.entry("pattern", Kind.PATTERN), Map.entry("minimum", Kind.NUMBER),
      Map.entry("maximum", Kind.NUMBER), Map.entry("exclusiveMinimum", Kind.NUMBER),
      Map.entry("exclusiveMaximum", Kind.NUMBER), Map.entry("multipleOf", Kind.NUMBER),
      Map.entry("allOf", Kind.SCHEMAS), Map.entry("anyOf", Kind.SCHEMAS),
      Map.entry("oneOf", Kind.SCHEMAS), Map.entry("not", Kind.SCHEMA),
      Map.entry("if", Kind.SCHEMA), Map.entry("then", Kind.SCHEMA),
      Map.entry("else", Kind.SCHEMA), Map.entry("$defs", Kind.SCHEMA_MAP),
      Map.entry("$ref", Kind.TEXT), Map.entry("$anchor", Kind.TEXT),
      Map.entry("unevaluatedItems", Kind.REFUSED),
      Map.entry("unevaluatedProperties", Kind.REFUSED),
      Map.entry("$dynamicRef", Kind.REFUSED));

  private static final Set<String> TYPES =
      Set.of("null", "boolean", "object", "array", "number", "integer", "string");

  /** A program of tests starts its server again and again, with the same tools each time. */
  private static final Known KNOWN = new Known();

  private final JsonObject root;
  private final Map<String, JsonValue> references = new HashMap<>();
  private final Map<String, Pattern> patterns = new HashMap<>();

  private JsonSchema(JsonObject root) {
    this.root = root;
  }

  /**
   * Reads a schema.
   *
   * @throws IllegalArgumentException if it is not one, or one that we cannot obey
   */
  static JsonSchema of(JsonObject given) {
    // By its text: the caller's object could change after it was checked.
    return of(given.toString());
  }

  /** Reads a schema from JSON text. */
  static JsonSchema of(String text) {
    JsonSchema known = KNOWN.get(text);
    return known == null ? KNOWN.add(text, read(Fields.readObject(text).json())) : known;
  }

  private static JsonSchema read(JsonObject root) {
    JsonSchema schema = new JsonSchema(root);
    String dialect = Fields.of(root).text("$schema", DIALECT);
    if (!dialect.equals(DIALECT) && !dialect.equals(DIALECT + "#")) {
      throw new IllegalArgumentException("the schema dialect is not supported: " + dialect);
    }
    schema.new Reader().read(root);
    return schema;
  }

  /** The schema as it was given; not to be changed, as others may have the same. */
  JsonObject json() {
    return root;
  }

  /** What is wrong with the value, a few sentences at most; empty if nothing is. */
  List<String> problems(JsonValue value) {
    return new SchemaCheck(references, patterns).problems(root, value);
  }

  /** Schemas that were read lately, by their text. */
  private static final class Known {
    /** As many as a server with many tools has. */
    private static final int MOST = 200;

    /** Longer ones are rare, and would be most of the memory: all together stay below 10 MB. */
    private static final int MOST_CHARS = 4_096;

    private final Map<String, JsonSchema> byText = new LinkedHashMap<>();

    synchronized JsonSchema get(String text) {
      return byText.get(text);
    }

    synchronized JsonSchema add(String text, JsonSchema schema) {
      if (text.length() <= MOST_CHARS) {
        byText.put(text, schema);
        if (byText.size() > MOST) {
          byText.remove(byText.keySet().iterator().next());
        }
      }
      return schema;
    }
  }

  /** Goes through the schema once: refuses, resolves references, compiles patterns. */
  private final class Reader {
    private final Set<JsonValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, JsonValue> anchors = new HashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();

    void read(JsonValue schema) {
      schema(schema, "");
      // A pointer may lead to a place that no keyword makes a schema, so it is read in turn.
      while (!wanted.isEmpty()) {
        String reference = wanted.iterator().next();
        wanted.remove(reference);
        JsonValue target = resolve(reference);
        references.put(reference, target);
        schema(target, reference);
      }
    }

    private void schema(JsonValue schema, String path) {
      if (schema.isBoolean() || seen.contains(schema)) {
        return;
      }
      check(schema.isObject(), path, "a schema is an object or a boolean");
      seen.add(schema);
      check(seen.size() <= MAX_SUBSCHEMAS, path, "more than " + MAX_SUBSCHEMAS + " subschemas");
      check(path.isEmpty() || schema.asObject().get("$id") == null, path,
          "$id below the root is not supported");
      for (Member member : schema.asObject()) {
        Kind kind = KEYWORDS.get(member.getName());
        if (kind != null) {
          keyword(kind, member, path + "/" + member.getName());
        }
      }
    }

    private void keyword(Kind kind, Member member, String path) {
      JsonValue value = member.getValue();
      switch (kind) {
        case SCHEMA -> schema(value, path);
        case SCHEMAS -> {
          check(value.isArray() && !value.asArray().isEmpty(), path, "a filled array is expected");
          if (!member.getName().equals("enum")) {
            value.asArray().forEach(item -> schema(item, path));
          }
        }
        case SCHEMA_MAP, PATTERN_MAP -> {
          check(value.isObject(), path, "an object is expected");
          for (Member named : value.asObject()) {
            if (kind == Kind.PATTERN_MAP) {
              compile(named.getName(), path);
            }
            schema(named.getValue(), path + "/" + named.getName());
          }
        }
        case NUMBER -> check(value.isNumber(), path, "a number is expected");
        case COUNT -> check(value.isNumber() && JsonRpc.isInteger(value)
            && !value.toString().startsWith("-") && value.toString().length() < 10, path,
            "a count is expected");
        case STRINGS -> strings(value, path);
        case STRINGS_MAP -> {
          check(value.isObject(), path, "an object is expected");
          value.asObject().forEach(named -> strings(named.getValue(), path));
        }
        case FLAG -> check(value.isBoolean(), path, "true or false is expected");
        case TYPE -> type(value, path);
        case TEXT -> {
          check(value.isString(), path, "a string is expected");
          if (member.getName().equals("$ref")) {
            // MCP basic, "$ref Resolution": never over the network, nor anywhere else outside.
            check(value.asString().startsWith("#"), path, "only references within the schema");
            wanted.add(value.asString());
          }
        }
        case PATTERN -> {
          check(value.isString(), path, "a string is expected");
          compile(value.asString(), path);
        }
        case REFUSED -> check(false, path, "this keyword is not supported");
        default -> throw new IllegalStateException();
      }
    }

    private void strings(JsonValue value, String path) {
      check(value.isArray(), path, "an array of strings is expected");
      value.asArray().forEach(item -> check(item.isString(), path, "strings are expected"));
    }

    private void type(JsonValue value, String path) {
      if (value.isArray()) {
        value.asArray().forEach(item -> type(item, path));
      } else {
        check(value.isString() && TYPES.contains(value.asString()), path, "no such type");
      }
    }

    private void compile(String pattern, String path) {
      try {
        patterns.put(pattern, Pattern.compile(BoundedText.javaPattern(pattern)));
      } catch (PatternSyntaxException e) {
        check(false, path, "the pattern cannot be read");
      }
    }

    /** RFC 6901 behind the {@code #}, or the name of an anchor. */
    private JsonValue resolve(String reference) {
      if (reference.equals("#")) {
        return root;
      }
      if (!reference.startsWith("#/")) {
        seen.forEach(schema -> {
          JsonValue anchor = schema.asObject().get("$anchor");
          if (anchor != null) {
            anchors.put("#" + anchor.asString(), schema);
          }
        });
        check(anchors.containsKey(reference), reference, "there is no such anchor");
        return anchors.get(reference);
      }
      JsonValue here = root;
      for (String step : reference.substring(2).split("/", -1)) {
        String name = step.replace("~1", "/").replace("~0", "~");
        here = here != null && here.isObject() ? here.asObject().get(name) : null;
      }
      check(here != null, reference, "it leads nowhere");
      return here;
    }

    private void check(boolean holds, String path, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException("schema " + path + ": " + otherwise);
      }
    }
  }
}
