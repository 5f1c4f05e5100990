package gatehouse.oauth.grant;

import gatehouse.oauth.Grants;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.RefreshTokens;
import gatehouse.oauth.ResourceIndicator;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.TokenResponse;
import java.util.Set;

/**
 * {@code refresh_token} (RFC 6749 §6): a new pair for an old one, with the same scopes or fewer.
 *
 * <p>Fewer this time does not mean fewer for ever: what is narrowed is the token, not the grant.
 */
public final class RefreshTokenGrant implements Grant {
  /** The value of {@code grant_type} (RFC 6749). */
  public static final String TYPE = "refresh_token";

  private final RefreshTokens refreshTokens;
  private final Grants grants;
  private final ResourceIndicator resources;
  private final TokenResponse response;

  public RefreshTokenGrant(RefreshTokens refreshTokens, Grants grants,
      ResourceIndicator resources, TokenResponse response) {
    this.refreshTokens = refreshTokens;
    this.grants = grants;
    this.resources = resources;
    this.response = response;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String answer(TokenRequest request) {
    String token = request.need("refresh_token");
    String scope = request.form().get("scope", "");
    String asked = scope + "\n" + String.join("\n", request.form().all("resource"));
    return refreshTokens.use(token, request.client().id(), asked, rotation -> {
      Grants.Grant grant = grants.find(rotation.grantId());
      if (grant == null) {
        throw new OAuthError("invalid_grant", "The grant has ended or was revoked.");
      }
      Set<String> scopes = scope.isEmpty() ? grant.scopes() : Scopes.split(scope);
      if (!grant.scopes().containsAll(scopes)) {
        throw new OAuthError("invalid_scope", "scope goes beyond what was granted.");
      }
      Set<String> audience =
          resources.narrow(request.form().all("resource"), grant.resources());
      return response.refreshed(grant, scopes, audience, rotation.newToken());
    });
  }
}
