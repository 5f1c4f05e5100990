package gatehouse.login.passkey;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Verifies a new passkey: W3C Web Authentication Level 3 §7.1, "Registering a New Credential".
 *
 * <p>It does not look at the attestation statement. With {@code attestation: none} browsers take it
 * out; a statement of any format that comes nevertheless is treated as none, which step 24 allows
 * to those who trust all authenticators alike.
 */
final class Registration {
  private Registration() {
  }

  /**
   * Verifies the response to {@code navigator.credentials.create()}. Whether the credential is new
   * is left to {@link Passkeys}.
   *
   * @param verified whether the authenticator must have verified the user
   * @throws Refused naming the check that failed
   */
  static AuthenticatorData verify(RelyingParty party, String challenge, byte[] clientDataJson,
      byte[] attestationObject, boolean verified) {
    ClientData.read(clientDataJson).check(ClientData.CREATE, challenge, party);
    // Step 13: { fmt, attStmt, authData }.
    ByteBuffer in = ByteBuffer.wrap(attestationObject);
    Map<?, ?> attestation = Cbor.nextMap(in);
    Refused.unless(!in.hasRemaining() && attestation.get("fmt") instanceof String
        && attestation.get("attStmt") instanceof Map, Refusal.MALFORMED);
    if (!(attestation.get("authData") instanceof byte[] raw)) {
      throw new Refused(Refusal.MALFORMED);
    }
    AuthenticatorData data = AuthenticatorData.read(raw);
    data.check(party, verified);
    Refused.unless(data.credential() != null, Refusal.MALFORMED);
    return data;
  }
}
