package gatehouse.junit;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Texts as they may stand in a log: every secret is a mark such as {@code <#3fa9>}.
 *
 * <p>The same secret always gives the same mark, so that a transcript still shows which code was
 * redeemed and which refresh token came twice. The mark is 24 bits of a hash, from which nothing
 * random can be had back.
 *
 * <p>What is blanked is decided by name, not by looking at values: codes, tokens, secrets,
 * passwords, assertions, cookies. {@code state} and {@code nonce} stay readable, since finding out
 * who lost them is what transcripts are read for; they open nothing.
 */
final class Blanked {
  private static final Set<String> SECRETS = Set.of("code", "code_verifier", "password",
      "client_secret", "client_assertion", "access_token", "refresh_token", "id_token", "token",
      "id_token_hint", "registration_access_token", "assertion", "subject_token", "csrf",
      "continue", "request_uri");

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "cookie", "set-cookie", "proxy-authorization", "mcp-session-id");

  private Blanked() {
  }

  /**
   * The mark of a secret: the beginning of its SHA-256 in base64url. That of a {@code
   * code_verifier} is therefore the beginning of its {@code code_challenge} (RFC 7636 §4.2).
   */
  static String mark(String secret) {
    return "<#" + Encoding.base64url(Secrets.sha256(secret.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 4) + ">";
  }

  /** A secret by its name. A password can be guessed, and a mark would confirm the guess. */
  private static String mark(String name, String secret) {
    return name.equals("password") ? "<blanked>" : mark(secret);
  }

  /** Parameters of a query or form, readable, not encoded any more. */
  static String parameters(String encoded) {
    try {
      StringBuilder out = new StringBuilder();
      Form form = Form.parse(encoded);
      for (String name : form.names()) {
        for (String value : form.all(name)) {
          out.append(out.length() == 0 ? "" : "&").append(name).append('=')
              .append(SECRETS.contains(name) ? mark(name, value) : value);
        }
      }
      return out.toString();
    } catch (HttpError e) {
      return "(not a form)";
    }
  }

  /** A URL, with its parameters. */
  static String url(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url
        : url.substring(0, question) + "?" + parameters(url.substring(question + 1));
  }

  /** A header's value. */
  static String header(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("location")) {
      return url(value);
    }
    if (!SECRET_HEADERS.contains(lower)) {
      return value;
    }
    int space = value.indexOf(' ');
    return lower.endsWith("authorization") && space > 0
        ? value.substring(0, space + 1) + mark(value.substring(space + 1)) : mark(value);
  }

  /** A text in JSON; what is no JSON is not shown at all. */
  static String json(byte[] text) {
    try {
      return json(Fields.read(text)).toString();
    } catch (Fields.Malformed e) {
      return "(not JSON, " + text.length + " bytes)";
    }
  }

  private static JsonValue json(JsonValue value) {
    if (value.isArray()) {
      JsonArray copy = new JsonArray();
      value.asArray().forEach(item -> copy.add(json(item)));
      return copy;
    }
    if (!value.isObject()) {
      return value;
    }
    JsonObject copy = new JsonObject();
    for (JsonObject.Member member : value.asObject()) {
      boolean secret = SECRETS.contains(member.getName()) && member.getValue().isString();
      copy.add(member.getName(), secret ? Json.value(
          mark(member.getName(), member.getValue().asString()))
          : json(member.getValue()));
    }
    return copy;
  }
}
