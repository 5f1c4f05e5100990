package gatehouse.login.passkey;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.User;
import java.util.List;

/**
 * What the browser is asked to do, in the JSON form of W3C Web Authentication Level 3 §5.1.8 to
 * §5.1.10: {@code passkey.js} turns the base64url into bytes and passes the rest on.
 */
final class PasskeyOptions {
  /** §15.1 recommends 5 to 10 minutes where the user is to be verified. */
  private static final int TIMEOUT_MILLIS = 300_000;

  private PasskeyOptions() {
  }

  /** §5.4: a new passkey. */
  static JsonObject creation(RelyingParty party, String challenge, User user, String handle,
      List<String> known) {
    return new JsonObject()
        .add("rp", new JsonObject().add("id", party.id()).add("name", party.name()))
        .add("user", new JsonObject()
            .add("id", handle)
            .add("name", user.name())
            .add("displayName", user.displayName()))
        .add("challenge", challenge)
        .add("pubKeyCredParams", CoseKey.wanted())
        .add("timeout", TIMEOUT_MILLIS)
        // One passkey per authenticator; it tells the user when it has one already.
        .add("excludeCredentials", descriptors(known))
        .add("authenticatorSelection", new JsonObject()
            // Discoverable, so that nobody has to type a name first.
            .add("residentKey", "required")
            .add("requireResidentKey", true)
            .add("userVerification", "required"))
        .add("attestation", "none");
  }

  /**
   * §5.5: the use of one.
   *
   * @param allowed the ids of a user who is known, or none to take whoever comes
   */
  static JsonObject request(RelyingParty party, String challenge, List<String> allowed) {
    return new JsonObject()
        .add("challenge", challenge)
        .add("rpId", party.id())
        .add("timeout", TIMEOUT_MILLIS)
        .add("allowCredentials", descriptors(allowed))
        // Alone it has to stand for two factors; after a password, having it is enough.
        .add("userVerification", allowed.isEmpty() ? "required" : "preferred");
  }

  private static JsonArray descriptors(List<String> ids) {
    JsonArray array = new JsonArray();
    ids.forEach(id -> array.add(new JsonObject().add("type", "public-key").add("id", id)));
    return array;
  }
}
