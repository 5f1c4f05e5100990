package gatehouse.login;

import gatehouse.crypto.Secrets;
import gatehouse.store.Store;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The people who can sign in: those from the command line, the configuration or the builder.
 *
 * <p>A password given in plain text is hashed when somebody first signs in with that name, not at
 * start: a hash costs a tenth of a second, and most runs of a server with two users need one of
 * them.
 *
 * <p>Whoever has a password can change it; the new one is in the store and counts until the
 * operator configures another. Everything else about a person is the operator's.
 */
public final class Users {
  /** A user, and their password in plain text until it has been hashed. */
  private record Entry(User user, String plainPassword) {
  }

  private final Map<String, Entry> users = new ConcurrentHashMap<>();
  private final Passwords passwords;
  private final ChangedPasswords changed;

  /**
   * Nobody yet.
   *
   * @param store where passwords are kept that people have changed
   */
  public Users(Passwords passwords, Store store) {
    this.passwords = passwords;
    this.changed = new ChangedPasswords(store, passwords);
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
    User user = entry == null ? null : hashed(entry);
    String hash = user == null ? changed.nobodys(name) : changed.current(user);
    if (entry != null && entry.plainPassword != null && hash.equals(user.passwordHash())) {
      // Hashed a moment ago: a second time would show by its duration that there is such a name.
      return Secrets.equal(password, entry.plainPassword) ? user : null;
    }
    return passwords.matches(password, hash, known) ? user : null;
  }

  /** Whether the user has a password at all. */
  boolean havePassword(User user) {
    Entry entry = users.get(user.name());
    return entry != null && (entry.plainPassword != null || entry.user.passwordHash() != null);
  }

  /** Gives a user who has a password another one. */
  void changePassword(User user, String password) {
    Entry entry = users.get(user.name());
    if (entry != null) {
      changed.change(hashed(entry), passwords.hash(password));
    }
  }

  /** A text that is another one after every change of the password. */
  String passwordVersion(User user) {
    return changed.version(user);
  }

  private User hashed(Entry entry) {
    if (entry.plainPassword == null) {
      return entry.user;
    }
    User user = entry.user.withPasswordHash(
        changed.configured(entry.user.name(), entry.plainPassword));
    // Somebody may have replaced the user meanwhile; then this sign-in is theirs to refuse.
    users.replace(user.name(), entry, new Entry(user, null));
    return user;
  }
}
