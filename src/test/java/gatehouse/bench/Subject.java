package gatehouse.bench;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Attempt;
import gatehouse.support.Browser;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Parameters;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Gatehouse as it is shipped, with the settings of the benchmark, and the requests that load
 * consists of.
 */
final class Subject implements AutoCloseable {
  private static final String JOB = "bench-job";
  private static final String SECRET = "a-secret-of-thirty-two-characters";
  private static final String APP = "bench-app";
  private static final String BODY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
      + "\"params\":{\"name\":\"get_account\",\"arguments\":{}}}";
  private static final String MODERN_BODY = BODY.replace("\"arguments\":{}",
      "\"arguments\":{},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ServerProcess server;
  private final Browser browser = new Browser();

  private Subject(ServerProcess server) {
    this.server = server;
  }

  /** Starts it on core 0, from the jar. */
  static Subject start(Setup setup, String... flags) throws IOException {
    return start(setup, setup.pinnedTo(0), flags);
  }

  static Subject start(Setup setup, List<String> before, String... flags) throws IOException {
    return new Subject(ServerProcess.start(before, port -> setup.gatehouse(List.of(flags),
        "--port", "" + port, "--config", settings(setup).toString())));
  }

  /** Starts it with another library in front of the jar, and flags of the JVM. */
  static Subject startWith(Setup setup, Path library, String... flags) throws IOException {
    return new Subject(ServerProcess.start(setup.pinnedTo(0), port -> {
      List<String> command = new ArrayList<>(List.of(Setup.javaCommand()));
      command.addAll(List.of(flags));
      command.addAll(List.of("-cp", setup.jar() + ":" + library, "gatehouse.Main",
          "--port", "" + port, "--config", settings(setup).toString()));
      return command;
    }));
  }

  ServerProcess server() {
    return server;
  }

  /** The configuration file, written anew. */
  static Path settings(Setup setup) {
    JsonObject config = new JsonObject()
        .add("silent-consent", true)
        .add("clients", new JsonArray()
            .add(new JsonObject().add("client_id", JOB).add("client_secret", SECRET)
                .add("grant_types", new JsonArray().add("client_credentials"))
                .add("scope", "account:read"))
            .add(new JsonObject().add("client_id", APP)
                .add("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"))));
    try {
      return Files.writeString(setup.folder().resolve("config.json"), config.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Alice's tokens for the app; the first time she signs in and agrees. */
  Tokens login() {
    return app().connect(Person.ALICE, browser, "account:read");
  }

  private OAuthClient app() {
    return OAuthClient.discover(server.url() + "/mcp").known(APP, null);
  }

  /** A guarded tool call in the revision of 2026-07-28. */
  static Scenario toolCall(String token) {
    return Scenario.same(Scenario.request("POST /mcp", MODERN_BODY,
        "Authorization", "Bearer " + token,
        "Content-Type", "application/json",
        "Accept", "application/json, text/event-stream",
        "MCP-Protocol-Version", "2026-07-28",
        "Mcp-Method", "tools/call",
        "Mcp-Name", "get_account"));
  }

  /** The same call in the newest revision that the peer's stateless server knows. */
  static Scenario toolCallOfPeer(String token) {
    return Scenario.same(Scenario.request("POST /mcp", BODY,
        "Authorization", "Bearer " + token,
        "Content-Type", "application/json",
        "Accept", "application/json, text/event-stream",
        "MCP-Protocol-Version", "2025-11-25"));
  }

  /** What the tool call is answered with. */
  byte[] toolAnswer(String token) {
    return Http.send("POST", server.url() + "/mcp", MODERN_BODY,
        "Authorization", "Bearer " + token,
        "Content-Type", "application/json",
        "Accept", "application/json, text/event-stream",
        "MCP-Protocol-Version", "2026-07-28",
        "Mcp-Method", "tools/call",
        "Mcp-Name", "get_account").expect(200).body().getBytes();
  }

  /** A token by client_credentials: the request of a service. */
  static String clientCredentials() {
    return Scenario.request("POST /token", "grant_type=client_credentials&scope=account%3Aread",
        "Authorization", "Basic "
            + Base64.getEncoder().encodeToString((JOB + ":" + SECRET).getBytes()),
        "Content-Type", FORM);
  }

  /** Refresh tokens that are exchanged for the next, each by one connection at a time. */
  Scenario refresh(int connections) {
    List<String> tokens = new ArrayList<>();
    // One more: wrk asks its script for a request that it does not send.
    for (int i = 0; i <= connections; i++) {
      tokens.add(login().refresh());
    }
    return new Scenario("", Scenario.request("POST /token",
        "grant_type=refresh_token&client_id=" + APP + "&refresh_token={value}",
        "Content-Type", FORM), "\"refresh_token\":\"", "\"", tokens);
  }

  /** Authorization and token request of somebody who is signed in and has agreed before. */
  Scenario codeFlow() {
    login();
    Attempt attempt = app().attempt("account:read");
    String url = attempt.url();
    List<String> cookies = new ArrayList<>();
    browser.cookies("localhost").forEach((name, value) -> cookies.add(name + "=" + value));
    Parameters form = Parameters.of("grant_type", "authorization_code", "client_id", APP,
        "redirect_uri", attempt.get("redirect_uri"), "code_verifier", attempt.verifier(),
        "resource", server.url() + "/mcp");
    return new Scenario(
        Scenario.request("GET " + url.substring(server.url().length()), "",
            "Accept", "text/html", "Cookie", String.join("; ", cookies)),
        Scenario.request("POST /token", form.encoded() + "&code={value}", "Content-Type", FORM),
        "code=", "&", List.of());
  }

  /** The access token in an answer of the token endpoint. */
  static String accessToken(String body) {
    return Json.parse(body).asObject().get("access_token").asString();
  }

  @Override
  public void close() {
    server.close();
  }
}
