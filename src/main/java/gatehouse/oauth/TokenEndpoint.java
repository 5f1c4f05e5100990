package gatehouse.oauth;

import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.ClientAuthentication;
import gatehouse.oauth.grant.Grant;
import gatehouse.oauth.grant.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /token} (RFC 6749 §3.2): reads the form, authenticates the client, and leaves the rest to
 * the grant. Its answers are JSON and are never cached.
 */
public final class TokenEndpoint {
  private final ClientAuthentication authentication;
  private final Map<String, Grant> grants = new LinkedHashMap<>();

  public TokenEndpoint(ClientAuthentication authentication, List<Grant> grants) {
    this.authentication = authentication;
    grants.forEach(grant -> this.grants.put(grant.type(), grant));
  }

  /** POST. */
  public Response handle(Request request) {
    Form form = request.form();
    // RFC 6749 §3.2: no parameter twice, known to us or not; RFC 8707 §2 excepts resource.
    for (String name : form.names()) {
      if (!name.equals("resource")) {
        form.get(name);
      }
    }
    String type = form.get("grant_type");
    if (type == null) {
      throw new OAuthError("invalid_request", "The parameter grant_type is required.");
    }
    Grant grant = grants.get(type);
    if (grant == null) {
      throw new OAuthError("unsupported_grant_type",
          "grant_type must be one of " + String.join(", ", grants.keySet()) + ".");
    }
    Client client = authentication.authenticate(request, form);
    // Whoever holds a refresh token was given it; RefreshTokens knows to whom.
    if (!client.allows(type) && !type.equals("refresh_token")) {
      throw new OAuthError("unauthorized_client", "This client is not registered for that grant.");
    }
    String answer = grant.answer(new TokenRequest(client, form));
    return Response.bytes(200, "application/json", answer.getBytes(StandardCharsets.UTF_8))
        .with("Pragma", "no-cache");
  }
}
