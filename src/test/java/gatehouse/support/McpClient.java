package gatehouse.support;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks MCP over raw HTTP, in one revision. 2026-07-28 says who it is with every request; earlier
 * ones open a session first, which happens by itself before the first request.
 *
 * <p>A client that is given a token is another client: with its own session, if it has one.
 */
public final class McpClient {
  /** The revision without sessions. */
  public static final String NEWEST = "2026-07-28";

  /** All that are served, oldest first. */
  public static final List<String> REVISIONS =
      List.of("2025-03-26", "2025-06-18", "2025-11-25", NEWEST);

  private static final String META = "io.modelcontextprotocol/";

  private final String revision;
  private final String url;
  private final String token;
  private String session;
  private int lastId;

  private McpClient(String revision, String url, String token) {
    this.revision = revision;
    this.url = url;
    this.token = token;
  }

  /** A client without a token. */
  public static McpClient of(String revision, String mcpUrl) {
    return new McpClient(revision, mcpUrl, null);
  }

  /** A client of 2026-07-28 with a token. */
  public static McpClient with(Tokens tokens, String mcpUrl) {
    return of(NEWEST, mcpUrl).bearing(tokens);
  }

  public McpClient bearing(Tokens tokens) {
    return bearing(tokens.access());
  }

  /** The same client with any text as its token. */
  public McpClient bearing(String accessToken) {
    return new McpClient(revision, url, accessToken);
  }

  public boolean isModern() {
    return revision.equals(NEWEST);
  }

  /** The id of its session; null before {@link #initialize}, and always in 2026-07-28. */
  public String session() {
    return session;
  }

  /** What the server is and can: {@code server/discover}, or a session's first answer. */
  public Answer discover() {
    return isModern() ? request("server/discover", new JsonObject()) : initialize();
  }

  /** Opens a session, as revisions before 2026-07-28 do. */
  public Answer initialize() {
    Answer answer = send(message("initialize", new JsonObject()
        .add("protocolVersion", revision)
        .add("capabilities", new JsonObject())
        .add("clientInfo", info())));
    session = answer.header("Mcp-Session-Id");
    if (session != null) {
      send(new JsonObject().add("jsonrpc", "2.0").add("method", "notifications/initialized"),
          "MCP-Protocol-Version", revision).expect(202);
    }
    return answer;
  }

  public Answer listTools() {
    return request("tools/list", new JsonObject());
  }

  public Answer call(String tool) {
    return call(tool, new JsonObject());
  }

  /** Calls a tool; arguments are JSON text. */
  public Answer call(String tool, String arguments) {
    return call(tool, Json.parse(arguments).asObject());
  }

  public Answer call(String tool, JsonObject arguments) {
    return request("tools/call", new JsonObject().add("name", tool).add("arguments", arguments));
  }

  /** Any request, complete with what the revision wants in body and headers. */
  public Answer request(String method, JsonObject params) {
    if (!isModern()) {
      if (session == null) {
        Answer opened = initialize();
        if (session == null) {
          return opened;
        }
      }
      return send(message(method, params), "MCP-Protocol-Version", revision);
    }
    JsonObject all = new JsonObject(params).set("_meta", meta());
    List<String> headers = new ArrayList<>(List.of(
        "MCP-Protocol-Version", revision, "Mcp-Method", method));
    JsonValue name = all.get(method.startsWith("resources/") ? "uri" : "name");
    if (name != null) {
      headers.addAll(List.of("Mcp-Name", name.asString()));
    }
    return send(message(method, all), headers.toArray(String[]::new));
  }

  /** Any body at all, with the token and the session, and headers as name, value, name, value. */
  public Answer send(JsonValue body, String... headers) {
    String[] all = Http.with("Accept", "application/json, text/event-stream", headers);
    all = token == null ? all : Http.with("Authorization", "Bearer " + token, all);
    all = session == null ? all : Http.with("Mcp-Session-Id", session, all);
    return Http.postJson(url, body, all);
  }

  /** A request without anything that only one revision has. */
  public JsonObject message(String method, JsonObject params) {
    return new JsonObject().add("jsonrpc", "2.0").add("id", ++lastId).add("method", method)
        .add("params", params);
  }

  /** What a request of 2026-07-28 says about its sender. */
  public JsonObject meta() {
    return new JsonObject()
        .add(META + "protocolVersion", revision)
        .add(META + "clientInfo", info())
        .add(META + "clientCapabilities", new JsonObject());
  }

  private static JsonObject info() {
    return new JsonObject().add("name", "gatehouse-tests").add("version", "1");
  }
}
