/**
 * Passkeys: signing in with a key that never leaves the authenticator (W3C Web Authentication,
 * Level 3). The browser's half is {@code templates/passkey.js}, some fifty lines.
 *
 * <p>For readers who want to see what a relying party has to check, and in which order.
 *
 * <pre>
 *  page: form + token ──── challenge = SHA-256 of the form's token ────► authenticator
 *                                                                             │
 *  PasskeyPage ◄── POST: clientDataJSON, authenticatorData, signature … ◄─────┘
 *      │  the token is accepted: this browser, this form, for the first time
 *  Registration (§7.1)   or   Assertion (§7.2)      each check with its own {@link Refusal}
 *      │    ClientData        what the browser says: type, challenge, origin
 *      │    AuthenticatorData what the authenticator says: rp id, flags, counter, key
 *      │    CoseKey, Cbor     how it says it
 *  Passkeys               the rows; Passkey, one of them
 * </pre>
 *
 * <p>In order of reading: {@code PasskeyPage}, {@code Passkeys}, {@code Assertion}, {@code
 * Registration}, {@code ClientData}, {@code AuthenticatorData}, {@code CoseKey}, {@code Cbor}.
 *
 * <p>Not here: attestation (no authenticator is preferred to another, so none has to prove its
 * make), extensions, related origins, and the migration from U2F.
 */
package gatehouse.login.passkey;
