package gatehouse.oauth;

import gatehouse.html.Text;
import java.util.Set;

/**
 * A scope that users can grant.
 *
 * @param name as it travels (RFC 6749 §3.3)
 * @param title a few words for the consent page; if empty, the text {@code scope.NAME.title} in the
 *     language of whoever reads it, or else the name
 * @param description one sentence for the consent page; if empty, {@code scope.NAME.description}
 * @param kind when it is granted
 * @param implies scopes that hold wherever this one does
 */
public record Scope(
    String name, String title, String description, Kind kind, Set<String> implies) {

  /** When a scope is granted. */
  public enum Kind {
    /** Asked for by a first connection, and not to be unticked: without it nothing works. */
    BASE,
    /** Asked for when an operation needs it; the user may untick it. */
    OPTIONAL,
    /** Of OpenID Connect: never in a challenge, never the resource's business. */
    IDENTITY
  }

  /** Checks the name. */
  public Scope {
    if (!isScopeToken(name)) {
      throw new IllegalArgumentException("a scope name has printable ASCII characters other than "
          + "space, quote and backslash");
    }
    implies = Set.copyOf(implies);
  }

  private static boolean isScopeToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** What people read instead of the name. */
  public Text label() {
    return title.isEmpty() ? Text.optional("scope." + name + ".title", name) : Text.plain(title);
  }

  /** What people read about it. */
  public Text sentence() {
    return description.isEmpty()
        ? Text.optional("scope." + name + ".description", "") : Text.plain(description);
  }

  /** A scope that a first connection asks for. */
  public static Scope base(String name, String title, String description) {
    return new Scope(name, title, description, Kind.BASE, Set.of());
  }

  /** A scope that is asked for when it is needed. */
  public static Scope optional(String name, String title, String description, String... implies) {
    return new Scope(name, title, description, Kind.OPTIONAL, Set.of(implies));
  }
}
