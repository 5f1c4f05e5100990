package gatehouse.examples;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Stands where your client would stand: the least that can be called an OAuth client. */
final class SmallClient {
  static final String REDIRECT_URI = "http://127.0.0.1/callback";

  /** RFC 7636, appendix B; a real client makes a new one each time. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String issuer;
  private final String clientId;

  SmallClient(String issuer, String clientId) {
    this.issuer = issuer;
    this.clientId = clientId;
  }

  String authorizationUrl(String scope) {
    return issuer + "/authorize?" + form(Map.of("response_type", "code", "client_id", clientId,
        "redirect_uri", REDIRECT_URI, "scope", scope, "state", "xyz",
        "code_challenge", CHALLENGE, "code_challenge_method", "S256"));
  }

  JsonObject redeem(URI redirect) throws IOException, InterruptedException {
    String code = "";
    for (String pair : redirect.getRawQuery().split("&")) {
      code = pair.startsWith("code=")
          ? URLDecoder.decode(pair.substring(5), StandardCharsets.UTF_8) : code;
    }
    return token(Map.of("grant_type", "authorization_code", "code", code,
        "redirect_uri", REDIRECT_URI, "code_verifier", VERIFIER, "client_id", clientId));
  }

  JsonObject refresh(JsonObject tokens) throws IOException, InterruptedException {
    return token(Map.of("grant_type", "refresh_token", "client_id", clientId,
        "refresh_token", tokens.get("refresh_token").asString()));
  }

  /** Whether the token opens a door. */
  int call(String url, String token) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json, text/event-stream")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},
             "protocolVersion":"2025-11-25","clientInfo":{"name":"small","version":"1"}}}"""))
        .build(), BodyHandlers.discarding()).statusCode();
  }

  private JsonObject token(Map<String, String> parameters)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(issuer + "/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form(parameters))).build(), BodyHandlers.ofString());
    return Json.parse(response.body()).asObject();
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream().map(parameter -> parameter.getKey() + "="
        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
