/**
 * The door of a protected resource: who may come in, and what those who may not are told.
 *
 * <p>For readers who came for MCP authorization: this is the resource server's half of it, and it
 * is short. Obeyed are RFC 6750 (bearer tokens and {@code WWW-Authenticate}), RFC 9728 (protected
 * resource metadata) and the sections on scope selection and step-up of MCP's authorization
 * chapter.
 *
 * <pre>{@code
 *   request --> BearerGuard --no token----------> 401  Bearer resource_metadata=..., scope=...
 *                   |       --token is no good--> 401  error="invalid_token"
 *                   |       --token misplaced---> 400  error="invalid_request"
 *              TokenVerifier
 *                   |
 *                 Access --> what lies behind --scope missing--> 403  error="insufficient_scope"
 *
 *   ProtectedResourceMetadata: the document that resource_metadata points to
 * }</pre>
 *
 * <p>In order of reading: {@code BearerGuard}, {@code TokenVerifier}, {@code Access}, {@code
 * Challenge}, {@code ProtectedResourceMetadata}; for tokens of other authorization servers {@code
 * AuthorizationServer}, {@code RemoteVerifier}.
 *
 * <p>The package imports {@code json}, {@code http}, and {@code jose} for those tokens. It does
 * not know our own authorization server: a {@link gatehouse.guard.TokenVerifier} is all it asks
 * for, and {@code oauth.AccessTokens} is one. Which scopes an operation needs is known only behind
 * the guard, so the 403 is asked for from there.
 */
package gatehouse.guard;
