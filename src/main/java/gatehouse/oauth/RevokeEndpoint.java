package gatehouse.oauth;

import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.VerifiedJwt;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.ClientAuthentication;

/**
 * {@code /revoke} (RFC 7009): a refresh token takes its whole grant along, an access token only
 * itself. A token that is unknown, or no longer good, is as revoked as can be: 200. The hint about
 * its kind is not needed, since ours look different.
 */
public final class RevokeEndpoint {
  private final ClientAuthentication authentication;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final Grants grants;
  private final Audit audit;

  public RevokeEndpoint(ClientAuthentication authentication, RefreshTokens refreshTokens,
      AccessTokens accessTokens, Grants grants, Audit audit) {
    this.authentication = authentication;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.grants = grants;
    this.audit = audit;
  }

  /** POST. */
  public Response handle(Request request) {
    Form form = request.form();
    Client client = authentication.authenticate(request, form);
    String token = form.get("token");
    if (token == null) {
      throw new OAuthError("invalid_request", "The parameter token is required.");
    }
    String owner = refreshTokens.clientOf(token);
    if (owner != null) {
      requireOwn(owner, client);
      String grant = refreshTokens.grantOf(token);
      grants.revoke(grant);
      audit.record("revocation", "ok", "client", client.id(), "what", "grant",
          "reference", Grants.reference(grant));
      return Response.empty(200);
    }
    VerifiedJwt jwt = accessTokens.read(token);
    if (jwt != null) {
      requireOwn(jwt.claims().text("client_id"), client);
      accessTokens.revoke(jwt);
      audit.record("revocation", "ok", "user", jwt.subject(), "client", client.id(),
          "what", "access token",
          "reference", Grants.reference(jwt.claims().text(AccessTokens.GRANT)));
    }
    return Response.empty(200);
  }

  /** RFC 7009 §2.1: a token that was issued to somebody else is not this client's to revoke. */
  private static void requireOwn(String owner, Client client) {
    if (!client.id().equals(owner)) {
      throw new OAuthError("invalid_grant", "The token was issued to another client.");
    }
  }
}
