package gatehouse.oauth.grant;

import gatehouse.oauth.OAuthError;

/**
 * A way to get a token (RFC 6749 §1.3). The token endpoint's dispatch and the {@code
 * grant_types_supported} of the metadata both derive from the list of these.
 */
public interface Grant {

  /** Its {@code grant_type}. */
  String type();

  /**
   * Answers a request of a client that is authenticated and allowed to use this grant.
   *
   * @return the JSON text of the answer (RFC 6749 §5.1)
   * @throws OAuthError if nothing is issued
   */
  String answer(TokenRequest request);
}
