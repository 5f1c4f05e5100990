package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.Jwt;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer means, in a sentence: which token was issued to whom, which error was found, where
 * the browser was sent and why.
 *
 * <p>It reads the answer alone, so it says what the client was told, and cannot say more. Secrets
 * are blanked.
 */
final class Decision {
  private static final Pattern HEADLINE = Pattern.compile("<h1>([^<]*)</h1>");
  private static final Pattern PROBLEM =
      Pattern.compile("<p class=\"(?:problem|lead)\"[^>]*>(.*?)</p>", Pattern.DOTALL);
  private static final Pattern DETAIL =
      Pattern.compile("<p class=\"detail\"[^>]*>(.*?)</p>", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private Decision() {
  }

  /** The sentence; empty if there is nothing to say. */
  static String of(Request request, Response answer) {
    if (answer == Response.HANG_UP) {
      return "the connection is dropped";
    }
    if (answer.stream() != null) {
      return method(request) + "an event stream begins";
    }
    if (answer.header("Location") != null && answer.status() / 100 == 3) {
      return redirect(answer.header("Location"));
    }
    String type = answer.header("Content-Type");
    if (type != null && type.startsWith("text/html")) {
      return page(new String(answer.body(), StandardCharsets.UTF_8));
    }
    if (answer.status() == 202) {
      return method(request) + "taken note of";
    }
    return Altered.isJson(answer) ? method(request) + json(request, answer) : "";
  }

  private static String redirect(String location) {
    int question = location.indexOf('?');
    Form form = Form.parse(question < 0 ? null : location.substring(question + 1));
    String target = question < 0 ? location : location.substring(0, question);
    if (!form.all("error").isEmpty()) {
      return "refused, and told so at " + target + ": " + form.all("error").get(0) + ": "
          + String.join("", form.all("error_description"));
    }
    if (!form.all("code").isEmpty()) {
      return "allowed: code " + Blanked.mark(form.all("code").get(0)) + " goes to " + target;
    }
    return (target.endsWith("/login") ? "somebody has to sign in first: " : "goes on at ") + target;
  }

  /** What a page says, in its headline, below it, and to developers. */
  static String page(String html) {
    StringBuilder out = new StringBuilder("a page");
    for (Pattern pattern : List.of(HEADLINE, PROBLEM, DETAIL)) {
      Matcher matcher = pattern.matcher(html);
      if (matcher.find()) {
        out.append(out.length() > "a page".length() ? " " : ": ")
            .append(TAG.matcher(matcher.group(1)).replaceAll("").trim());
      }
    }
    return out.toString().replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<")
        .replace("&gt;", ">").replace("&amp;", "&");
  }

  /** The method of JSON-RPC, if the request has one. */
  private static String method(Request request) {
    JsonObject message = request.hasMediaType("application/json") ? read(request.body()) : null;
    JsonValue method = message == null ? null : message.get("method");
    JsonValue params = message == null ? null : message.get("params");
    if (method == null || !method.isString()) {
      return "";
    }
    JsonValue name = params != null && params.isObject() ? params.asObject().get("name") : null;
    return method.asString() + (name == null ? "" : " " + text(name)) + ": ";
  }

  private static String json(Request request, Response answer) {
    JsonObject json = read(answer.body());
    if (json == null) {
      return "an answer that is no JSON object";
    }
    JsonValue error = json.get("error");
    if (error != null) {
      return error.isObject() ? "error " + error.asObject().get("code") + ": "
          + error.asObject().getString("message", "")
          : text(error) + ": " + text(json.get("error_description"));
    }
    if (json.get("access_token") != null) {
      return issued(json);
    }
    if (json.get("active") != null) {
      return "the token is " + (json.get("active").isTrue() ? "active" : "not active");
    }
    if (json.get("client_id") != null && request.path().contains("/register")) {
      return "registered as client " + text(json.get("client_id"));
    }
    return json.get("result") != null ? "a result" : "a document";
  }

  private static String issued(JsonObject json) {
    List<String> others = new ArrayList<>();
    for (String name : List.of("refresh_token", "id_token")) {
      if (json.get(name) != null) {
        others.add(name + " " + Blanked.mark(text(json.get(name))));
      }
    }
    String token = text(json.get("access_token"));
    return "issued access_token " + Blanked.mark(token) + " " + claims(token) + ", for "
        + json.get("expires_in") + " s, scope '" + text(json.get("scope")) + "'"
        + (others.isEmpty() ? "" : ", with " + String.join(" and ", others));
  }

  private static String claims(String token) {
    try {
      Fields claims = Jwt.parse(token).unverifiedClaims();
      return "of " + claims.text("sub") + ", aud " + claims.value("aud");
    } catch (Fields.Malformed e) {
      return "(not a JWT)";
    }
  }

  private static JsonObject read(byte[] body) {
    try {
      JsonValue value = Fields.read(body);
      return value.isObject() ? value.asObject() : null;
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  private static String text(JsonValue value) {
    return value == null ? "" : value.isString() ? value.asString() : value.toString();
  }
}
