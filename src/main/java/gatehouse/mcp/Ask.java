package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.http.Urls;
import gatehouse.json.Fields;
import java.net.URI;
import java.util.Set;

/**
 * A question that a handler puts to the user, to the user's model, or to the client.
 *
 * <p>2026-07-28, "Elicitation" (form and URL mode), "Sampling" and "Roots"; sessions know the same
 * questions as requests of their own. A form is flat, with fields that every client can draw
 * (SEP-1034, SEP-1330); that is checked when the question is made.
 *
 * <p>Never ask for a secret by form: it passes through the client, and maybe through its model.
 * That is what {@link #url} is for. Whoever opens such a page has to prove there who they are.
 */
public final class Ask {
  private static final Set<String> FIELD_TYPES =
      Set.of("string", "number", "integer", "boolean", "array");

  private final String method;
  private final JsonObject params;
  private final ClientFeature feature;
  private final JsonSchema schema;

  private Ask(String method, JsonObject params, ClientFeature feature, JsonSchema schema) {
    this.method = method;
    this.params = params;
    this.feature = feature;
    this.schema = schema;
  }

  /**
   * A form for the user to fill in.
   *
   * @param schema an object's, whose properties are texts, numbers, booleans or choices
   * @throws IllegalArgumentException if a client could not draw it
   */
  public static Ask form(String message, JsonObject schema) {
    checkFlat(schema);
    return new Ask("elicitation/create", new JsonObject().add("message", message)
        .add("requestedSchema", schema), ClientFeature.FORM, JsonSchema.of(schema));
  }

  /** A form, with its schema as JSON text. */
  public static Ask form(String message, String schema) {
    return form(message, Fields.readObject(schema).json());
  }

  /**
   * A web page for the user to visit. The answer says only whether they agreed to.
   *
   * @param url https, or http on this computer; it must hold nothing secret
   */
  public static Ask url(String message, String url) {
    URI uri = Urls.parse(url);
    boolean usable = uri != null && uri.getHost() != null && ("https".equals(uri.getScheme())
        || "http".equals(uri.getScheme()) && Urls.isLoopback(uri.getHost()));
    if (!usable) {
      throw new IllegalArgumentException("an https URL is needed");
    }
    return new Ask("elicitation/create", new JsonObject().add("mode", "url")
        .add("message", message).add("url", url), ClientFeature.URL, null);
  }

  /** Something for the user's model to write. */
  public static Ask sampling(String userText, int maxTokens) {
    return sampling(new JsonObject()
        .add("messages", new JsonArray().add(new JsonObject().add("role", "user")
            .add("content", new JsonObject().add("type", "text").add("text", userText))))
        .add("maxTokens", maxTokens));
  }

  /** The same, with all parameters of {@code sampling/createMessage}. */
  public static Ask sampling(JsonObject params) {
    Fields fields = Fields.of(params);
    if (fields.array("messages") == null || !fields.has("maxTokens")) {
      throw new IllegalArgumentException("sampling needs messages and maxTokens");
    }
    boolean tools = fields.has("tools") || fields.has("toolChoice");
    return new Ask("sampling/createMessage", params,
        tools ? ClientFeature.SAMPLING_TOOLS : ClientFeature.SAMPLING, null);
  }

  /** The folders that the user is working in. */
  public static Ask roots() {
    return new Ask("roots/list", new JsonObject(), ClientFeature.ROOTS, null);
  }

  /** The method by which the question travels. */
  public String method() {
    return method;
  }

  /** Its parameters; not to be changed. */
  public JsonObject params() {
    return params;
  }

  /** What a client must be able to do. */
  public ClientFeature feature() {
    return feature;
  }

  /** What accepted content conforms to, or null if the question is not a form. */
  JsonSchema schema() {
    return schema;
  }

  /** The question as a value of {@code inputRequests}. */
  JsonObject json() {
    return new JsonObject().add("method", method).add("params", params);
  }

  private static void checkFlat(JsonObject schema) {
    Fields root = Fields.of(schema);
    Fields properties = root.object("properties");
    if (!"object".equals(root.text("type")) || properties == null) {
      throw new IllegalArgumentException("a form's schema is an object with properties");
    }
    for (JsonObject.Member field : properties.json()) {
      JsonValue type = field.getValue().isObject() ? field.getValue().asObject().get("type") : null;
      boolean flat = type != null && type.isString() && FIELD_TYPES.contains(type.asString());
      if (flat && type.asString().equals("array")) {
        JsonValue items = field.getValue().asObject().get("items");
        flat = items != null && items.isObject()
            && (items.asObject().get("enum") != null || items.asObject().get("anyOf") != null);
      }
      if (!flat) {
        throw new IllegalArgumentException("no form can show the field " + field.getName());
      }
    }
  }
}
