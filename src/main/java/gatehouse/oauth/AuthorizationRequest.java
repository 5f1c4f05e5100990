package gatehouse.oauth;

import gatehouse.http.Form;
import gatehouse.oauth.client.Client;
import java.util.Set;

/**
 * An authorization request that has been checked in full (RFC 6749 §4.1.1, OpenID Connect Core
 * §3.1.2).
 *
 * <p>It is made in two phases, which {@link AuthorizationRequests} spells out: the first proves
 * whom we would answer, the second checks what is asked. It keeps the form it came from, so that it
 * can be carried through login and consent, and parsed again from nothing afterwards.
 *
 * @param form what was asked, as it came
 * @param redirectUri where the answer goes
 * @param response the answer, to be filled
 * @param scopes those that exist here; what the client asked for beyond them is dropped
 * @param resources canonical names
 * @param codeChallenge for S256
 * @param nonce for the ID token, or null
 * @param prompt what to show, empty if that is ours to decide
 * @param maxAge seconds since the last sign-in that are acceptable, negative for any
 */
public record AuthorizationRequest(
    Form form,
    Client client,
    String redirectUri,
    AuthorizationResponse response,
    Set<String> scopes,
    Set<String> resources,
    String codeChallenge,
    String nonce,
    Set<String> prompt,
    long maxAge) {

  /**
   * The redirect URI as the client named it, or null; at the token endpoint it must be the same.
   */
  public String givenRedirectUri() {
    return form.get("redirect_uri");
  }
}
