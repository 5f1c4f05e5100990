package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.store.Store;
import java.time.Instant;

/**
 * Passwords that people have changed themselves, in place of those in the configuration.
 *
 * <pre>
 *   passwords   "alice" → {"configured": "$argon2id$…", "changed": "$argon2id$…"}
 * </pre>
 *
 * <p>Which of the two counts: the changed one, as long as the configured one is still that which it
 * took the place of; an operator who configures another has the last word, as after a call for
 * help. To see that, the hash of the configured one is kept beside it, and is the same in all
 * processes that share the store. Neither is ever kept in the clear.
 */
final class ChangedPasswords {
  private static final String TABLE = "passwords";

  private final Store store;
  private final Passwords passwords;

  ChangedPasswords(Store store, Passwords passwords) {
    this.store = store;
    this.passwords = passwords;
  }

  /** The hash of a password that is configured in the clear: the one kept, or else a new one. */
  String configured(String user, String plain) {
    String fresh = null;
    while (true) {
      JsonObject row = store.get(TABLE, user);
      if (row != null && passwords.matches(plain, row.get("configured").asString(), true)) {
        return row.get("configured").asString();
      }
      fresh = fresh == null ? passwords.hash(plain) : fresh;
      JsonObject now = new JsonObject().add("configured", fresh);
      // Of several processes that start together one writes, and the others take its hash.
      if (row == null ? store.insertIfAbsent(TABLE, user, now, Instant.MAX)
          : store.replaceIfSame(TABLE, user, row, now, Instant.MAX)) {
        return fresh;
      }
    }
  }

  /** The hash that counts; null if the user has no password. */
  String current(User user) {
    JsonObject row = store.get(TABLE, user.name());
    boolean counts = row != null && row.get("changed") != null
        && row.get("configured").asString().equals(user.passwordHash());
    return counts ? row.get("changed").asString() : user.passwordHash();
  }

  /** Null, after a look into the store that takes as long as for a user. */
  String nobodys(String name) {
    store.get(TABLE, Secrets.hash(name));
    return null;
  }

  /** Replaces the user's password. */
  void change(User user, String hash) {
    store.put(TABLE, user.name(), new JsonObject()
        .add("configured", user.passwordHash())
        .add("changed", hash), Instant.MAX);
  }

  /** A short text that is another one after every change, and says nothing about the password. */
  String version(User user) {
    JsonObject row = store.get(TABLE, user.name());
    return row == null || row.get("changed") == null ? ""
        : Secrets.hash(row.get("changed").asString());
  }
}
