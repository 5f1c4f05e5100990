package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonObject.Member;
import com.eclipsesource.json.JsonValue;
import gatehouse.http.Urls;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The arguments of one tool that clients repeat in {@code Mcp-Param-*} headers.
 *
 * <p>2026-07-28, "x-mcp-header" and "Server Behavior for Custom Headers". The annotation is a
 * non-empty token, unique whatever its case, on a string, integer or boolean that is reached from
 * the root through {@code properties} alone. In a call the header must equal the argument, and must
 * be absent where the argument is: otherwise a proxy would decide on something we never see.
 *
 * <p>It does not keep a tool author from annotating a secret, which proxies could then read.
 */
final class ParamHeaders {
  private static final String ANNOTATION = "x-mcp-header";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** Below these, names are the author's and not keywords. */
  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  /** Below these there are values, not schemas. */
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

  /** 2^53 - 1: beyond it, not every reader sees the same integer. */
  private static final BigDecimal SAFE = BigDecimal.valueOf((1L << 53) - 1);

  /** An annotated property: how to find it, and the name of its header. */
  private record Param(List<String> path, String header) {
  }

  private final List<Param> params;

  private ParamHeaders(List<Param> params) {
    this.params = params;
  }

  /**
   * Reads the annotations of an input schema.
   *
   * @throws IllegalArgumentException if one breaks a rule: clients would drop the whole tool
   */
  static ParamHeaders of(JsonObject schema) {
    List<Param> params = new ArrayList<>();
    collect(schema, List.of(), params);
    Set<String> names = new HashSet<>();
    for (Param param : params) {
      if (!names.add(param.header.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(ANNOTATION + " is used twice: " + param.header);
      }
    }
    if (count(schema) != params.size()) {
      throw new IllegalArgumentException(
          ANNOTATION + " stands where 'properties' alone do not lead");
    }
    return new ParamHeaders(List.copyOf(params));
  }

  private static void collect(JsonObject schema, List<String> path, List<Param> params) {
    JsonValue properties = schema.get("properties");
    if (properties == null || !properties.isObject()) {
      return;
    }
    for (Member property : properties.asObject()) {
      if (property.getValue().isObject()) {
        JsonObject inner = property.getValue().asObject();
        List<String> here = new ArrayList<>(path);
        here.add(property.getName());
        JsonValue annotation = inner.get(ANNOTATION);
        if (annotation != null) {
          params.add(new Param(List.copyOf(here), name(annotation, inner.get("type"))));
        }
        collect(inner, here, params);
      }
    }
  }

  private static String name(JsonValue annotation, JsonValue type) {
    if (!annotation.isString() || !Urls.isToken(annotation.asString())) {
      throw new IllegalArgumentException(ANNOTATION + " is a token of RFC 9110 §5.6.2");
    }
    if (type == null || !type.isString() || !TYPES.contains(type.asString())) {
      throw new IllegalArgumentException(ANNOTATION + " is for string, integer or boolean");
    }
    return annotation.asString();
  }

  /** All annotations, wherever they stand. */
  private static int count(JsonValue schema) {
    int count = 0;
    if (schema.isArray()) {
      for (JsonValue item : schema.asArray()) {
        count += count(item);
      }
    } else if (schema.isObject()) {
      for (Member member : schema.asObject()) {
        if (member.getName().equals(ANNOTATION)) {
          count++;
        } else if (MAPS.contains(member.getName()) && member.getValue().isObject()) {
          for (Member named : member.getValue().asObject()) {
            count += count(named.getValue());
          }
        } else if (!DATA.contains(member.getName())) {
          count += count(member.getValue());
        }
      }
    }
    return count;
  }

  /**
   * Compares headers and arguments.
   *
   * @throws JsonRpcError -32020 at the first difference
   */
  void check(RequestHeaders headers, JsonObject arguments) {
    for (Param param : params) {
      String header = RequestHeaders.PARAM + param.header;
      JsonValue argument = at(param.path, arguments);
      String value = headers.decoded(header);
      if (argument == null ? value != null : value == null) {
        throw JsonRpcError.headerMismatch(header,
            argument == null ? "repeats an argument that is not there" : "is required");
      }
      // What is not a single value equals no header; the schema refuses it and says so better.
      boolean single = argument != null && !argument.isArray() && !argument.isObject();
      if (single && !same(argument, value)) {
        throw JsonRpcError.headerMismatch(header, "differs from the body");
      }
    }
  }

  /** The argument, or null if it is absent or {@code null}, which a header cannot say. */
  private static JsonValue at(List<String> path, JsonValue value) {
    for (String name : path) {
      value = value != null && value.isObject() ? value.asObject().get(name) : null;
    }
    return value == null || value.isNull() ? null : value;
  }

  private static boolean same(JsonValue argument, String header) {
    if (!argument.isNumber()) {
      return (argument.isString() ? argument.asString() : argument.toString()).equals(header);
    }
    try {
      // "Server Validation" wants numbers compared as numbers: 42 is 42.0.
      BigDecimal number = new BigDecimal(argument.toString());
      return number.abs().compareTo(SAFE) <= 0 && number.compareTo(new BigDecimal(header)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
