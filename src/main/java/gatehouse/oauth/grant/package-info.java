/**
 * The grant types: ways to get a token at the token endpoint, one file each.
 *
 * <p>For readers who follow {@code POST /token}; for writers of another grant, which is a class
 * here and a line in {@code gatehouse.Wiring}. The endpoint's dispatch and {@code
 * grant_types_supported} of the metadata both come from that list. Obeyed are RFC 6749 §4.1.3, §4.4
 * and §6, RFC 7636 §4.6 and RFC 8707 §2.2.
 *
 * <pre>{@code
 *   TokenEndpoint --grant_type--> Grant.answer(TokenRequest) --> the JSON of the answer
 *
 *   AuthorizationCodeGrant   find, same client, same redirect, PKCE, redeem once, issue
 *   RefreshTokenGrant        same client, grant alive, narrower or same scope, rotate
 *   ClientCredentialsGrant   a client for itself: what the operator allowed it, no refresh token
 * }</pre>
 *
 * <p>In order of reading: {@code Grant}, {@code TokenRequest}, {@code AuthorizationCodeGrant},
 * {@code RefreshTokenGrant}, {@code ClientCredentialsGrant}.
 *
 * <p>The client is authenticated before a grant sees it. A grant decides whether; which tokens the
 * answer has is {@code oauth.TokenResponse}'s. Not to be taken for {@code oauth.Grants.Grant},
 * which is what a user has allowed.
 */
package gatehouse.oauth.grant;
