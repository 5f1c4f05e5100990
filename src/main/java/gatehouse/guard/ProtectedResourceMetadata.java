package gatehouse.guard;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Document;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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

  private final String resource;
  private final String name;
  private final List<String> authorizationServers;
  private final Supplier<Set<String>> baseScopes;
  private volatile Made made;

  /** The document for a set of scopes, which may be added to while the server runs. */
  private record Made(Set<String> scopes, Document document) {
  }

  /** The document of a resource. */
  public ProtectedResourceMetadata(
      String resource, String name, List<String> authorizationServers,
      Supplier<Set<String>> baseScopes) {
    this.resource = resource;
    this.name = name;
    this.authorizationServers = authorizationServers;
    this.baseScopes = baseScopes;
  }

  private Made make(Set<String> scopes) {
    JsonObject json = new JsonObject()
        .add("resource", resource)
        .add("resource_name", name)
        .add("authorization_servers", Fields.array(authorizationServers))
        .add("bearer_methods_supported", Fields.array(List.of("header")));
    if (!scopes.isEmpty()) {
      json.add("scopes_supported", Fields.array(scopes));
    }
    return new Made(scopes, new Document(
        "application/json", json.toString().getBytes(StandardCharsets.UTF_8), CACHE));
  }

  /** GET. */
  public Response handle(Request request) {
    Set<String> scopes = baseScopes.get();
    Made current = made;
    if (current == null || !current.scopes.equals(scopes)) {
      current = make(scopes);
      made = current;
    }
    return current.document.handle(request);
  }
}
