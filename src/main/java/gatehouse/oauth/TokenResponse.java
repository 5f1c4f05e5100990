package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.oauth.client.Client;
import java.util.Set;

/**
 * The successful answer of the token endpoint (RFC 6749 §5.1): which tokens it has, and in which
 * words. Scope is always said, since it may be less than was asked for; nothing is ever null.
 */
public final class TokenResponse {
  private final AccessTokens accessTokens;
  private final RefreshTokens refreshTokens;
  private final Policy policy;

  public TokenResponse(AccessTokens accessTokens, RefreshTokens refreshTokens, Policy policy) {
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.policy = policy;
  }

  /**
   * The answer to a code: everything the grant holds.
   *
   * @param nonce of the authorization request, or null
   */
  public String first(Grants.Grant grant, Client client, Set<String> audience, String nonce) {
    JsonObject answer = access(grant, grant.scopes(), audience);
    // Clients that run beside a person get one without asking; many never learned to ask.
    if (client.allows("refresh_token")
        || grant.scopes().contains(Scopes.OFFLINE_ACCESS)) {
      answer.add("refresh_token", refreshTokens.issue(grant));
    }
    return answer.toString();
  }

  /** The answer to a refresh token. */
  public String refreshed(Grants.Grant grant, Set<String> scopes, Set<String> audience,
      String refreshToken) {
    return access(grant, scopes, audience).add("refresh_token", refreshToken).toString();
  }

  private JsonObject access(Grants.Grant grant, Set<String> scopes, Set<String> audience) {
    String token = accessTokens.mint(new AccessTokens.Content(
        grant.user(), grant.clientId(), grant.id(), scopes, audience));
    return new JsonObject()
        .add("access_token", token)
        .add("token_type", "Bearer")
        .add("expires_in", policy.accessTokenLifetime().toSeconds())
        .add("scope", String.join(" ", scopes));
  }
}
