package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Audit;
import gatehouse.oauth.client.Client;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The successful answer of the token endpoint (RFC 6749 §5.1): which tokens it has, and in which
 * words. Scope is always said, since it may be less than was asked for; nothing is ever null.
 */
public final class TokenResponse {
  private final AccessTokens accessTokens;
  private final RefreshTokens refreshTokens;
  private final IdTokens idTokens;
  private final Supplier<Policy> policy;
  private final Audit audit;

  public TokenResponse(AccessTokens accessTokens, RefreshTokens refreshTokens, IdTokens idTokens,
      Supplier<Policy> policy, Audit audit) {
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.idTokens = idTokens;
    this.policy = policy;
    this.audit = audit;
  }

  /**
   * The answer to a code: everything the grant holds.
   *
   * @param nonce of the authorization request, or null
   */
  public String first(Grants.Grant grant, Client client, Set<String> audience, String nonce) {
    JsonObject answer = access("authorization_code", grant, grant.scopes(), audience);
    // Clients that run beside a person get one without asking; many never learned to ask.
    if (client.allows("refresh_token")
        || grant.scopes().contains(Scopes.OFFLINE_ACCESS)) {
      answer.add("refresh_token", refreshTokens.issue(grant));
    }
    identify(answer, grant, grant.scopes(), nonce);
    return answer.toString();
  }

  /** The answer to a refresh token. */
  public String refreshed(Grants.Grant grant, Set<String> scopes, Set<String> audience,
      String refreshToken) {
    JsonObject answer = access("refresh_token", grant, scopes, audience)
        .add("refresh_token", refreshToken);
    identify(answer, grant, scopes, null);
    return answer.toString();
  }

  /** The answer to a client that acts for itself: an access token and nothing to renew it with. */
  public String forClient(Client client, Set<String> scopes, Set<String> audience) {
    return access("client_credentials", new AccessTokens.Content(
        client.id(), client.id(), null, scopes, audience)).toString();
  }

  private JsonObject access(
      String grantType, Grants.Grant grant, Set<String> scopes, Set<String> audience) {
    return access(grantType, new AccessTokens.Content(
        grant.user(), grant.clientId(), grant.id(), scopes, audience));
  }

  /** OpenID Connect Core §3.1.3.3 and §12.2: an ID token if openid is among the scopes. */
  private void identify(
      JsonObject answer, Grants.Grant grant, Set<String> scopes, String nonce) {
    if (scopes.contains(Scopes.OPENID)) {
      answer.add("id_token",
          idTokens.mint(grant, nonce, answer.get("access_token").asString()));
    }
  }

  private JsonObject access(String grantType, AccessTokens.Content content) {
    audit.record("token", "ok", "grant_type", grantType, "user", content.subject(),
        "client", content.clientId(), "scope", String.join(" ", content.scopes()),
        "reference", Grants.reference(content.grantId()));
    return new JsonObject()
        .add("access_token", accessTokens.mint(content))
        .add("token_type", "Bearer")
        .add("expires_in", policy.get().accessTokenLifetime().toSeconds())
        .add("scope", String.join(" ", content.scopes()));
  }
}
