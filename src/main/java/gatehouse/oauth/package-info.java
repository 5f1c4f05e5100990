/**
 * The authorization server: from the link in a client to a token, and everything that ends one.
 *
 * <p>For readers with RFC 6749 at hand. The frame is OAuth 2.1, which is RFC 6749 with PKCE
 * required and without the implicit and password grants. On it stand RFC 7636 (PKCE), 8252 (native
 * apps), 8414 (metadata), 8707 (resource indicators), 9068 (JWT access tokens), 9126 (pushed
 * requests), 9207 (the issuer in responses), 7009 (revocation), 7662 and 9701 (introspection), 7591
 * and 7592 (registration), 9700 (security), and OpenID Connect Core, Discovery and RP-Initiated
 * Logout.
 *
 * <pre>{@code
 *   browser                                              client
 *   GET /authorize                                       POST /token
 *      |                                                    |
 *   AuthorizationRequests  prove, then check             ClientAuthentication (client)
 *      |                                                    |
 *   signed in? -- no --> login                           Grant (grant): code, refresh, client
 *      |                                                    |
 *   Consents: asked before? -- no --> ConsentPage        TokenResponse
 *      |                                                    |
 *   Approval: Grants.begin, Codes.issue                  AccessTokens  RefreshTokens  IdTokens
 *      |                                                    |
 *   303 with code, state, iss                            200 with the tokens
 *                      \                                   /
 *                       +------------- grants ------------+   ending one ends all it led to
 * }</pre>
 *
 * <p>In order of reading, first the browser's way: {@code AuthorizeEndpoint}, {@code
 * AuthorizationRequests}, {@code AuthorizationRequest}, {@code AuthorizationResponse}, {@code
 * RedirectUri}, {@code Pkce}, {@code ResourceIndicator}, {@code Scope}, {@code Scopes}, {@code
 * Consents}, {@code ConsentPage} with its {@code ConsentChoices} and {@code ScopeTools}, {@code
 * Approval}, {@code Grants}, {@code Codes}. Then the client's way: {@code TokenEndpoint}, {@code
 * client}, {@code grant}, {@code TokenResponse}, {@code AccessTokens}, {@code RefreshTokens},
 * {@code IdTokens}. Then the rest of the endpoints: {@code MetadataEndpoint}, {@code JwksEndpoint},
 * {@code RegisterEndpoint} with its {@code RegistrationLimits}, {@code PushedRequests} ({@code
 * /par}), {@code RevokeEndpoint}, {@code IntrospectEndpoint}, {@code UserinfoEndpoint}, {@code
 * EndSessionEndpoint} ({@code /logout}), {@code ClientsPage}; and {@code ConnectedApps}, grants as
 * {@code login.AccountPage} shows and ends them. {@code Policy} holds the operator's decisions;
 * {@code OAuthError} is what all of them throw, and {@code JsonErrors} what answers it.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code http}, {@code html}, {@code store},
 * {@code jose}, {@code guard}, whose {@code TokenVerifier} it implements, and {@code login}. The
 * three packages of this chapter know each other: a grant needs codes, a code is of a client.
 */
package gatehouse.oauth;
