package gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the server once and uses it, so that the JVM writes an archive of the classes that this
 * took: a person signs in, a client gets and refreshes a token, a tool is called, a service gets a
 * token. {@code build.sh} runs this file by itself, without building the tests; so it stands alone.
 *
 * <p>Arguments: the command of the server, with the JVM's flag for writing the archive.
 */
final class Training {
  private static final String REDIRECT = "http://127.0.0.1/callback";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String CLIENTS = """
      {"clients": [
        {"client_id": "app", "redirect_uris": ["%s"]},
        {"client_id": "job", "client_secret": "for-this-one-run-only-and-nothing-else",
         "grant_types": ["client_credentials"], "scope": "account:read"}]}
      """.formatted(REDIRECT);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
      .build();
  private final String url;

  private Training(String url) {
    this.url = url;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("gatehouse-training");
    Path config = Files.writeString(data.resolve("config.json"), CLIENTS);
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--port", "0", "--config", config.toString(),
        "--data", data.resolve("data").toString()));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    Process server = builder.start();
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = out.readLine()) != null;) {
        if (line.trim().startsWith("Issuer")) {
          Training training = new Training(line.substring(line.indexOf("http")).trim());
          training.service();
          training.person();
          server.toHandle().destroy(); // politely: the archive is written at the end
        }
      }
      server.waitFor(60, TimeUnit.SECONDS);
    } finally {
      server.destroyForcibly();
      try (var files = Files.walk(data)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void service() throws Exception {
    send("GET", url + "/.well-known/oauth-authorization-server", "");
    send("GET", url + "/jwks", "");
    send("POST", url + "/token", "grant_type=client_credentials&client_id=job"
        + "&client_secret=for-this-one-run-only-and-nothing-else&scope=account%3Aread");
  }

  private void person() throws Exception {
    send("POST", url + "/mcp", "");
    String resource = "&resource=" + encoded(url + "/mcp");
    String page = send("GET", url + "/authorize?response_type=code&client_id=app&state=s"
        + "&redirect_uri=" + encoded(REDIRECT) + "&scope=account%3Aread"
        + "&code_challenge=" + CHALLENGE + "&code_challenge_method=S256" + resource, "");
    page = press(page, "username=alice&password=wonderland");
    String sent = press(page, "decision=allow");
    String tokens = send("POST", url + "/token", "grant_type=authorization_code&client_id=app"
        + "&redirect_uri=" + encoded(REDIRECT) + "&code_verifier=" + VERIFIER
        + "&code=" + found("[?&]code=([^&]+)", sent) + resource);
    String access = found("\"access_token\":\"([^\"]+)", tokens);
    for (int i = 0; i < 2; i++) {
      call(access);
    }
    send("POST", url + "/token", "grant_type=refresh_token&client_id=app&refresh_token="
        + found("\"refresh_token\":\"([^\"]+)", tokens));
  }

  private void call(String token) throws Exception {
    answer(HttpRequest.newBuilder(URI.create(url + "/mcp"))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/call").header("Mcp-Name", "get_account")
        .POST(HttpRequest.BodyPublishers.ofString("""
            {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "get_account",
             "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                       "io.modelcontextprotocol/clientCapabilities": {}}}}""")).build());
  }

  /** Sends the first form of a page, with what stands in it and what is added. */
  private String press(String page, String more) throws Exception {
    int begin = page.indexOf("<form");
    String form = page.substring(begin, page.indexOf("</form>", begin));
    StringBuilder body = new StringBuilder(more);
    Matcher fields = Pattern.compile(
        "type=\"(?:hidden|checkbox)\" name=\"([^\"]+)\" value=\"([^\"]*)\"").matcher(form);
    while (fields.find()) {
      body.append('&').append(fields.group(1)).append('=')
          .append(encoded(fields.group(2).replace("&amp;", "&")));
    }
    return send("POST", found("action=\"([^\"]+)\"", form), body.toString());
  }

  /** The body of the answer; of a redirect to the client its address, ours are followed. */
  private String send(String method, String target, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target));
    HttpResponse<String> answer = answer(method.equals("GET") ? request.build() : request
        .header("Content-Type", "application/x-www-form-urlencoded").header("Origin", url)
        .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    String next = answer.headers().firstValue("Location").orElse(null);
    if (next == null) {
      return answer.body();
    }
    URI absolute = URI.create(target).resolve(next);
    return absolute.toString().startsWith(url) ? send("GET", absolute.toString(), "")
        : URLDecoder.decode(absolute.toString(), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
