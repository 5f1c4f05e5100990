package gatehouse.guard;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Document;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The document that says whose tokens a resource accepts (RFC 9728 §2): where every MCP client
 * begins.
 *
 * <p>{@code resource} is the URL that clients connect to, character by character (§3.3). The scopes
 * are those a first connection should ask for, not all there are (MCP authorization, "Scope
 * Selection Strategy"); what is needed beyond them, a challenge says when it is needed.
 */
public final class ProtectedResourceMetadata {
  private static final String CACHE = "public, max-age=3600";

  private final Document document;

  /** The document of a resource. */
  public ProtectedResourceMetadata(
      String resource, String name, List<String> authorizationServers, Set<String> baseScopes) {
    JsonObject json = new JsonObject()
        .add("resource", resource)
        .add("resource_name", name)
        .add("authorization_servers", Fields.array(authorizationServers))
        .add("bearer_methods_supported", Fields.array(List.of("header")));
    if (!baseScopes.isEmpty()) {
      json.add("scopes_supported", Fields.array(baseScopes));
    }
    document = new Document(
        "application/json", json.toString().getBytes(StandardCharsets.UTF_8), CACHE);
  }

  /** GET. */
  public Response handle(Request request) {
    return document.handle(request);
  }
}
