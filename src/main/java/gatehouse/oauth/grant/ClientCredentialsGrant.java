package gatehouse.oauth.grant;

import gatehouse.json.Fields;
import gatehouse.login.Users;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.ResourceIndicator;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.TokenResponse;
import java.util.Set;

/**
 * {@code client_credentials} (RFC 6749 §4.4, MCP extension "OAuth Client Credentials"): a client
 * acts for itself. No user, no consent, no refresh token; the operator has said what it may do.
 */
public final class ClientCredentialsGrant implements Grant {
  /** The value of {@code grant_type} (RFC 6749). */
  public static final String TYPE = "client_credentials";

  private final Scopes scopes;
  private final ResourceIndicator resources;
  private final Users users;
  private final TokenResponse response;

  public ClientCredentialsGrant(
      Scopes scopes, ResourceIndicator resources, Users users, TokenResponse response) {
    this.scopes = scopes;
    this.resources = resources;
    this.users = users;
    this.response = response;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String answer(TokenRequest request) {
    // RFC 6749 §4.4: who cannot prove itself cannot act for itself. And RFC 9068 §5: a client named
    // like a user would get that user's data.
    if (request.client().isPublic() || users.find(request.client().id()) != null) {
      throw new OAuthError("unauthorized_client", "This client cannot act for itself.");
    }
    String configured = Fields.of(request.client().metadata()).text("scope");
    Set<String> allowed = configured == null ? scopes.base() : Scopes.split(configured);
    String asked = request.form().get("scope");
    Set<String> granted = Scopes.split(asked);
    granted.retainAll(allowed);
    if (asked == null) {
      granted = allowed;
    } else if (granted.isEmpty()) {
      throw new OAuthError("invalid_scope", "None of these scopes is allowed to this client.");
    }
    return response.forClient(request.client(), granted,
        resources.resolve(request.form().all("resource")));
  }
}
