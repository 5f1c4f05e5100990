package gatehouse.login;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The people who can sign in: those from the command line, the configuration or the builder.
 *
 * <p>A password given in plain text is hashed when somebody first signs in with that name, not at
 * start: a hash costs a tenth of a second, and most runs of a server with two users need one of
 * them.
 */
public final class Users {
  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final Map<String, String> plainPasswords = new ConcurrentHashMap<>();
  private final Passwords passwords;

  public Users(Passwords passwords) {
    this.passwords = passwords;
  }

  /** Adds a user, or replaces the one of that name. */
  public void add(User user) {
    plainPasswords.remove(user.name());
    users.put(user.name(), user);
  }

  /** Adds a user with a password in plain text. */
  public void add(User user, String password) {
    users.put(user.name(), user);
    plainPasswords.put(user.name(), password);
  }

  /** Removes a user; a session or token of theirs is worth nothing from then on. */
  public void remove(String name) {
    users.remove(name);
    plainPasswords.remove(name);
  }

  /** The user, or null. */
  public User find(String name) {
    return name == null ? null : users.get(name);
  }

  /** The user if the password is theirs, else null; it takes as long for a name nobody has. */
  public User signIn(String name, String password) {
    plainPasswords.computeIfPresent(name, (n, plain) -> {
      String hash = passwords.hash(plain);
      users.computeIfPresent(n, (m, user) -> user.withPasswordHash(hash));
      return null;
    });
    User user = users.get(name);
    return passwords.matches(password, user == null ? null : user.passwordHash()) ? user : null;
  }
}
