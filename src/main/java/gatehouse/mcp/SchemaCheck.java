package gatehouse.mcp;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One check of one value against a schema, within a budget of steps.
 *
 * <p>JSON Schema 2020-12, Core §10 (applicators) and Validation §6 (assertions). It stops at a few
 * problems, for the reader is a model that will try again. A value that costs too much to check is
 * refused, never passed: composition multiplies work, and a reference may lead back to itself.
 *
 * <p>A problem names the place and what was expected there, and never repeats the value.
 */
final class SchemaCheck {
  /** Pairs of schema and value; a tenth of a second at worst. */
  private static final int MAX_STEPS = 100_000;

  /** Values nest 64 deep at most (see Fields), schemas may add a few of their own to each. */
  private static final int MAX_DEPTH = 256;

  private static final int MAX_PROBLEMS = 5;

  /** Longer names are cut in problems. */
  private static final int MAX_SHOWN = 60;

  private final Map<String, JsonValue> references;
  private final Map<String, Pattern> patterns;
  private final List<String> problems = new ArrayList<>();
  private int steps;
  private int depth;
  private int silent;

  SchemaCheck(Map<String, JsonValue> references, Map<String, Pattern> patterns) {
    this.references = references;
    this.patterns = patterns;
  }

  List<String> problems(JsonValue schema, JsonValue value) {
    try {
      holds(schema, value, "");
    } catch (BoundedText.Exhausted | StackOverflowError e) {
      return List.of("it takes too long to check");
    }
    return problems;
  }

  private boolean holds(JsonValue schema, JsonValue value, String path) {
    if (schema.isBoolean()) {
      return schema.isTrue() || problem(path, "must not be there");
    }
    if (++steps > MAX_STEPS || ++depth > MAX_DEPTH) {
      throw new BoundedText.Exhausted();
    }
    boolean holds = true;
    JsonObject keywords = schema.asObject();
    for (Member member : keywords) {
      holds &= keyword(keywords, member.getName(), member.getValue(), value, path);
      if (!holds && (silent > 0 || problems.size() >= MAX_PROBLEMS)) {
        break;
      }
    }
    depth--;
    return holds;
  }

  private boolean keyword(
      JsonObject schema, String name, JsonValue expected, JsonValue value, String path) {
    switch (name) {
      case "type":
        return JsonValues.isType(value, expected)
            || problem(path, "must be of type " + JsonValues.words(expected));
      case "enum":
        return JsonValues.contains(expected.asArray(), value)
            || problem(path, "must be one of " + JsonValues.words(expected));
      case "const":
        return JsonValues.equal(expected, value)
            || problem(path, "must be " + JsonValues.words(expected));
      case "$ref":
        return holds(references.get(expected.asString()), value, path);
      case "allOf":
        return count(expected.asArray(), value, path, false) == expected.asArray().size();
      case "anyOf":
        return count(expected.asArray(), value, path, true) > 0
            || problem(path, "matches none of the alternatives");
      case "oneOf":
        return count(expected.asArray(), value, path, true) == 1
            || problem(path, "must match exactly one of the alternatives");
      case "not":
        return !silently(expected, value) || problem(path, "has a form that is excluded");
      case "if":
        JsonValue branch = schema.get(silently(expected, value) ? "then" : "else");
        return branch == null || holds(branch, value, path);
      default:
        if (value.isObject()) {
          return object(schema, name, expected, value.asObject(), path);
        } else if (value.isArray()) {
          return array(schema, name, expected, value.asArray(), path);
        } else if (value.isString()) {
          return string(name, expected, value.asString(), path);
        }
        return !value.isNumber() || JsonValues.inRange(name, expected, value)
            || problem(path, "must obey " + name + " " + expected);
    }
  }

  private boolean object(
      JsonObject schema, String name, JsonValue expected, JsonObject value, String path) {
    boolean holds = true;
    switch (name) {
      case "required":
        return allThere(expected.asArray(), value, path);
      case "properties":
        for (Member property : expected.asObject()) {
          JsonValue inner = value.get(property.getName());
          holds &= inner == null
              || holds(property.getValue(), inner, path + "/" + property.getName());
        }
        return holds;
      case "patternProperties":
        for (Member pattern : expected.asObject()) {
          for (Member member : value) {
            holds &= !matches(pattern.getName(), member.getName())
                || holds(pattern.getValue(), member.getValue(), path + "/" + member.getName());
          }
        }
        return holds;
      case "additionalProperties":
        for (Member member : value) {
          holds &= isKnown(schema, member.getName())
              || holds(expected, member.getValue(), path + "/" + member.getName());
        }
        return holds;
      case "propertyNames":
        for (Member member : value) {
          holds &= holds(expected, Json.value(member.getName()),
              path + "/" + member.getName());
        }
        return holds;
      case "dependentRequired":
        for (Member member : expected.asObject()) {
          holds &= value.get(member.getName()) == null
              || allThere(member.getValue().asArray(), value, path);
        }
        return holds;
      case "dependentSchemas":
        for (Member member : expected.asObject()) {
          holds &= value.get(member.getName()) == null
              || holds(member.getValue(), value, path);
        }
        return holds;
      case "minProperties":
        return value.size() >= expected.asInt() || problem(path, "needs more properties");
      case "maxProperties":
        return value.size() <= expected.asInt() || problem(path, "has too many properties");
      default:
        return true;
    }
  }

  private boolean array(
      JsonObject schema, String name, JsonValue expected, JsonArray value, String path) {
    boolean holds = true;
    switch (name) {
      case "prefixItems":
        for (int i = 0; i < Math.min(value.size(), expected.asArray().size()); i++) {
          holds &= holds(expected.asArray().get(i), value.get(i), path + "/" + i);
        }
        return holds;
      case "items":
        JsonValue prefix = schema.get("prefixItems");
        for (int i = prefix == null ? 0 : prefix.asArray().size(); i < value.size(); i++) {
          holds &= holds(expected, value.get(i), path + "/" + i);
        }
        return holds;
      case "contains":
        int found = 0;
        for (JsonValue item : value) {
          found += silently(expected, item) ? 1 : 0;
        }
        return (found >= schema.getInt("minContains", 1)
            && found <= schema.getInt("maxContains", Integer.MAX_VALUE))
            || problem(path, "has too few or too many items of the wanted kind");
      case "minItems":
        return value.size() >= expected.asInt() || problem(path, "needs more items");
      case "maxItems":
        return value.size() <= expected.asInt() || problem(path, "has too many items");
      case "uniqueItems":
        Set<String> different = new HashSet<>();
        value.forEach(item -> different.add(JsonValues.canonical(item)));
        return expected.isFalse() || different.size() == value.size()
            || problem(path, "has the same item twice");
      default:
        return true;
    }
  }

  private boolean string(String name, JsonValue expected, String value, String path) {
    switch (name) {
      case "minLength":
        return value.codePointCount(0, value.length()) >= expected.asInt()
            || problem(path, "must have at least " + expected + " characters");
      case "maxLength":
        return value.codePointCount(0, value.length()) <= expected.asInt()
            || problem(path, "must have at most " + expected + " characters");
      case "pattern":
        return matches(expected.asString(), value)
            || problem(path, "must match the pattern " + expected.asString());
      default:
        return true;
    }
  }

  /** How many of the schemas hold. */
  private int count(JsonArray schemas, JsonValue value, String path, boolean quiet) {
    int holding = 0;
    for (JsonValue schema : schemas) {
      holding += (quiet ? silently(schema, value) : holds(schema, value, path)) ? 1 : 0;
    }
    return holding;
  }

  /** Whether it holds, where that it does not is no problem yet. */
  private boolean silently(JsonValue schema, JsonValue value) {
    silent++;
    int before = depth;
    boolean holds = holds(schema, value, "");
    depth = before;
    silent--;
    return holds;
  }

  private boolean allThere(JsonArray names, JsonObject value, String path) {
    boolean all = true;
    for (JsonValue name : names) {
      all &= value.get(name.asString()) != null
          || problem(path + "/" + name.asString(), "is required");
    }
    return all;
  }

  private boolean isKnown(JsonObject schema, String name) {
    JsonValue properties = schema.get("properties");
    if (properties != null && properties.asObject().get(name) != null) {
      return true;
    }
    JsonValue more = schema.get("patternProperties");
    return more != null
        && more.asObject().names().stream().anyMatch(pattern -> matches(pattern, name));
  }

  private boolean matches(String pattern, String text) {
    steps++;
    return text.length() <= BoundedText.MAX_LENGTH
        && patterns.get(pattern).matcher(new BoundedText(text)).find();
  }

  private boolean problem(String path, String text) {
    if (silent == 0 && problems.size() < MAX_PROBLEMS) {
      String where = path.length() > MAX_SHOWN ? path.substring(0, MAX_SHOWN) + "…" : path;
      problems.add((where.isEmpty() ? "the value" : "'" + where + "'") + " " + text);
    }
    return false;
  }
}
