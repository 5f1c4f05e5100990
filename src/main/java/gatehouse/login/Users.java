package gatehouse.login;

import gatehouse.crypto.Secrets;
import java.util.List;
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
  /** A user, and their password in plain text until it has been hashed. */
  private record Entry(User user, String plainPassword) {
  }

  private final Map<String, Entry> users = new ConcurrentHashMap<>();
  private final Passwords passwords;

  public Users(Passwords passwords) {
    this.passwords = passwords;
  }

  /** Adds a user, or replaces the one of that name. */
  public void add(User user) {
    if (user.passwordHash() != null) {
      passwords.imitate(user.passwordHash());
    }
    users.put(user.name(), new Entry(user, null));
  }

  /** Adds a user with a password in plain text. */
  public void add(User user, String password) {
    users.put(user.name(), new Entry(user, password));
  }

  /** Removes a user; a session or token of theirs is worth nothing from then on. */
  public void remove(String name) {
    users.remove(name);
  }

  /** The user, or null. */
  public User find(String name) {
    Entry entry = name == null ? null : users.get(name);
    return entry == null ? null : entry.user;
  }

  /** The one user with that e-mail address; null if there is none, or more than one. */
  public User findByEmail(String email) {
    List<User> found = users.values().stream().map(Entry::user)
        .filter(user -> email.equalsIgnoreCase(user.email())).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  /** The same for somebody who is known already. */
  public User signIn(String name, String password) {
    return signIn(name, password, true);
  }

  /**
   * The user if the password is theirs, else null; it takes as long for a name nobody has.
   *
   * @param known whether they have signed in before from where they are
   */
  public User signIn(String name, String password, boolean known) {
    if (password.length() > Passwords.MAX_LENGTH) {
      return null;
    }
    Entry entry = users.get(name);
    if (entry != null && entry.plainPassword != null) {
      User hashed = entry.user.withPasswordHash(passwords.hash(entry.plainPassword));
      // Somebody may have replaced the user meanwhile; then this sign-in is theirs to refuse.
      users.replace(name, entry, new Entry(hashed, null));
      // To hash a second time would show by its duration that there is such a name.
      return Secrets.equal(password, entry.plainPassword) ? hashed : null;
    }
    User user = entry == null ? null : entry.user;
    return passwords.matches(password, user == null ? null : user.passwordHash(), known)
        ? user : null;
  }
}
