package gatehouse.login;

import gatehouse.crypto.Argon2id;
import java.util.Objects;

/**
 * Somebody who can sign in.
 *
 * @param name what they type, and the {@code sub} of their tokens: stable and never given to
 *     another (OpenID Connect Core §2)
 * @param displayName what pages call them, and the {@code name} claim
 * @param email the {@code email} claim, or null
 * @param passwordHash an Argon2id hash in PHC form, or null if they have no password
 */
public record User(String name, String displayName, String email, String passwordHash) {

  /** What RFC 7519 and OpenID Connect Core §2 allow a subject to have. */
  private static final int MAX_NAME = 255;

  /** Checks the name, and that the hash is one. */
  public User {
    Objects.requireNonNull(displayName, "displayName");
    if (name.isEmpty() || name.length() > MAX_NAME
        || !isPrintable(name)) {
      throw new IllegalArgumentException("a user name has 1 to " + MAX_NAME
          + " printable ASCII characters and no spaces");
    }
    // Here, and not when they sign in: strangers are made to wait as long as for this hash.
    if (passwordHash != null && !Argon2id.isHash(passwordHash)) {
      throw new IllegalArgumentException(
          "the password hash of user '" + name + "' is not an Argon2id hash in PHC form");
    }
  }

  /** By the name alone. What a record has by default is put together when first used: 20 ms. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= 0x20 || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** A user known by name alone. */
  public static User named(String name) {
    return new User(name, name, null, null);
  }

  /** The same user with a password hash. */
  public User withPasswordHash(String hash) {
    return new User(name, displayName, email, hash);
  }
}
