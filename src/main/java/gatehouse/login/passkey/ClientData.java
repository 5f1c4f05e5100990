package gatehouse.login.passkey;

import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import java.util.Arrays;

/**
 * What the browser says about the ceremony (W3C Web Authentication Level 3 §5.8.1), and the
 * authenticator signs by its hash: the part that makes a passkey useless to an impostor's page.
 *
 * @param hash SHA-256 of the bytes as they came (§7.1 step 12, §7.2 step 20)
 */
record ClientData(Fields fields, byte[] hash) {
  static final String CREATE = "webauthn.create";
  static final String GET = "webauthn.get";

  /**
   * Reads client data.
   *
   * @throws Refused {@code MALFORMED}
   */
  static ClientData read(byte[] json) {
    // "UTF-8 decode" of the Encoding standard takes a byte order mark off (§7.1 step 5).
    boolean marked = json.length > 2 && (json[0] & 0xff) == 0xef && (json[1] & 0xff) == 0xbb
        && (json[2] & 0xff) == 0xbf;
    try {
      return new ClientData(
          Fields.readObject(marked ? Arrays.copyOfRange(json, 3, json.length) : json),
          Secrets.sha256(json));
    } catch (Fields.Malformed e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }

  /**
   * Checks what both ceremonies share: §7.1 steps 7 to 11, §7.2 steps 10 to 14.
   *
   * @param type of the ceremony, so that a signature for one is worth nothing in the other
   * @param challenge in base64url, as the browser writes it
   */
  void check(String type, String challenge, RelyingParty party) {
    try {
      Refused.unless(type.equals(fields.text("type")), Refusal.WRONG_TYPE);
      Refused.unless(Secrets.equal(challenge, fields.text("challenge", "")),
          Refusal.WRONG_CHALLENGE);
      Refused.unless(party.origin().equals(fields.text("origin")), Refusal.WRONG_ORIGIN);
      // Our pages cannot be framed; whoever managed it anyway is nobody we know.
      Refused.unless(!fields.flag("crossOrigin", false) && !fields.has("topOrigin"),
          Refusal.CROSS_ORIGIN);
    } catch (Fields.Malformed e) {
      throw new Refused(Refusal.MALFORMED);
    }
  }
}
