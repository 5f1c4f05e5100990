/**
 * Clients: the three ways in which one becomes known, and how it proves that it is the one.
 *
 * <p>For readers who ask why a client was refused, or trusted. Obeyed are RFC 7591 and 7592
 * (registration), the OAuth Client ID Metadata Document draft, which MCP prefers since 2025-11-25,
 * RFC 6749 §2.3 and RFC 7523 (authentication).
 *
 * <pre>{@code
 *   client_id
 *      |
 *   Clients --- PreRegistered              the operator wrote it down
 *           |-- ClientIdMetadataDocument   the id is an https address: fetch, check, remember
 *           |        +-- DocumentTrust     whose address is accepted, whose is called verified
 *           +-- Registered                 POST /register, or by hand at /clients
 *                    |
 *   ClientMetadata: what of its claims is accepted --> Client
 *                    |
 *   ClientAuthentication: none, a secret, or ClientAssertion (a JWT it has signed)
 * }</pre>
 *
 * <p>In order of reading: {@code Client}, {@code Clients}, {@code ClientMetadata}, {@code
 * PreRegistered}, {@code Registered}, {@code ClientIdMetadataDocument}, {@code DocumentTrust},
 * {@code DisplayName}, {@code ClientAuthentication}, {@code ClientAssertion}.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code http}, {@code store} and {@code
 * jose}, and from the parent {@code OAuthError} and {@code RedirectUri}.
 */
package gatehouse.oauth.client;
