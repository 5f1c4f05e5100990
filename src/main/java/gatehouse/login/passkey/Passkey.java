package gatehouse.login.passkey;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.jose.Jwk;
import gatehouse.json.Fields;
import java.time.Instant;

/**
 * A registered passkey: the credential record of W3C Web Authentication Level 3 §4, as a row of the
 * table {@code passkeys}.
 *
 * <pre>
 *   key   SHA-256 of the id
 *   row   {"id": "-R85…", "user": "alice", "name": "Laptop", "key": {"crv": "P-256", …},
 *          "counter": 17, "be": true, "bs": true, "created": 1767225600, "used": 1767229200}
 * </pre>
 *
 * @param id the credential id in base64url
 * @param user the name of its owner
 * @param name what the owner calls it
 * @param counter of its last signature
 * @param backupEligible whether it may be on several devices
 * @param backedUp whether it was when last seen
 */
record Passkey(String id, String user, String name, Jwk key, long counter, boolean backupEligible,
    boolean backedUp, Instant created, Instant used) {

  static Passkey read(JsonObject json) {
    Fields row = Fields.of(json);
    return new Passkey(row.text("id"), row.text("user"), row.text("name"),
        Jwk.read(row.object("key")), row.number("counter", 0), row.flag("be", false),
        row.flag("bs", false), Instant.ofEpochSecond(row.number("created", 0)),
        Instant.ofEpochSecond(row.number("used", 0)));
  }

  JsonObject json() {
    return new JsonObject()
        .add("id", id)
        .add("user", user)
        .add("name", name)
        .add("key", new Jwk(Jwk.thumbprint(key.key()), key.alg(), key.key()).json())
        .add("counter", counter)
        .add("be", backupEligible)
        .add("bs", backedUp)
        .add("created", created.getEpochSecond())
        .add("used", used.getEpochSecond());
  }

  /** What changes with every use (§7.2 step 24). */
  Passkey used(AuthenticatorData data, Instant now) {
    return new Passkey(id, user, name, key, data.counter(), backupEligible, data.isBackedUp(),
        created, now);
  }

  /** The key of the row: an id may have 1,023 bytes, its hash has 32. */
  static String rowKey(String id) {
    return Secrets.hash(id);
  }
}
