package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Requests and answers with something changed: both are values, so each of these makes a copy.
 *
 * <p>What is not of the kind that an alteration is for comes back as it was: a page has no JSON
 * members, an answer without a {@code Location} has no parameters.
 */
final class Altered {
  private Altered() {
  }

  /**
   * The request with another query and body.
   *
   * @param body the new one, or null to keep it
   */
  static Request request(Request request, String query, String body) {
    return new Request(request.method(), request.path(), query, request.headers(),
        body == null ? request.body() : body.getBytes(StandardCharsets.UTF_8),
        request.remoteAddress());
  }

  /** The answer with a member of its JSON set. */
  static Response with(Response answer, String member, JsonValue value) {
    return json(answer, json -> new JsonObject(json).set(member, value));
  }

  /** The answer with a member of its JSON left out. */
  static Response without(Response answer, String member) {
    return json(answer, json -> new JsonObject(json).remove(member));
  }

  /** The answer whose JSON breaks off in the middle. */
  static Response brokenJson(Response answer) {
    byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
    return isJson(answer) ? body(answer, half) : answer;
  }

  /**
   * The redirect with a parameter of its target set, or left out.
   *
   * @param value null to leave it out
   */
  static Response parameter(Response answer, String name, String value) {
    String location = answer.header("Location");
    if (location == null) {
      return answer;
    }
    int question = location.indexOf('?');
    Form old = Form.parse(question < 0 ? null : location.substring(question + 1));
    Form form = value == null ? old.without(Set.of(name)) : old.with(name, value);
    String target = (question < 0 ? location : location.substring(0, question))
        + "?" + form.encoded();
    return headers(answer, Response.empty(answer.status()),
        header -> header.name().equalsIgnoreCase("Location")
            ? new Response.Header("Location", target) : header);
  }

  /** The challenge as it was before 2025-11-25 gave it {@code scope}. */
  static Response withoutScopeInChallenge(Response answer) {
    if (answer.status() != 401 || answer.header("WWW-Authenticate") == null) {
      return answer;
    }
    Response copy = Response.bytes(401, "application/json", answer.body());
    return headers(answer, copy, header -> header.name().equalsIgnoreCase("WWW-Authenticate")
        ? new Response.Header(header.name(), header.value().replaceAll(", scope=\"[^\"]*\"", ""))
        : header);
  }

  private static Response json(Response answer, UnaryOperator<JsonObject> change) {
    if (!isJson(answer)) {
      return answer;
    }
    JsonObject changed = change.apply(Fields.readObject(answer.body()).json());
    return body(answer, changed.toString().getBytes(StandardCharsets.UTF_8));
  }

  static boolean isJson(Response answer) {
    String type = answer.header("Content-Type");
    return type != null && type.startsWith("application/json") && answer.body().length > 0;
  }

  private static Response body(Response answer, byte[] body) {
    Response copy = Response.bytes(answer.status(), answer.header("Content-Type"), body);
    return headers(answer, copy, UnaryOperator.identity());
  }

  /** Takes over the headers, except those that speak of a body that is another one now. */
  private static Response headers(
      Response from, Response to, UnaryOperator<Response.Header> change) {
    Response copy = to;
    for (Response.Header header : from.headers()) {
      boolean ofBody = header.name().equalsIgnoreCase("Content-Type")
          || header.name().equalsIgnoreCase("ETag");
      if (!ofBody) {
        Response.Header changed = change.apply(header);
        copy = copy.with(changed.name(), changed.value());
      }
    }
    return copy;
  }
}
