/**
 * Randomness, hashes and seals: the primitives that other chapters may use, each with one purpose.
 *
 * <p>For readers who ask how something secret is made, stored or carried. Signatures are not here;
 * they belong to {@code jose}. Bouncy Castle is used for Argon2id, by its lightweight interface;
 * everything else is the JDK's.
 *
 * <pre>{@code
 *   what                          how it is made            how it is kept
 *   --------------------------------------------------------------------------------------------
 *   codes, tokens, session ids    Secrets.handle, 256 bit   Secrets.hash, SHA-256
 *   passwords                     by people                 Argon2id, salted, in the PHC form
 *   what a browser brings back    Seal, AES-256-GCM         not at all: it carries itself
 * }</pre>
 *
 * <p>In order of reading: {@code Secrets}, {@code Encoding} (base64url, RFC 4648 §5, strictly),
 * {@code Seal} (NIST SP 800-38D), {@code Argon2id} (RFC 9106), {@code
 * SelfSignedCertificate} (RFC 5280).
 *
 * <p>The package imports nothing of ours. It has no settings: key lengths and costs are constants
 * with their reasons.
 */
package gatehouse.crypto;
