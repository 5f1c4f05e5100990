package gatehouse.support;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** What the token endpoint gave (RFC 6749 §5.1). */
public record Tokens(JsonObject json) {

  public String access() {
    return json.get("access_token").asString();
  }

  /** The refresh token, or null. */
  public String refresh() {
    return json.getString("refresh_token", null);
  }

  /** The ID token, or null. */
  public String id() {
    return json.getString("id_token", null);
  }

  public Set<String> scopes() {
    return Set.of(json.getString("scope", "").split(" "));
  }

  /** What the access token says, not verified by anybody. */
  public JsonObject claims() {
    return part(access(), 1);
  }

  /** A part of a JWT: 0 is its header, 1 what it claims. */
  public static JsonObject part(String jwt, int index) {
    byte[] bytes = Base64.getUrlDecoder().decode(jwt.split("\\.")[index]);
    return Json.parse(new String(bytes, StandardCharsets.UTF_8)).asObject();
  }
}
