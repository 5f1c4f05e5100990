package gatehouse.login.passkey;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import java.nio.ByteBuffer;

/**
 * The use of a passkey: W3C Web Authentication Level 3 §7.2, "Verifying an Authentication
 * Assertion".
 *
 * <p>It verifies against one {@link Passkey}; which one, and remembering the new counter, is up to
 * {@link Passkeys}.
 *
 * @param id of the credential, in base64url
 * @param userHandle in base64url, or null: authenticators may leave it out if we named credentials
 */
record Assertion(String id, byte[] clientDataJson, byte[] authenticatorData, byte[] signature,
    String userHandle) {

  /**
   * Takes the parts out of the form that {@code passkey.js} has filled.
   *
   * @throws Refused {@code MALFORMED}
   */
  static Assertion of(Form form) {
    return new Assertion(form.get("id", ""), bytes(form, "clientDataJSON"),
        bytes(form, "authenticatorData"), bytes(form, "signature"), form.get("userHandle"));
  }

  /**
   * Verifies the response to {@code navigator.credentials.get()}.
   *
   * @param handle the user handle of the passkey's owner
   * @param named whether we had named the credentials of a user who is known already
   * @param verified whether the authenticator must have verified the user
   * @throws Refused naming the check that failed
   */
  AuthenticatorData verify(RelyingParty party, String challenge, Passkey passkey, String handle,
      boolean named, boolean verified) {
    // Step 6: without a known user the handle is what identifies one, so it must be there.
    Refused.unless(userHandle == null ? named : Secrets.equal(handle, userHandle),
        Refusal.WRONG_USER_HANDLE);
    ClientData client = ClientData.read(clientDataJson);
    client.check(ClientData.GET, challenge, party);
    AuthenticatorData data = AuthenticatorData.read(authenticatorData);
    data.check(party, verified);
    // Step 19: where a passkey can live is decided when it is made.
    Refused.unless(data.isBackupEligible() == passkey.backupEligible(),
        Refusal.BACKUP_ELIGIBILITY_CHANGED);
    // Steps 20 and 21.
    byte[] signed = ByteBuffer.allocate(authenticatorData.length + client.hash().length)
        .put(authenticatorData).put(client.hash()).array();
    Refused.unless(CoseKey.verify(passkey.key(), signed, signature), Refusal.BAD_SIGNATURE);
    return data;
  }

  /**
   * Step 22: the counter goes up with every signature, or is always zero. The specification leaves
   * the answer to us; a second copy of a key is a reason to refuse.
   */
  static void checkCounter(long before, long now) {
    Refused.unless(before == 0 && now == 0 || now > before, Refusal.COUNTER_WENT_BACK);
  }

  /** A part of the form that must be there. */
  static byte[] bytes(Form form, String name) {
    String text = form.get(name);
    Refused.unless(text != null, Refusal.MALFORMED);
    try {
      return Encoding.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }
}
