package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.guard.Challenge;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.mcp.legacy.LegacyEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The vocabulary of these tests: an endpoint, callers, and requests as values. */
public final class Posts {
  public static final String MODERN = "2026-07-28";
  public static final Access ALICE = access("alice", "account:read");
  public static final Access BOB = access("bob", "account:read");

  /** What the audit trail was told, as "subject tool OUTCOME". */
  public final List<String> calls = new ArrayList<>();

  private final McpEndpoint endpoint;

  public Posts(McpServer server) {
    this(server, Clock.systemUTC());
  }

  public Posts(McpServer server, Clock clock) {
    Operations operations = new Operations(server,
        new Challenge("https://h/.well-known/oauth-protected-resource/mcp", Set.of()),
        (access, tool, outcome) -> calls.add(access.subject() + " " + tool + " " + outcome),
        new Seal(Secrets.random(32), clock), clock);
    endpoint = new McpEndpoint(operations, new LegacyEndpoint(operations, clock));
  }

  public static Access access(String subject, String... scopes) {
    return new Access(subject, "client", Set.of(scopes), Set.of(scopes), Instant.MAX);
  }

  /** Sends a body with headers given as name, value, name, value; null means none. */
  public Response send(Access access, String method, String body, String... headers) {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.put("Content-Type", List.of("application/json"));
    map.put("Accept", List.of("application/json, text/event-stream"));
    for (int i = 0; i < headers.length; i += 2) {
      List<String> lines = new ArrayList<>(map.getOrDefault(headers[i], List.of()));
      if (headers[i].equals("Content-Type") || headers[i].equals("Accept")) {
        lines.clear();
      }
      if (headers[i + 1] != null) {
        lines.add(headers[i + 1]);
      }
      map.put(headers[i], lines);
    }
    return endpoint.handle(new Request(method, "/mcp", null, map,
        body.getBytes(StandardCharsets.UTF_8), "127.0.0.1"), access);
  }

  public Response post(Access access, String body, String... headers) {
    return send(access, "POST", body, headers);
  }

  /** A modern request with everything that belongs to it. */
  public Response modern(Access access, String method, String params) {
    return modern(access, method, params, "{}", "{}");
  }

  /** The same of a client that can do something, and with more in its {@code _meta}. */
  public Response modern(
      Access access, String method, String params, String capabilities, String meta) {
    JsonObject given = Fields.readObject(params).json();
    String name = given.getString("name", given.getString("uri", given.getString("taskId", null)));
    return post(access, envelope(method, params, capabilities, meta), "MCP-Protocol-Version",
        MODERN, "Mcp-Method", method, "Mcp-Name", name);
  }

  /** The body of a modern request with the id 7. */
  public static String envelope(String method, String params) {
    return envelope(method, params, "{}", "{}");
  }

  private static String envelope(String method, String params, String capabilities, String meta) {
    JsonObject all = Fields.readObject(params).json();
    JsonObject envelope = Fields.readObject(meta).json()
        .add("io.modelcontextprotocol/protocolVersion", MODERN)
        .add("io.modelcontextprotocol/clientCapabilities", Fields.read(capabilities));
    return message(method, all.set("_meta", envelope).toString());
  }

  public static String message(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  /** Opens a session and gives its id. */
  public String initialize(Access access, String version) {
    return initialize(access, version, "{}");
  }

  /** Opens a session of a client that can do something. */
  public String initialize(Access access, String version, String capabilities) {
    return post(access, message("initialize", "{\"protocolVersion\":\"" + version
        + "\",\"capabilities\":" + capabilities
        + ",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}"))
        .header("Mcp-Session-Id");
  }

  public static JsonValue json(Response response) {
    return Fields.read(response.body());
  }

  public static JsonObject result(Response response) {
    return json(response).asObject().get("result").asObject();
  }

  public static int code(Response response) {
    return json(response).asObject().get("error").asObject().getInt("code", 0);
  }
}
