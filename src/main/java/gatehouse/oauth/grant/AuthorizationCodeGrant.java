package gatehouse.oauth.grant;

import gatehouse.oauth.Codes;
import gatehouse.oauth.Grants;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.Pkce;
import gatehouse.oauth.ResourceIndicator;
import gatehouse.oauth.TokenResponse;
import java.util.Set;

/**
 * {@code authorization_code} (RFC 6749 §4.1.3, RFC 7636 §4.6).
 *
 * <p>The order matters. A code presented by another client must not be spent, or anybody could
 * spoil it; a code with a wrong verifier must be, or it could be guessed at (RFC 9700 §4.5).
 * Redeeming comes before issuing, and whoever loses that race has shown that there are two of them.
 */
public final class AuthorizationCodeGrant implements Grant {
  private static final String UNKNOWN = "The code is unknown, has expired or was used before.";

  /** The value of {@code grant_type} (RFC 6749). */
  public static final String TYPE = "authorization_code";

  private final Codes codes;
  private final Grants grants;
  private final ResourceIndicator resources;
  private final TokenResponse response;

  public AuthorizationCodeGrant(
      Codes codes, Grants grants, ResourceIndicator resources, TokenResponse response) {
    this.codes = codes;
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
    String handle = request.need("code");
    Codes.Code code = codes.find(handle);
    // RFC 6749 §5.2: issued to another client, which is left in peace.
    if (code == null || !code.clientId().equals(request.client().id())) {
      throw new OAuthError("invalid_grant", UNKNOWN);
    }
    String redirectUri = request.form().get("redirect_uri");
    // Literal, port included; OAuth 2.1 §10.2 lets a client leave it out.
    if (redirectUri != null && !redirectUri.equals(code.redirectUri())) {
      throw new OAuthError("invalid_grant",
          "redirect_uri differs from the one of the authorization request.");
    }
    String verifier = request.form().get("code_verifier");
    boolean proven = verifier != null && Pkce.isVerifier(verifier)
        && Pkce.matches(verifier, code.challenge());
    boolean late = codes.isLate(handle);
    // Before the code is spent: asking for the wrong resource is a mistake, not an attack.
    Grants.Grant grant = grants.find(code.grantId());
    Set<String> audience = grant == null ? Set.of()
        : resources.narrow(request.form().all("resource"), grant.resources());
    if (codes.redeem(handle) == Codes.Outcome.REPLAYED) {
      // RFC 6749 §4.1.2: the tokens issued for it before go too.
      grants.revoke(code.grantId());
      throw new OAuthError(400, "invalid_grant", UNKNOWN, "code replayed, grant revoked");
    }
    if (late || !proven) {
      grants.revoke(code.grantId());
      throw new OAuthError("invalid_grant",
          late ? UNKNOWN : "code_verifier does not belong to the code_challenge.");
    }
    if (grant == null) {
      throw new OAuthError("invalid_grant", UNKNOWN);
    }
    return response.first(grant, request.client(), audience, code.nonce());
  }
}
