package gatehouse.login.passkey;

import gatehouse.crypto.Secrets;
import gatehouse.jose.Jwk;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What the authenticator says, and signs (W3C Web Authentication Level 3 §6.1):
 *
 * <pre>
 *   rpIdHash 32 | flags 1 | signCount 4 | attested credential data, if AT | extensions, if ED
 *                  │                       aaguid 16 | length 2 | credentialId | COSE_Key
 *                  └ ED AT 0 BS BE UV 0 UP
 * </pre>
 *
 * <p>Extensions are read over: we ask for none, and §7.2 lets us ignore those that come unasked.
 *
 * @param raw all the bytes, as they are signed
 * @param counter signatures made so far, or zero from an authenticator that does not count (§6.1.1)
 * @param credential the new credential; null unless one is being registered
 */
record AuthenticatorData(byte[] raw, byte[] rpIdHash, int flags, long counter,
    Credential credential) {

  /** A credential that has just been made (§6.5.2). */
  record Credential(byte[] id, Jwk key) {
  }

  /** §7.1 step 25. */
  private static final int MAX_ID_BYTES = 1_023;

  private static final int AAGUID_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final int UP = 0x01;
  private static final int UV = 0x04;
  private static final int BE = 0x08;
  private static final int BS = 0x10;
  private static final int AT = 0x40;
  private static final int ED = 0x80;

  /**
   * Reads authenticator data.
   *
   * @throws Refused {@code MALFORMED}, {@code ID_TOO_LONG} or {@code WRONG_ALGORITHM}
   */
  static AuthenticatorData read(byte[] raw) {
    ByteBuffer in = ByteBuffer.wrap(raw);
    try {
      byte[] rpIdHash = bytes(in, HASH_BYTES);
      int flags = in.get() & 0xff;
      long counter = in.getInt() & 0xffff_ffffL;
      Credential credential = (flags & AT) == 0 ? null : credential(in);
      if ((flags & ED) != 0) {
        Cbor.nextMap(in);
      }
      Refused.unless(!in.hasRemaining(), Refusal.MALFORMED);
      return new AuthenticatorData(raw, rpIdHash, flags, counter, credential);
    } catch (BufferUnderflowException e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }

  /** The checks that both ceremonies share: §7.1 steps 14 to 17, §7.2 steps 15 to 18. */
  void check(RelyingParty party, boolean verified) {
    byte[] expected = Secrets.sha256(party.id().getBytes(StandardCharsets.UTF_8));
    Refused.unless(MessageDigest.isEqual(expected, rpIdHash), Refusal.WRONG_RP_ID);
    Refused.unless((flags & UP) != 0, Refusal.USER_NOT_PRESENT);
    Refused.unless(!verified || isUserVerified(), Refusal.USER_NOT_VERIFIED);
    Refused.unless(isBackupEligible() || !isBackedUp(), Refusal.BACKED_UP_INELIGIBLY);
  }

  /** Whether the authenticator checked a PIN, finger or face. */
  boolean isUserVerified() {
    return (flags & UV) != 0;
  }

  /** Whether the passkey may leave its device, to be on others as well (§6.1.3). */
  boolean isBackupEligible() {
    return (flags & BE) != 0;
  }

  /** Whether it has. */
  boolean isBackedUp() {
    return (flags & BS) != 0;
  }

  private static Credential credential(ByteBuffer in) {
    bytes(in, AAGUID_BYTES); // the make of the authenticator: nothing here depends on it
    int length = in.getShort() & 0xffff;
    Refused.unless(length <= MAX_ID_BYTES, Refusal.ID_TOO_LONG);
    Refused.unless(length > 0, Refusal.MALFORMED);
    return new Credential(bytes(in, length), CoseKey.read(Cbor.nextMap(in)));
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
