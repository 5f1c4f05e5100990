/**
 * Signed JSON: our keys, other people's keys, and tokens before and after verification.
 *
 * <p>For readers who want to know what makes a token trustworthy. Obeyed are RFC 7515 (signatures),
 * RFC 7517 and 7638 (keys and their thumbprints), RFC 7518 (RS256 and ES256), RFC 7519 (tokens),
 * and RFC 8725 (what goes wrong with them). We sign with RS256 and verify RS256 and ES256; there is
 * no {@code none} and no HMAC in the code.
 *
 * <pre>{@code
 *   text --Jwt.parse--> Jwt              unverified: good for a hint, never for a fact
 *                        |
 *   KeyRing (ours)       |  type, crit, key by kid, signature,
 *   JwkSet (a client's) -+  issuer, audience, expiry, not before, issued at
 *   RemoteKeys (by URL)  |
 *   RemoteIssuer --------+  (an issuer that the operator has named)
 *                        v
 *            JwtValidator --> VerifiedJwt      the only type that others act upon
 * }</pre>
 *
 * <p>In order of reading: {@code Jwt}, {@code JwtValidator}, {@code VerifiedJwt}; {@code Jws};
 * {@code Jwk}, {@code JwkSet}; {@code KeyRing} (rotation); {@code RemoteKeys},
 * {@code RemoteIssuer}.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code store}, where {@code KeyRing} keeps
 * its keys so that several processes can share them, and from {@code http} what fetches the
 * keys of others: {@code Fetch}, {@code BackChannel}, {@code RateLimit} and {@code Urls}. Kinds of
 * tokens (access, ID, assertion) belong to {@code oauth}.
 */
package gatehouse.jose;
